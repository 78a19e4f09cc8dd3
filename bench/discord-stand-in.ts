// Discord's side for one bot, as lean as can be: a gateway that brings interactions, REST that takes the answers, and how long
// each waits for its first one.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { acceptSocket, type GatewaySocket } from './discord-socket.ts'

export const APP = '1000000000000000001'
const GUILD = '2000000000000000001'
const CHANNELS = 200
/** So many that nobody asks faster than a person may. */
const PEOPLE = 1000
const FIRST_ID = 1_400_000_000_000_000_000n
const BUSY = 'has too much to do'
const DEFERRED = '{"type":5'
/** Those that are put off are given up once none came for so long. */
const QUIET_MS = 5000

/** Of a command: the subcommand and its options, as Discord sends them. */
export interface Asked {
  readonly name: string
  readonly options?: readonly { readonly name: string; readonly type: number; readonly value: string }[]
}

export interface Round {
  readonly seconds: number
  /** Of each first answer, in milliseconds. */
  readonly waits: readonly number[]
  /** Answered with what was asked for, during the round or after it. */
  readonly answered: number
  /** Told to try again later. */
  readonly refused: number
}

export interface StandIn {
  /** What the bot's DISCORD_API_URL has to be. */
  readonly url: string
  /** Resolves once the bot has identified itself and can be asked. */
  readonly identified: Promise<void>
  /** So many are under way at once; another begins with each first answer. */
  saturated(seconds: number, atOnce: number): Promise<Round>
  /** Asks at this rate, whether or not answers come. */
  steady(seconds: number, perSecond: number): Promise<Round>
  close(): Promise<void>
}

