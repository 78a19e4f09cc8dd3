// An HTTP server of Slack's: what it listens on, and how its requests are read and answered.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'

export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly log: Log
}

export interface Server {
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
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log.error('slack request failed', { error })
      end(response, 500)
    })
  })
  return {
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
export async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LIMITS.body) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers once; later calls change nothing. */
export function end(response: ServerResponse, status: number, said: unknown = ''): void {
  if (response.headersSent) return
  if (typeof said === 'string') response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(said)
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
}
