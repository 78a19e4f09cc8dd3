// A web server on loopback for tests of what leaves the machine: it answers as told and remembers what it was asked.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly IncomingMessage[]
}

export async function aServer(listener: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A clock that only waiting moves on. */
export function aTimer() {
  let milliseconds = Temporal.Instant.from('2026-09-24T12:00:00Z').epochMilliseconds
  const waits: number[] = []
  return {
    waits,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(milliseconds) },
    async wait(duration: number) {
      waits.push(duration)
      milliseconds += duration
    },
    pass(duration: number) {
      milliseconds += duration
    },
  }
}
