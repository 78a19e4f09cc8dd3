// An HTTP server of Slack's: what it listens on, and how its requests are read and answered.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'

const LIMITED_TO = {
  /** Slack sends in moments, and gives up after three seconds. */
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  /** Longer than the minute for which load balancers use a connection again, or they would find it closed now and then. */
  keepAliveTimeout: 75_000,
}
const CONNECTIONS = 1000
/** So often those who do not ask any more are let go while the server stops. */
const IDLE_EVERY_MS = 100

export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly log: Log
}

export interface Server {
  isListening(): boolean
  /** Rejects with ConfigError where it cannot listen. */
  start(): Promise<void>
  /** Takes no more requests; resolves once those under way are answered. */
  stop(): Promise<void>
}

/** A server that answers each request with `answer`, or 500 where that rejects. */
export function createSlackServer(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { host, port, log }: ServerOptions,
): Server {
  const server = createServer(LIMITED_TO, (request, response) => {
    answer(request, response).catch((error) => {
      log.error('slack request failed', { error })
      end(response, 500)
    })
  })
  server.maxConnections = CONNECTIONS
  return {
    isListening: () => server.listening,
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
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_EVERY_MS)
        server.close(() => {
          clearInterval(idle)
          resolve()
        })
      }),
  }
}

/** The body as text; undefined where it is longer than Slack's are, or breaks off. */
export function read(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.body) return resolve(undefined)
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= LIMITS.body) chunks.push(chunk)
      else resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.on('error', () => resolve(undefined))
  })
}

/** Answers once; later calls change nothing. What was not read to its end is not waited for: the connection is closed. */
export function end(response: ServerResponse, status: number, said: unknown = ''): void {
  if (response.headersSent) return
  const [text, type] = typeof said === 'string' ? [said, 'text/plain; charset=utf-8'] : [JSON.stringify(said), 'application/json']
  const bytes = Buffer.byteLength(text)
  const headers = { 'content-type': type, 'content-length': bytes }
  // ASCII alone is written as it is.
  const encoding = bytes === text.length ? 'latin1' : 'utf8'
  response.writeHead(status, response.req.complete ? headers : { ...headers, connection: 'close' }).end(text, encoding)
}
