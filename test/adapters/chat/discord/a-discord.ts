// Discord on loopback, for tests of how interactions are answered: discord.js makes them of what the gateway would bring, and
// every call that answers one is kept.
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, GatewayIntentBits } from 'discord.js'
import type { Desk, Listener } from '#adapters/chat/discord/asks/desk.ts'
import type { People } from '#adapters/chat/discord/people/people.ts'
import { createLane, type LaneSize } from '#adapters/chat/lanes.ts'
import type { Answer, Request } from '#core/commands/dispatch.ts'
import type { Asker, OptionOf } from '#core/ports/platform.ts'
import type { Block, Reply } from '#core/reply.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'
import { aServer } from '#test/adapters/http/server.ts'

const APP = '1000000000000000001'
const GUILD = '2000000000000000001'
const CHANNEL = '3000000000000000002'
const ALICE = '5000000000000000001'
const MANAGE_CHANNELS = '16'

/** One call to Discord, with its body. */
export interface Call {
  readonly method: string
  /** `callback`, `original`, or `followup`. */
  readonly to: string
  // biome-ignore lint/suspicious/noExplicitAny: what is sent has the shape that the tests are about
  readonly body: any
  /** Whether files came along. */
  readonly files: boolean
}

/** `lost`: the connection ends before it is said what became of it; `hangs`: nothing is said. */
type Refusal = { readonly status: number; readonly code?: number } | 'lost' | 'hangs' | undefined

interface Telling {
  readonly answer?: (request: Request, asker: Asker) => Promise<Answer>
  readonly complete?: (option: OptionOf, begun: string, asker: Asker) => Promise<string[]>
  readonly phrases?: Readonly<Record<string, string>>
  /** What Discord does not take. */
  readonly refuses?: (call: Call) => Refusal
  readonly lane?: LaneSize
  readonly people?: People
  /** Whether what comes is this process's to answer. */
  readonly isOurs?: () => boolean
}

const somebody = {
  asker: async ({ user }: { user: { id: string; username: string } }): Promise<Asker> => ({
    destination: { platform: 'discord', workspace: GUILD, channel: CHANNEL },
    person: { id: user.id, name: user.username },
  }),
}

export async function aDiscord(
  listen: Listener,
  { answer, complete, phrases = {}, refuses, lane, people = somebody, isOurs = () => true }: Telling,
) {
  const calls: Call[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const server = await aServer(async (request, response) => {
    const text = (await request.toArray()).join('')
    const call = callOf(request.method ?? '', request.url ?? '', text)
    calls.push(call)
    const refusal = refuses?.(call)
    if (refusal === 'hangs') return
    if (refusal === 'lost') {
      response.destroy()
      return
    }
    const body = refusal
      ? { code: refusal.code ?? 0, message: 'no' }
      : { id: '9000000000000000001', channel_id: CHANNEL, author: { id: APP } }
    const status = refusal?.status ?? (call.to === 'callback' || call.method === 'DELETE' ? 204 : 200)
    if (status === 204) response.writeHead(status).end()
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    for (const { count, resolve } of waiting) if (calls.length >= count) resolve()
  })
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: server.url, retries: 0, timeout: 2000 } })
  const asked: { readonly request: Request; readonly asker: Asker }[] = []
  const { log, logged } = aLog()
  const [work, refusals] = [createLane(lane ?? { atOnce: 8, waiting: 100 }, log), createLane({ atOnce: 8, waiting: 100 }, log)]
  const handlers = {
    async answer(request: Request, asker: Asker) {
      asked.push({ request, asker })
      return (await answer?.(request, asker)) ?? saying('Yes.')
    },
    complete: async (option: OptionOf, begun: string, asker: Asker) => (await complete?.(option, begun, asker)) ?? [],
  }
  const kept = { get: async (key: string) => phrases[key], keep: async () => undefined }
  const desk = {
    handlers,
    people,
    isOurs,
    phrases: kept,
    work: work.work,
    load: work.load,
    refuse: refusals.work,
    wait: () => sleep(1),
    now: () => Temporal.Instant.from('2026-09-24T12:00:00Z'),
    log,
  } as unknown as Desk
  listen(client, desk)
  return {
    calls,
    asked,
    logged,
    /** As the gateway would. */
    receive(payload: object): void {
      const { actions } = client as unknown as { actions: { InteractionCreate: { handle(data: object): void } } }
      actions.InteractionCreate.handle(payload)
    },
    /** Once there are so many calls. */
    async called(count: number): Promise<readonly Call[]> {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ count, resolve })
      if (calls.length >= count) resolve()
      await promise
      return calls
    },
    /** Once all that was taken is done. */
    async done(): Promise<readonly Call[]> {
      await Promise.all([work.done(), refusals.done()])
      return calls
    },
    async [Symbol.asyncDispose]() {
      await client.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}