/** `commands` are taken in turn. */
export async function openDiscord(commands: readonly Asked[]): Promise<StandIn> {
  const waiting = new Map<string, () => void>()
  /** Interactions whose answer was put off, by their tokens. */
  const deferred = new Set<string>()
  const identified = Promise.withResolvers<void>()
  let socket: GatewaySocket | undefined
  let sequence = 0
  let asked = 0
  let answered = 0
  let refused = 0
  let heardAt = 0

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  // A connection closed for idleness just as it is used again would fail a request.
  server.keepAliveTimeout = 0
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  server.on('upgrade', (request, stream) => {
    const opened = acceptSocket(request, stream, (text) => {
      const { op } = JSON.parse(text) as { op: number }
      if (op === 1) opened.send('{"op":11}')
      if (op === 2) greet(opened)
    })
    opened.send('{"op":10,"d":{"heartbeat_interval":41250}}')
  })

  function dispatch(to: GatewaySocket, t: string, d: object): void {
    to.send(JSON.stringify({ op: 0, t, s: ++sequence, d }))
  }

  function greet(opened: GatewaySocket): void {
    socket = opened
    dispatch(opened, 'READY', {
      v: 10,
      user: { id: APP, username: 'paperboy', discriminator: '0', bot: true, avatar: null },
      guilds: [{ id: GUILD, unavailable: true }],
      session_id: 'bench',
      resume_gateway_url: `ws://127.0.0.1:${port}`,
      application: { id: APP, flags: 0 },
    })
    dispatch(opened, 'GUILD_CREATE', guild())
    identified.resolve()
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await request.toArray()).join('')
    const [path = ''] = (request.url ?? '').split('?')
    // As in /api/v10/webhooks/<app>/<token>.
    const [, , , kind, id = '', token = ''] = path.split('/')
    if (kind === 'interactions') {
      response.writeHead(204).end()
      if (body.startsWith(DEFERRED)) deferred.add(token)
      else count(body)
      waiting.get(id)?.()
      waiting.delete(id)
      return
    }
    if (kind === 'webhooks') {
      if (request.method !== 'DELETE' && deferred.delete(token)) count(body)
      return json(response, message())
    }
    if (path.endsWith('/gateway/bot')) {
      const limit = { total: 1000, remaining: 1000, reset_after: 1000, max_concurrency: 1 }
      return json(response, { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit })
    }
    json(response, [])
  }

  function count(body: string): void {
    heardAt = performance.now()
    if (body.includes(BUSY)) refused++
    else answered++
  }

  function ask(waits: number[]): Promise<void> {
    const number = asked++
    const id = String(FIRST_ID + BigInt(number))
    const began = performance.now()
    const first = new Promise<void>((resolve) => {
      waiting.set(id, () => {
        waits.push(performance.now() - began)
        resolve()
      })
    })
    if (socket) dispatch(socket, 'INTERACTION_CREATE', interaction(id, number, commands[number % commands.length]))
    return first
  }

  async function round(load: (waits: number[]) => Promise<void>): Promise<Round> {
    const waits: number[] = []
    answered = refused = 0
    const began = performance.now()
    await load(waits)
    const seconds = (performance.now() - began) / 1000
    heardAt = performance.now()
    // A client that only defers leaves all of them so.
    while (answered > 0 && deferred.size > 0 && performance.now() - heardAt < QUIET_MS) {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 100))
    }
    deferred.clear()
    return { seconds, waits, answered, refused }
  }

  return {
    url: `http://127.0.0.1:${port}/api`,
    identified: identified.promise,
    saturated: (seconds, atOnce) =>
      round(async (waits) => {
        const end = performance.now() + seconds * 1000
        const lane = async () => {
          while (performance.now() < end) await ask(waits)
        }
        await Promise.all(Array.from({ length: atOnce }, lane))
      }),
    steady: (seconds, perSecond) =>
      round(async (waits) => {
        const underWay: Promise<void>[] = []
        const began = performance.now()
        while (underWay.length < seconds * perSecond) {
          const due = ((performance.now() - began) / 1000) * perSecond
          while (underWay.length < due) underWay.push(ask(waits))
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        await Promise.all(underWay)
      }),
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function guild() {
  return {
    id: GUILD,
    name: 'Bench',
    owner_id: '5',
    roles: [{ id: GUILD, name: '@everyone', permissions: '2147483647', position: 0 }],
    emojis: [],
    features: [],
    members: [],
    channels: Array.from({ length: CHANNELS }, (_, at) => channel(at)),
    threads: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    member_count: PEOPLE,
  }
}

function channel(at: number) {
  return { id: String(3_000_000_000_000_000_000n + BigInt(at)), type: 0, name: `papers-${at}`, guild_id: GUILD, position: at }
}

function interaction(id: string, number: number, { name, options = [] }: Asked = { name: 'help' }) {
  const user = { id: String(4_000_000_000_000_000_000n + BigInt(number % PEOPLE)), username: `reader${number % PEOPLE}` }
  const where = channel(number % CHANNELS)
  return {
    id,
    application_id: APP,
    token: `bench-token-${number}`,
    version: 1,
    type: 2,
    data: { id: '6', name: 'papers', type: 1, options: [{ name, type: 1, options }] },
    guild_id: GUILD,
    guild: { id: GUILD, locale: 'en-US', features: [] },
    channel_id: where.id,
    channel: { ...where, permissions: '2147483647' },
    member: {
      user: { ...user, discriminator: '0', avatar: null },
      roles: [],
      joined_at: '2024-01-01T00:00:00.000000+00:00',
      permissions: '2147483648',
      deaf: false,
      mute: false,
      flags: 0,
    },
    locale: 'en-US',
    guild_locale: 'en-US',
    app_permissions: '442368',
    entitlements: [],
    authorizing_integration_owners: { '0': GUILD },
    context: 0,
    attachment_size_limit: 10_485_760,
  }
}

function message() {
  const author = { id: APP, username: 'paperboy', discriminator: '0', avatar: null, bot: true }
  const at = '2026-11-22T09:00:00.000000+00:00'
  const empty = { content: '', embeds: [], attachments: [], components: [], mentions: [], mention_roles: [] }
  const about = { type: 20, author, timestamp: at, edited_timestamp: null, tts: false, pinned: false, mention_everyone: false }
  return { id: '7', channel_id: channel(0).id, ...empty, ...about }
}
