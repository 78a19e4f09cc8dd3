// Replicas on one PostgreSQL database divide Discord's shards: whatever becomes of any of them, each shard is one's, and whoever asks
// is answered once.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { install } from '#test/paperboy.ts'
import { type PostgresServer, startPostgres } from '#test/postgres-server.ts'
import { startFake } from './discord-fake.ts'
import { hasFakes, line } from './fake.ts'

const SHARDS = 4
/** One for each shard, which is what is left of its id's time, https://docs.discord.com/developers/events/gateway#sharding. */
const CHANNELS = Array.from({ length: SHARDS }, (_, shard) => ({
  id: `${(400_000_000_000n + BigInt(shard)) << 22n}`,
  channel: `31000000000000000${shard}0`,
}))
/** Milliseconds: a lease and the looks at it. */
const TAKEN_WITHIN = { timeout: 30_000, interval: 100 }

type Replica = Awaited<ReturnType<typeof aReplica>>

let postgres: PostgresServer
let discord: Awaited<ReturnType<typeof startFake>>
const processes: ChildProcess[] = []

async function aReplica() {
  const health = await freePort()
  const environment = { DATABASE_URL: postgres.url, PORT: String(health), WATCH_CRON: '0 0 1 1 *' }
  const process = install({ ...discord.env, ...environment }).start('serve')
  const said: Record<string, unknown>[] = []
  const figures = async () => (await fetch(`http://127.0.0.1:${health}/metrics`)).text()
  async function figure(name: string): Promise<number> {
    const found = (await figures()).split('\n').find((one) => one.startsWith(`${name} `))
    return Number(found?.split(' ').at(-1) ?? 0)
  }
  processes.push(process)
  await line(process, ({ msg }) => msg === 'ready', said)
  return {
    process,
    said,
    isReady: async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok,
    open: () => figure('paperboy_connections{platform="discord",state="open"}'),
    held: () => figure('paperboy_connections{platform="discord",state="held"}'),
    async answered(): Promise<number> {
      const counts = (await figures()).split('\n').filter((one) => one.startsWith('paperboy_command_duration_seconds_count'))
      return counts.reduce((sum, one) => sum + Number(one.split(' ').at(-1)), 0)
    },
  }
}

/** How many shards each has open. */
function shares(replicas: readonly Replica[]): Promise<number[]> {
  return Promise.all(replicas.map((replica) => replica.open()))
}

/** Asks in a server of each shard, and expects one answer each, to be seen. */
async function asksInEach(): Promise<string[]> {
  const asked = await Promise.all(
    CHANNELS.map(({ channel }) => discord.ctl('command', { name: 'papers', sub: 'help', channel, user: 'alice' })),
  )
  expect(asked.map(({ original }) => JSON.stringify(original ?? '').includes('search'))).toEqual(CHANNELS.map(() => true))
  return asked.map(({ interaction }) => interaction)
}

/** How often each was tried to be answered at first, by whomever. */
async function answersTo(interactions: readonly string[]): Promise<number[]> {
  const { records } = await discord.ctl('log')
  const paths: string[] = records.flatMap(({ path }: { path?: string }) => path ?? [])
  return interactions.map((id) => paths.filter((path) => path.includes(`/interactions/${id}/`)).length)
}

describe.skipIf(!hasFakes)('Replicas that serve Discord together', () => {
  let a: Replica
  let b: Replica
  let c: Replica

  beforeAll(async () => {
    ;[postgres, discord] = await Promise.all([
      startPostgres(),
      startFake(['--shards', String(SHARDS), '--max-concurrency', String(SHARDS)]),
    ])
    for (const { id, channel } of CHANNELS) {
      await discord.ctl('guild_create', { id, name: `Lab ${id}`, channels: [{ id: channel, type: 0, name: 'papers' }] })
    }
    ;[a, b, c] = await Promise.all([aReplica(), aReplica(), aReplica()])
  })

  afterAll(async () => {
    for (const process of [...processes, discord.process]) process.kill('SIGKILL')
    await postgres.close()
  })

  test('each has its share, and whoever asks is answered once', async () => {
    await expect.poll(async () => (await shares([a, b, c])).sort(), TAKEN_WITHIN).toEqual([1, 1, 2])
    expect(await Promise.all([a, b, c].map((replica) => replica.isReady()))).toEqual([true, true, true])
    expect(await answersTo(await asksInEach())).toEqual([1, 1, 1, 1])
    expect(await Promise.all([a, b, c].map((replica) => replica.answered()))).toEqual(await shares([a, b, c]))
  })

  test('one of them registered the commands', async () => {
    const { records } = await discord.ctl('log')
    const asked = records.filter(({ route }: { route?: string }) => route?.endsWith('/commands'))
    expect(asked.map(({ method }: { method: string }) => method)).toEqual(['GET', 'PUT'])
  })

  test('Discord is asked about its gateway once for the number of shards, and once by each, however many it opens', async () => {
    const { records } = await discord.ctl('log')
    expect(records.filter(({ route }: { route?: string }) => route?.endsWith('/gateway/bot')).length).toBeLessThanOrEqual(4)
  })

  test('what a killed one and one that stands still had is another’s within seconds', async () => {
    b.process.kill('SIGKILL')
    c.process.kill('SIGSTOP')
    const since = performance.now()
    await expect.poll(() => shares([a]), TAKEN_WITHIN).toEqual([4])
    expect(performance.now() - since).toBeLessThan(20_000)
    const before = await a.answered()
    expect(await answersTo(await asksInEach())).toEqual([1, 1, 1, 1])
    expect(await a.answered()).toBe(before + SHARDS)
  })

  test('one that comes back late answers nothing that came meanwhile, and has a share again', async () => {
    const asked = await asksInEach()
    c.process.kill('SIGCONT')
    const before = await c.answered()
    await expect.poll(async () => (await shares([a, c])).sort(), TAKEN_WITHIN).toEqual([2, 2])
    expect(await answersTo(asked)).toEqual([1, 1, 1, 1])
    expect(await c.answered()).toBe(before)
    expect(await answersTo(await asksInEach())).toEqual([1, 1, 1, 1])
  })

  test('one that joins has a share, and one that is stopped hands over', async () => {
    b = await aReplica()
    expect(await b.isReady()).toBe(true)
    await expect.poll(async () => (await shares([a, b, c])).sort(), TAKEN_WITHIN).toEqual([1, 1, 2])
    const ended = once(a.process, 'exit')
    a.process.kill('SIGTERM')
    const since = performance.now()
    await expect.poll(() => shares([b, c]), TAKEN_WITHIN).toEqual([2, 2])
    expect(performance.now() - since).toBeLessThan(9000)
    expect(await answersTo(await asksInEach())).toEqual([1, 1, 1, 1])
    expect((await ended)[0]).toBe(0)
  })

  test('none of Discord’s rules was broken', async () => {
    expect((await discord.ctl('violations')).violations).toEqual([])
  })
})