function callOf(method: string, url: string, text: string): Call {
  const path = decodeURIComponent(url.split('?')[0] ?? '')
  const to = path.endsWith('/callback') ? 'callback' : path.endsWith('/messages/@original') ? 'original' : 'followup'
  const files = text.startsWith('--')
  const json = files ? (/name="payload_json"\r\n\r\n([\s\S]*?)\r\n--/.exec(text)?.[1] ?? '{}') : text || '{}'
  return { method, to, body: JSON.parse(json), files }
}

/** What a call does, in a word, and who sees it. */
export function inWords({ method, to, body }: Call): string {
  const callbacks: Readonly<Record<number, string>> = { 4: 'reply', 5: 'defer', 6: 'defer update', 7: 'update', 8: 'choices' }
  const what =
    to === 'callback' ? callbacks[body.type] : `${method === 'PATCH' ? 'edit' : method === 'DELETE' ? 'delete' : 'follow up'}`
  const flags = Number((to === 'callback' ? body.data?.flags : body.flags) ?? 0)
  return `${what}${(flags & 64) === 0 ? '' : ' alone'}`
}

export function saying(text: string, { visibility = 'public', ...more }: Partial<Reply> = {}): Answer {
  const blocks: Block[] = [{ kind: 'prose', spans: [{ text }] }]
  return { ok: true, command: 'help', reply: { visibility, blocks, ...more } }
}

export function failing(message: string): Answer {
  return { ok: false, error: { code: 'wrong-input', message, hint: null } }
}

const user = { id: ALICE, username: 'alice', discriminator: '0', global_name: 'Alice', avatar: null }
const member = {
  user,
  roles: [],
  permissions: MANAGE_CHANNELS,
  joined_at: '2024-01-01T00:00:00Z',
  deaf: false,
  mute: false,
  flags: 0,
}
let number = 0

function interaction(type: number, data: object, more: object = {}): object {
  number++
  return {
    id: `${7_000_000_000_000_000_000n + BigInt(number)}`,
    application_id: APP,
    token: `token${number}`,
    version: 1,
    type,
    data,
    guild_id: GUILD,
    channel_id: CHANNEL,
    channel: { id: CHANNEL, type: 0, name: 'papers' },
    member,
    locale: 'en-US',
    entitlements: [],
    app_permissions: '0',
    attachment_size_limit: 10_485_760,
    context: 0,
    authorizing_integration_owners: { 0: GUILD },
    ...more,
  }
}

/** `/papers help`, or another subcommand without options. */
export function aCommand(sub = 'help', more: object = {}): object {
  return interaction(2, { id: '1', name: 'papers', type: 1, options: [{ type: 1, name: sub, options: [] }] }, more)
}

export function aMessage(more: object = {}): object {
  return {
    id: '8000000000000000001',
    channel_id: CHANNEL,
    type: 0,
    content: '',
    embeds: [],
    components: [],
    author: user,
    ...more,
  }
}

/** A button's, of a message whose only button it is. */
export function aPress(customId: string, label = 'Press', message: object = {}, more: object = {}): object {
  const button = { type: 2, style: 2, label, custom_id: customId }
  const of = aMessage({ components: [{ type: 1, components: [button] }], flags: 32_768, ...message })
  return interaction(3, { component_type: 2, custom_id: customId }, { message: of, ...more })
}

/** A choice from a menu. */
export function aChoice(customId: string, value: string): object {
  const menu = { type: 3, custom_id: customId, options: [{ label: 'More', value }] }
  const message = aMessage({ components: [{ type: 1, components: [menu] }], flags: 32_768 })
  return interaction(3, { component_type: 3, custom_id: customId, values: [value] }, { message })
}

/** “Look up papers in this message”. */
export function aLookUp(name: string, message: { readonly id: string }): object {
  return interaction(2, { id: '2', name, type: 3, target_id: message.id, resolved: { messages: { [message.id]: message } } })
}

export function anAutocomplete(
  sub: string,
  focused: string,
  value: string,
  options: Readonly<Record<string, string>> = {},
): object {
  const others = Object.entries(options).map(([name, given]) => ({ type: 3, name, value: given }))
  const typing = [...others, { type: 3, name: focused, value, focused: true }]
  return interaction(4, { id: '1', name: 'papers', type: 1, options: [{ type: 1, name: sub, options: typing }] })
}
