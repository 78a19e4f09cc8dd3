// A chat platform and a feed of chaos's own on the loopback: takes messages and remembers them, whoever dies meanwhile; refuses
// some, and loses some answers before and after the message was taken.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { seededRandom } from '#bench/corpus.ts'
import type { PaperRecord } from '#core/paper.ts'
import { aPaper } from './channels.ts'
import type { Accepted } from './remembering-platform.ts'

export interface ChatServer {
  readonly url: string
  readonly accepted: readonly Accepted[]
  /** All papers that any feed has brought. */
  readonly announced: readonly PaperRecord[]
  /** Resolves with the next request. */
  asked(): Promise<void>
  /** From now on the feeds bring nothing new. */
  settle(): void
  close(): Promise<void>
}

const FAULTS = 0.12
/** A feed shows so many of its latest papers. */
const SHOWN = 60
const SLOWEST = 20

export async function startChatServer(seed: number): Promise<ChatServer> {
  const random = seededRandom(seed)
  const accepted: Accepted[] = []
  const keys = new Set<string>()
  const announced: PaperRecord[] = []
  let grows = true
  let waiting: (() => void)[] = []

  function feed(category: string): PaperRecord[] {
    const many = grows ? Math.floor(random() * 4) : 0
    for (let more = 0; more < many; more++) announced.push(aPaper(announced.length + 1, random))
    return announced.filter(({ categories }) => categories?.includes(category)).slice(-SHOWN)
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = (await json(request)) as Accepted
    const fault = random() < FAULTS ? Math.floor(random() * 3) : undefined
    const slowness = random() * SLOWEST
    if (fault === 0) return answer(response, 429, {})
    if (fault === 1) return void request.socket.destroy()
    accepted.push(message)
    keys.add(message.key)
    if (fault === 2) return void request.socket.destroy()
    setTimeout(() => answer(response, 200, {}), slowness)
  }

  const server = createServer((request, response) => {
    for (const wake of waiting) wake()
    waiting = []
    const [, what, name = ''] = request.url?.split('/') ?? []
    if (what === 'post') take(request, response).catch(() => request.socket.destroy())
    else if (what === 'posted') answer(response, keys.has(name) ? 200 : 404, {})
    else answer(response, 200, feed(decodeURIComponent(name)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    accepted,
    announced,
    asked: () => new Promise((resolve) => waiting.push(resolve)),
    settle() {
      grows = false
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
