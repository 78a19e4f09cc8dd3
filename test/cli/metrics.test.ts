import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createChatHandlers } from '#cli/chat-handlers.ts'
import type { StoreFigures } from '#cli/metrics/store.ts'
import { createMetrics } from '#cli/metrics.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import { aDestination } from '#test/builders.ts'
import { openBot } from '#test/core/commands/bot.ts'

/** What was measured and is in the store, over a bot of its own; its clock stands at nine o'clock. */
async function measured({
  isReady = true,
  ...given
}: { isReady?: boolean } & Partial<Pick<StoreFigures, 'enrichers' | 'deadline'>> = {}) {
  const bot = await openBot()
  const { context } = bot
  const platforms = [
    { name: 'slack', isAnswering: () => true, connections: () => ({ all: 0, held: 0, open: 0 }) },
    { name: 'discord', isAnswering: () => false, connections: () => ({ all: 4, held: 2, open: 1 }) },
  ] as const satisfies Pick<ChatPlatform, 'name' | 'isAnswering' | 'connections'>[]
  const metrics = createMetrics({
    ...context,
    platforms,
    enrichers: async () => [{ name: 'openalex' }],
    isReady: async () => isReady,
    ...given,
  })
  const handlers = metrics.work.answering(createChatHandlers(context as never, context.posting))
  const ask = (request: Parameters<typeof handlers.answer>[0]) =>
    handlers.answer(request, { destination: aDestination({ platform: 'slack' }), person: { id: 'ada', name: 'Ada' } })
  const lines = async () => (await metrics.text()).split('\n')
  return { ...bot, metrics, ask, lines, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() }
}

test('says whether people are answered, and on which platforms', async () => {
  await using bot = await measured({ isReady: false })
  expect(await bot.lines()).toEqual(
    expect.arrayContaining([
      'paperboy_ready 0',
      'paperboy_platform_up{platform="slack"} 1',
      'paperboy_platform_up{platform="discord"} 0',
      'paperboy_connections{platform="discord",state="all"} 4',
      'paperboy_connections{platform="discord",state="held"} 2',
      'paperboy_connections{platform="discord",state="open"} 1',
    ]),
  )
})

test('counts deliveries by state, with the age of the oldest and how long one could have been tried', async () => {
  await using bot = await measured()
  const { ledger } = bot.context.store
  const subject = { destination: aDestination(), kind: 'alert', part: 0, blocks: [] } as const
  await ledger.record([{ ...subject, subject: 'a', claims: [{ paper: 1, event: 'new' }] }], '2026-11-22T08:00:00Z')
  const [taken] = await ledger.claim({
    now: '2026-11-22T08:00:00Z',
    leaseUntil: '2026-11-22T08:01:00Z',
    limit: 1,
    platforms: ['slack', 'discord', 'terminal'],
  })
  const waits = { state: 'pending', notBefore: '2026-11-22T08:59:00Z', error: 'Busy.' } as const
  await ledger.settle(taken?.id ?? 0, taken?.fence ?? 0, waits, '2026-11-22T08:00:01Z')
  expect(await bot.lines()).toEqual(
    expect.arrayContaining([
      'paperboy_deliveries{state="pending"} 1',
      'paperboy_deliveries{state="dead"} 0',
      'paperboy_delivery_oldest_seconds{state="pending"} 3600',
      'paperboy_delivery_overdue_seconds{state="pending"} 60',
      'paperboy_delivery_oldest_seconds{state="uncertain"} 0',
    ]),
  )
})

test('counts feeds by kind and state, and what sources are still to be asked about', async () => {
  await using bot = await measured()
  const { feeds, enrichments } = bot.context.store
  const state = { checkedAt: '2026-11-22T08:00:00Z', failures: 0 } as const
  await feeds.set({ ...state, feed: 'cs.LG', state: 'stalled' })
  await feeds.set({ ...state, feed: 'https://blog.example/feed', state: 'failed' })
  await feeds.set({ ...state, feed: 'https://gone.example/feed', state: 'failed', gone: '2026-11-22T08:00:00Z' })
  await enrichments.setState({ source: 'openalex', askedAt: '2026-11-22T08:00:00Z', failures: 3 })
  expect(await bot.lines()).toEqual(
    expect.arrayContaining([
      'paperboy_feeds{kind="category",state="stalled"} 1',
      'paperboy_feeds{kind="feed",state="failed"} 1',
      'paperboy_feeds{kind="feed",state="gone"} 1',
      'paperboy_feeds{kind="feed",state="fresh"} 0',
      'paperboy_enrichment_waiting{source="openalex"} 15',
      'paperboy_enrichment_failures{source="openalex"} 3',
      'paperboy_papers 15',
      'paperboy_index_lag_seconds 0',
    ]),
  )
})

