import { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { chatCommands } from '#adapters/chat/discord/register/commands.ts'
import { keepRegistered, register } from '#adapters/chat/discord/register/register.ts'
import { createLeasedDuties } from '#adapters/duties.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { alwaysOurs } from '#core/ports/duties.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'
import { aServer } from '#test/adapters/http/server.ts'

const APP = '1000000000000000001'
const GUILD = '2000000000000000001'

type Registered = Readonly<Record<string, unknown>>

interface Refusal {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Discord's command endpoints: a PUT replaces all, and is refused as often as told. */
async function discord(there: readonly Registered[], refusals: readonly Refusal[] = []) {
  const state = { there, puts: [] as (readonly Registered[])[], paths: [] as (string | undefined)[] }
  const left = [...refusals]
  const server = await aServer(async (request, response) => {
    state.paths.push(request.url)
    const refusal = request.method === 'PUT' ? left.shift() : undefined
    const text = (await request.toArray()).join('')
    if (!refusal && request.method === 'PUT') {
      state.puts.push(JSON.parse(text))
      state.there = state.puts.at(-1)?.map(shown) ?? []
    }
    const { status, body, headers = {} }: Refusal = refusal ?? { status: 200, body: state.there }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  const rest = new REST({ api: server.url, version: '10', retries: 0, rejectOnRateLimit: ['/applications'] }).setToken('token')
  return { state, rest, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** As Discord shows what was registered: with an id and defaults. */
function shown(command: Registered): Registered {
  return { id: '1', version: '2', nsfw: false, default_member_permissions: null, description: '', ...command }
}

test('what is not there is registered, everywhere and for direct messages too', async () => {
  await using fake = await discord([])
  expect(await register(fake.rest, { app: APP })).toBe(true)
  expect(fake.state.puts[0]).toHaveLength(chatCommands().length)
  for (const command of fake.state.puts[0] ?? []) {
    expect(command).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] })
  }
})

test('what is there already is not registered again', async () => {
  await using fake = await discord([])
  await register(fake.rest, { app: APP })
  expect(await register(fake.rest, { app: APP })).toBe(false)
  expect(fake.state.puts).toHaveLength(1)
})

test.each([
  ['a command that is no more', (commands: readonly Registered[]) => [...commands, { type: 1, name: 'old', description: 'old' }]],
  ['another description', ([first, ...more]: readonly Registered[]) => [{ ...first, description: 'Other' }, ...more]],
  [
    'an option that was completed',
    ([first, ...more]: readonly Registered[]) => [
      { ...first, options: [{ ...optionsOf(first)[0], autocomplete: true }] },
      ...more,
    ],
  ],
  ['fewer contexts', ([first, ...more]: readonly Registered[]) => [{ ...first, contexts: [0] }, ...more]],
])('%s is a reason to register', async (_, changed) => {
  await using fake = await discord([])
  await register(fake.rest, { app: APP })
  fake.state.there = changed(fake.state.there)
  expect(await register(fake.rest, { app: APP })).toBe(true)
})

test('in one guild it is not said where commands may be used', async () => {
  await using fake = await discord([])
  await register(fake.rest, { app: APP, guild: GUILD })
  expect(fake.state.paths[0]).toContain(`/guilds/${GUILD}/commands`)
  for (const command of fake.state.puts[0] ?? []) {
    expect(command).not.toHaveProperty('contexts')
    expect(command).not.toHaveProperty('integration_types')
  }
})

test('a refusal is logged and tried again, later each time, until it is taken', async () => {
  const limited = {
    status: 429,
    headers: { 'retry-after': '500', 'x-ratelimit-scope': 'shared' },
    body: { message: 'Max number of daily application command creates has been reached (200)', retry_after: 500 },
  }
  const broken = { status: 500, body: { message: 'no' } }
  await using fake = await discord([], [broken, limited])
  const { log, logged } = aLog()
  const pauses: number[] = []
  const { promise: taken, resolve } = Promise.withResolvers<void>()
  await keepRegistered(
    fake.rest,
    { app: APP },
    {
      duties: alwaysOurs,
      signal: new AbortController().signal,
      log: { ...log, info: (...said) => [log.info(...said), resolve()] },
      wait: async (milliseconds) => void pauses.push(milliseconds),
    },
  )
  await taken
  expect(pauses[0]).toBe(60_000)
  expect(pauses[1]).toBeGreaterThanOrEqual(500_000)
  expect(logged.map(({ level }) => level)).toEqual(['warn', 'warn', 'info'])
  expect(fake.state.puts).toHaveLength(1)
})

test('one of the processes that share a store registers, and another where it died before it could', async () => {
  await using fake = await discord([])
  const store = await openSqliteStore(':memory:')
  const stopping = new AbortController()
  let now = Temporal.Instant.from('2026-11-16T09:00:00Z')
  const waits: (() => void)[] = []
  const start = (rest: REST) => {
    const { log } = aLog()
    const duties = createLeasedDuties({ leases: store.leases, clock: { now: () => now }, log, lease: 10 })
    const wait = () => new Promise<void>((resolve) => waits.push(resolve))
    return keepRegistered(rest, { app: APP }, { duties, wait, signal: stopping.signal, log })
  }
  const dead = { get: () => new Promise(() => undefined) } as unknown as REST
  start(dead).catch(() => undefined)
  await expect.poll(() => store.leases.held('discord commands', now.toString())).toHaveLength(1)
  await start(fake.rest)
  expect(fake.state.puts).toEqual([])
  now = now.add({ seconds: 60 })
  for (const pass of waits.splice(0)) pass()
  await expect.poll(() => fake.state.puts.length).toBe(1)
  const asked = fake.state.paths.length
  await Promise.all([start(fake.rest), start(fake.rest)])
  expect(fake.state.paths).toHaveLength(asked)
  stopping.abort()
  await store.close()
})

test('the end of the program ends the tries', async () => {
  await using fake = await discord([], [{ status: 500, body: {} }])
  const stopping = new AbortController()
  const { log, logged } = aLog()
  const { promise: waits, resolve } = Promise.withResolvers<void>()
  const wait = (_: number, signal: AbortSignal) =>
    new Promise<void>((_done, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      resolve()
    })
  await keepRegistered(fake.rest, { app: APP }, { duties: alwaysOurs, wait, signal: stopping.signal, log })
  await waits
  stopping.abort()
  expect(fake.state.puts).toEqual([])
  expect(logged).toHaveLength(1)
})

function optionsOf(command: Registered | undefined): readonly Registered[] {
  return (command?.options ?? []) as readonly Registered[]
}
