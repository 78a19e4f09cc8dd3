// What operators and orchestrators ask of a running bot: /healthz (alive), /readyz (answering people), /metrics (figures).
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '#core/errors.ts'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'

export interface Health {
  readonly port: number
  close(): Promise<void>
}

export interface HealthOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly readiness: Pick<Readiness, 'obstacle'>
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>
}

/** Listens until closed; rejects with ConfigError where the port cannot be had. */
export async function startHealth({ host, port, readiness, metrics }: HealthOptions): Promise<Health> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return say(response, 405, 'Only GET is answered here.')
    }
    if (path === '/healthz') return say(response, 200, 'ok')
    if (path === '/readyz') {
      const obstacle = await readiness.obstacle()
      return obstacle === undefined ? say(response, 200, 'ready') : say(response, 503, `not ready: ${obstacle}`)
    }
    if (path === '/metrics') return say(response, 200, await metrics.text(), metrics.contentType)
    return say(response, 404, 'There are /healthz, /readyz and /metrics.')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  }).catch((cause) => {
    throw new ConfigError(`Port ${port} on ${host} cannot be listened on.`, {
      hint: 'Another program may have it: set PORT to a free one, and HOST to an address of this machine.',
      cause,
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function say(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}