test('measures answers by command, platform and outcome, and gives nothing that people typed as a label', async () => {
  await using bot = await measured()
  await bot.ask({ line: '/papers search grokking' })
  await bot.ask({ line: 'good morning' })
  await bot.ask({ line: 'search ((' })
  await bot.ask({ line: 'zebra-stripes of my own' })
  await bot.ask({ path: ['follow', 'topic'], options: {} })
  await bot.ask({ path: ['a', 'secret'], options: {} })
  const counts = (await bot.lines()).filter((line) => line.startsWith('paperboy_command_duration_seconds_count'))
  const of = (command: string, outcome: string) =>
    counts.find((line) => line.includes(`command="${command}"`) && line.includes(`outcome="${outcome}"`))
  expect(of('search', 'ok')).toMatch(/platform="slack".* 1$/)
  expect(of('search', 'wrong-input')).toMatch(/ 1$/)
  expect(of('follow topic', 'wrong-input')).toMatch(/ 1$/)
  expect(of('none', 'wrong-input')).toBeDefined()
  expect(counts.join('\n')).not.toMatch(/zebra|secret|morning|T1/)
})

test('counts passes that fail, and lets their error through', async () => {
  await using bot = await measured()
  await expect(bot.metrics.work.tick({ watch: true }, () => Promise.reject(new Error('full')))).rejects.toThrow('full')
  expect(await bot.lines()).toEqual(
    expect.arrayContaining([
      'paperboy_tick_failures_total 1',
      'paperboy_tick_duration_seconds_count{watch="yes"} 1',
      'paperboy_tick_last_success_timestamp_seconds{watch="yes"} 0',
    ]),
  )
})

test('has Node’s own figures of the event loop', async () => {
  await using bot = await measured()
  expect((await bot.lines()).filter((line) => /^nodejs_eventloop_lag_(p99|max)_seconds /.test(line))).toHaveLength(2)
})

test('each figure of its own is in docs/operations.md, and no other', async () => {
  await using bot = await measured()
  await bot.ask({ line: 'help' })
  const text = await bot.metrics.text()
  const figures = new Set([...text.matchAll(/^# TYPE (paperboy_\w+)/gm)].map(([, name]) => name))
  const named = readFileSync('docs/operations.md', 'utf8').match(/\bpaperboy_\w+/g) ?? []
  const written = new Set(named.map((name) => name.replace(/_bucket$/, '')))
  expect([...written].sort()).toEqual([...figures].sort())
})

test('is told where the store does not answer too: nobody is answered then, and what only the store knows is left out', async () => {
  const bot = await measured({ isReady: false })
  await bot.lines()
  await bot[Symbol.asyncDispose]()
  const lines = await bot.lines()
  expect(lines).toContain('paperboy_ready 0')
  expect(lines).toContain('paperboy_tick_failures_total 0')
  expect(lines.filter((line) => /^paperboy_(deliver|papers|feeds|index)/.test(line))).toEqual([])
})

test('is told in time where something gives no answer at all, by everybody who looks', async () => {
  const over = new AbortController()
  await using bot = await measured({ enrichers: () => new Promise(() => undefined), deadline: () => over.signal })
  const [first, second] = [bot.lines(), bot.lines()]
  for (let turn = 0; turn < 50; turn++) await setImmediate()
  over.abort()
  expect(await first).toEqual(expect.arrayContaining(['paperboy_ready 1', 'paperboy_papers 15']))
  expect(await second).toContain('paperboy_papers 15')
  expect(await bot.lines()).toContain('paperboy_ready 1')
})

test('is read once for all who look at the same time', async () => {
  let looks = 0
  const enrichers = async () => {
    looks += 1
    return []
  }
  await using bot = await measured({ enrichers })
  await bot.lines()
  const alone = looks
  await Promise.all(Array.from({ length: 20 }, bot.lines))
  expect(looks).toBe(2 * alone)
})

test('lets others have their turn between one question to the store and the next', async () => {
  await using bot = await measured()
  await bot.lines()
  let turns = 0
  let isOver = false
  const text = bot.metrics.text().finally(() => {
    isOver = true
  })
  while (!isOver) {
    await setImmediate()
    turns += 1
  }
  await text
  expect(turns).toBeGreaterThan(6)
})
