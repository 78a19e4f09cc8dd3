// Slack's requests over HTTP, handed to Bolt; Bolt's own receiver takes requests from the future, replays, and ends on `null`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { App, Receiver } from '@slack/bolt'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import { type Checked, requestChecker } from './request.ts'

const PATH = '/slack/events'
/** Slack gives up after three seconds. */
const ANSWER_WITHIN_MS = 2900

export interface ReceiverOptions {
  readonly signingSecret: string
  readonly host: string
  readonly port: number
  readonly log: Log
}

/** A Bolt receiver that listens on `host` and `port`; start rejects with ConfigError where it cannot. */
export function createReceiver({ signingSecret, host, port, log }: ReceiverOptions): Receiver {
  const check = requestChecker(signingSecret, () => Temporal.Now.instant())
  let app: App | undefined
  const server = createServer((request, response) => {
    receive(request, response).catch((error) => {
      log.error('slack request failed', { error })
      end(response, 500)
    })
  })
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== PATH) return end(response, 404)
    const body = await read(request)
    if (body === undefined) return end(response, 413)
    const checked = check({
      contentType: header(request, 'content-type'),
      timestamp: header(request, 'x-slack-request-timestamp'),
      signature: header(request, 'x-slack-signature'),
      body,
    })
    await answer(checked, response)
  }
  async function answer(checked: Checked, response: ServerResponse): Promise<void> {
    if ('refused' in checked) return end(response, checked.refused)
    if ('repeated' in checked) return end(response, 200)
    if (checked.payload.type === 'url_verification') return end(response, 200, String(checked.payload.challenge ?? ''))
    const timer = setTimeout(() => end(response, 500), ANSWER_WITHIN_MS)
    const ack = async (said?: unknown) => end(response, 200, said === undefined ? '' : said)
    await app?.processEvent({ body: { ...checked.payload }, ack }).finally(() => clearTimeout(timer))
    end(response, 404)
  }
  return {
    init(bolt) {
      app = bolt
    },
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      }).catch((cause) => {
        const hint = 'Another program may have it: set SLACK_PORT to a free one, and HOST to an address of this machine.'
        throw new ConfigError(`Port ${port} on ${host} cannot be listened on.`, { hint, cause })
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** The body as text; undefined where it is longer than Slack's are. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LIMITS.body) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** Answers once; later calls change nothing. */
function end(response: ServerResponse, status: number, said: unknown = ''): void {
  if (response.headersSent) return
  if (typeof said === 'string') response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(said)
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
}
