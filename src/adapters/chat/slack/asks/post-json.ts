// JSON posted to an address that came with a request. By node:http, since fetch costs two to three times as much time and leaves
// more to collect, both of which people would wait for who ask meanwhile.
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

const WITHIN_MS = 10_000
/** Connections wait so long for another post: less than servers let them. */
const KEPT = { keepAlive: true, timeout: 4000 }
/** Characters of a refusal that are told. */
const TOLD = 500
const SECONDS = /^\d{1,6}$/

const plain = { request: requestHttp, agent: new HttpAgent(KEPT) }
const secure = { request: requestHttps, agent: new HttpsAgent(KEPT) }

export interface Posted {
  readonly status: number
  /** What the other side said, or how it begins. */
  readonly said: string
  /** Seconds, where it asks to be left alone for so long. */
  readonly retryAfter: number | undefined
}

/** Rejects with whatever the network says, and with an Error where there is no answer within ten seconds. */
export function postJson(url: string, body: object): Promise<Posted> {
  const json = Buffer.from(JSON.stringify(body))
  const { request, agent } = url.startsWith('https:') ? secure : plain
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': json.length }
    const post = request(url, { method: 'POST', agent, headers }, (response) => {
      const { statusCode: status = 0, headers } = response
      const retryAfter = SECONDS.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : undefined
      readAll(response).then((said) => resolve({ status, said, retryAfter }), reject)
    })
    const late = setTimeout(() => post.destroy(new Error('There was no answer in time.')), WITHIN_MS)
    post.on('error', reject)
    post.on('close', () => clearTimeout(late))
    post.end(json)
  })
}

function readAll(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      if (said.length < TOLD) said = (said + part).slice(0, TOLD)
    })
    response.on('end', () => resolve(said))
    response.on('error', reject)
  })
}
