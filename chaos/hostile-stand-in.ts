// What stands in for the whole internet: a guard for which every name under hostile.example is public, all others lie inside, and each
// connection, to whatever address, ends at one hostile server on loopback. What was connected to is kept.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { buildConnector } from 'undici'
import { createGuard, type Guard } from '#adapters/http/guard.ts'

export const PUBLIC = '93.184.215.14'

export interface StandIn extends AsyncDisposable {
  readonly guard: Guard
  readonly opened: ReadonlySet<string>
}

export async function hostileStandIn(): Promise<StandIn> {
  const server = new Worker(new URL('./hostile-server-thread.ts', import.meta.url))
  const [port] = await once(server, 'message')
  const opened = new Set<string>()
  const guard = createGuard({
    resolve: async (host) => [{ address: host.endsWith('.hostile.example') ? PUBLIC : '127.0.0.1', family: 4 }],
    connector: (addresses) => (options, callback) => {
      for (const { address } of addresses) opened.add(address)
      buildConnector({})({ ...options, protocol: 'http:', hostname: '127.0.0.1', port }, callback)
    },
  })
  return {
    guard,
    opened,
    async [Symbol.asyncDispose]() {
      await server.terminate()
    },
  }
}
