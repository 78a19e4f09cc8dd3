import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Templates } from '#core/ports/templates.ts'
import type { Subscription } from '#core/subscription.ts'
import { afterDigest, compileDigest } from '#digests/compile.ts'
import { createDigests } from '#digests/digests.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, anAuthorTarget, aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const category = aSubscription({ target: { kind: 'category', category: 'cs.LG' } })
const author = aSubscription({ id: 'subscription-2', target: anAuthorTarget('Ada Lovelace') })

/** Papers 1 … count of cs.LG by Ada Lovelace. */
function records(count: number, parts: Partial<PaperRecord> = {}): PaperRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    ...aRecord({ ids: [`arxiv:2611.${String(at + 1).padStart(5, '0')}`], title: `Paper ${at + 1}` }),
    ...parts,
  }))
}

async function aChannel(...subscriptions: readonly Subscription[]) {
  const world = aWorld(await openSqliteStore(':memory:'))
  for (const subscription of subscriptions) await world.store.subscriptions.add(subscription)
  const run = () => tick(world.dependencies, Temporal.Instant.from(world.now()))
  const cards = () =>
    world.platform.posted.map(({ kind, blocks }) => {
      const forms = blocks.flatMap((block) => (block.kind === 'card' ? [`${block.form} ${block.paper.number}`] : []))
      return `${kind}: ${forms.join(', ')}`
    })
  return { ...world, run, cards }
}

test('reads followed categories, alerts once with all reasons, and posts nothing the second time', async () => {
  const { run, feeds, platform, cards } = await aChannel(category, author)
  feeds.set('cs.LG', records(1))
  expect(await run()).toEqual({
    feeds: [{ feed: 'cs.LG', state: 'fresh', offered: 1, new: 1, merged: 0, skipped: 0, failed: 0 }],
    matched: 2,
    deliveries: { sent: 1, pending: 0, uncertain: 0, dead: 0 },
  })
  const [card] = platform.posted[0]!.blocks
  expect(card?.kind === 'card' && card.why?.map(({ text }) => text).join('')).toBe('by Ada Lovelace · in cs.LG')
  expect(await run()).toEqual({
    feeds: [{ feed: 'cs.LG', state: 'waiting', offered: 1, new: 0, merged: 0, skipped: 1, failed: 0 }],
    matched: 0,
    deliveries: { sent: 0, pending: 0, uncertain: 0, dead: 0 },
  })
  expect(cards()).toEqual(['alert: listing 1'])
})

describe('where another process that stood still records what it planned, while a pass plans', () => {
  /** The numbers of the papers that were told of by a pass that stands still while it plans and, after `more`, by another one. */
  async function toldBy({ dependencies, platform, now }: Awaited<ReturnType<typeof aChannel>>, more: () => Promise<unknown>) {
    const [stands, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const over = new AbortController()
    const passing = (whilePlanning: () => Promise<void>, signal?: AbortSignal) => {
      const { alert, ...templates } = dependencies.templates
      const slow: Templates = {
        ...templates,
        async alert(model) {
          await whilePlanning()
          return alert(model)
        },
      }
      return tick({ ...dependencies, templates: slow, ...(signal && { signal }) }, Temporal.Instant.from(now()))
    }
    const late = passing(() => {
      stands.resolve()
      return goesOn.promise
    }, over.signal)
    await stands.promise
    await more()
    await passing(async () => {
      // By now it knows that another has taken over, and begins nothing more.
      over.abort()
      goesOn.resolve()
      await late
    })
    const cards = platform.posted.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.number] : [])),
    )
    return cards.sort((a, b) => a - b)
  }

  test('each new paper is told of once, in however different messages', async () => {
    const channel = await aChannel(category)
    const { feeds } = channel
    feeds.set('cs.LG', records(6))
    const told = await toldBy(channel, async () => feeds.set('cs.LG', records(8)))
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('each paper that was held back is told of once', async () => {
    const channel = await aChannel(category)
    const { feeds, store, run, pass, now } = channel
    await store.channels.set(aDestination(), {
      pause: { since: now(), until: pass({ hours: 1 }).toString(), by: { id: 'ada', name: 'Ada' } },
    })
    pass({ minutes: -30 })
    feeds.set('cs.LG', records(8))
    await run()
    const later = (await store.holds.ofDestination(aDestination())).slice(6)
    await store.holds.remove(
      aDestination(),
      later.map(({ paper }) => paper),
    )
    pass({ hours: 1 })
    const told = await toldBy(channel, () => store.holds.add(later))
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

test('is silent about papers seen before the follow', async () => {
  const { run, store, platform } = await aChannel(category)
  await store.papers.put(records(1), '2026-10-31T23:59:59Z')
  expect((await run()).matched).toBe(0)
  expect(platform.posted).toHaveLength(0)
})

test('sends one message for more than five papers, and one each for five', async () => {
  const five = await aChannel(category)
  five.feeds.set('cs.LG', records(5))
  await five.run()
  expect(five.cards()).toHaveLength(5)
  const twelve = await aChannel(category)
  twelve.feeds.set('cs.LG', records(12))
  await twelve.run()
  expect(twelve.cards()).toHaveLength(1)
  const forms = twelve
    .cards()
    .join()
    .match(/listing|line/g)
  expect(forms).toEqual([...Array(10).fill('listing'), 'line', 'line'])
})

test('puts a line each into the thread where one message cannot hold them', async () => {
  const { run, feeds, platform } = await aChannel(category)
  feeds.set('cs.LG', records(70))
  await run()
  const shape = platform.posted.map(({ blocks, parentRef }) => [
    blocks.filter(({ kind }) => kind === 'card').length,
    parentRef !== undefined,
  ])
  expect(shape).toEqual([
    [35, false],
    [25, true],
    [10, true],
  ])
})

test.each([
  ['published over 60 days before it was seen', { published: '2026-09-16' }, 0],
  ['published 60 days before it was seen', { published: '2026-09-17' }, 1],
  ['of 51 authors', { authors: Array.from({ length: 51 }, (_, at) => ({ name: `Ada Number${at}` })) }, 0],
  ['of one author and 50 left out', { authorsOmitted: 50 }, 0],
])('a paper %s makes %s%d alerts', async (_, parts, alerts) => {
  const { run, feeds, platform } = await aChannel(category)
  feeds.set('cs.LG', records(1, parts))
  expect((await run()).matched).toBe(1)
  expect(platform.posted).toHaveLength(alerts)
})

test('keeps a revision of an unknown paper without telling anyone', async () => {
  const { run, feeds, store, platform } = await aChannel(category)
  feeds.set('cs.LG', records(1, { announcement: 'replace', version: 2 }))
  expect(await run()).toMatchObject({ feeds: [{ new: 1 }], matched: 0 })
  expect(await store.papers.count()).toBe(1)
  expect(platform.posted).toHaveLength(0)
})

test.each([
  ['a category', category],
  ['an author', author],
  ['a topic', aSubscription({ target: { kind: 'topic', query: 'paper' } })],
])('a new version of an old paper that somebody looked up is no news to who follows %s', async (_, subscription) => {
  const { run, feeds, store, now } = await aChannel(subscription, {
    ...category,
    id: 'elsewhere',
    destination: aDestination({ channel: 'else' }),
  })
  await store.papers.put(records(1, { published: '2024-03-01', version: 1 }), now(), { newsSince: '2026-10-17' })
  feeds.set('cs.LG', records(1, { announcement: 'replace', published: '2024-03-01', version: 2 }))
  expect(await run()).toMatchObject({ feeds: [{ merged: 1 }], matched: 0 })
})

test('a further version of what was kept as a revision is no news in its category either', async () => {
  const { run, feeds, pass } = await aChannel(category)
  feeds.set('cs.LG', records(1, { announcement: 'replace', version: 2 }))
  await run()
  pass({ hours: 24 })
  feeds.set('cs.LG', records(1, { announcement: 'replace', version: 3, title: 'Better' }))
  expect(await run()).toMatchObject({ feeds: [{ merged: 1 }], matched: 0 })
})

test('posts the digest of its slot once: new papers as cards, alerted ones as lines', async () => {
  const { run, feeds, pass, store, cards } = await aChannel(category, { ...author, cadence: 'digest' })
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
  feeds.set('cs.LG', [...records(1), aRecord({ ids: ['arxiv:2501.00002'], title: 'An old one', published: '2025-01-02' })])
  await run()
  pass({ hours: 168 })
  await run()
  await run()
  expect(cards()).toEqual(['alert: listing 1', 'digest: listing 2, line 1'])
  expect(await store.schedules.lastSlot('schedule-1')).toMatchObject({ at: '2026-11-23T08:00:00Z', outcome: 'posted' })
})

test('brings in the next digest what was seen before the last one and stored after it', async () => {
  const { run, feeds, pass, store, cards } = await aChannel({ ...category, cadence: 'digest' })
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
  feeds.set('cs.LG', records(1))
  await run()
  pass({ hours: 168 })
  await run()
  await store.papers.put(records(2), '2026-11-23T07:59:59Z')
  await run()
  const preview = await createDigests({ store }).preview(aDestination(), pass({ hours: 1 }))
  expect(preview).toMatchObject({ example: false, papers: [{ paper: { number: 2 } }] })
  pass({ hours: 167 })
  await run()
  expect(cards()).toEqual(['digest: listing 1', 'digest: listing 2'])
})

test('a digest does not count what the one before told of', async () => {
  const { run, feeds, pass, store } = await aChannel({ ...category, cadence: 'digest' })
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
  pass({ hours: 165 })
  feeds.set('cs.LG', records(2))
  await run()
  const to = pass({ hours: 3 })
  await run()
  const window = { from: to.subtract({ hours: 1 }), to: to.add({ hours: 24 }), zone: 'UTC', frequency: 'daily' } as const
  const { papers, receipt } = await compileDigest(store, aDestination(), afterDigest(window))
  expect({ papers, receipt }).toMatchObject({ papers: [], receipt: [expect.stringContaining('; 0 matched')] })
})

test('records an empty digest and posts none', async () => {
  const { run, pass, store, platform } = await aChannel(category)
  await store.schedules.set(aSchedule())
  pass({ hours: 168 })
  await run()
  expect(platform.posted).toHaveLength(0)
  expect((await store.schedules.lastSlot('schedule-1'))?.outcome).toBe('empty')
})

test('puts the best ten into the first message of a digest and the rest into its thread', async () => {
  const { run, feeds, pass, store, platform } = await aChannel({ ...category, cadence: 'digest' })
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
  feeds.set('cs.LG', records(23))
  await run()
  pass({ hours: 168 })
  await run()
  const sizes = platform.posted.map(({ blocks }) => blocks.filter(({ kind }) => kind === 'card').length)
  expect(sizes).toEqual([10, 10, 3])
  expect(platform.posted.slice(1).every(({ parentRef }) => parentRef === `ref-${platform.posted[0]!.dedupeKey}`)).toBe(true)
})

test('keeps a digest due, and alerts coming, while its template is wrong', async () => {
  const { run, feeds, pass, store, cards, warnings } = await aChannel(category)
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z', template: 'missing' }))
  feeds.set('cs.LG', records(1))
  await run()
  pass({ hours: 168 })
  await run()
  expect(warnings).toContain('digest failed')
  expect(cards()).toEqual(['alert: listing 1'])
  await store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
  await run()
  expect(cards()).toEqual(['alert: listing 1', 'digest: line 1'])
})

test('goes on with the other feeds where one fails, and leaves that one alone for a while', async () => {
  const { run, feeds, dependencies, pass } = await aChannel(category)
  feeds.set('stat.ML', new SourceError('no answer'))
  feeds.set('cs.LG', records(1))
  const both = { ...dependencies, categories: ['stat.ML'] }
  const report = await tick(both, dependencies.clock.now())
  expect(report.feeds.map(({ feed, state, new: fresh }) => [feed, state, fresh])).toEqual([
    ['stat.ML', 'failed', 0],
    ['cs.LG', 'fresh', 1],
  ])
  feeds.set('stat.ML', [])
  expect((await tick(both, dependencies.clock.now())).feeds[0]?.state).toBe('failed')
  expect((await tick(both, pass({ minutes: 5 }))).feeds[0]?.state).toBe('quiet')
  expect((await run()).feeds).toHaveLength(1)
})

test('computes scores once a day', async () => {
  const { run, pass, store } = await aChannel()
  await run()
  expect(await store.meta.get('scored-at')).toBe('2026-11-16T09:00:00Z')
  pass({ hours: 23 })
  await run()
  expect(await store.meta.get('scored-at')).toBe('2026-11-16T09:00:00Z')
  pass({ hours: 1 })
  await run()
  expect(await store.meta.get('scored-at')).toBe('2026-11-17T09:00:00Z')
})

test('a preview shows what waits, or else an example of what is followed', async () => {
  const { store, dependencies, pass } = await aChannel(category)
  const digests = createDigests({ store })
  await store.papers.put(records(1), '2026-10-01T00:00:00Z')
  const example = await digests.preview(aDestination(), dependencies.clock.now())
  expect(example).toMatchObject({ example: true, papers: [{ paper: { number: 1 } }], following: ['category cs.LG'] })
  await store.papers.put(records(2), '2026-11-16T09:00:00Z')
  const model = await digests.preview(aDestination(), pass({ minutes: 1 }))
  expect(model).toMatchObject({ example: false, papers: [{ paper: { number: 2 } }] })
  const nobody = await digests.preview(aDestination({ channel: 'other' }), dependencies.clock.now())
  expect(nobody).toMatchObject({ example: true, following: [], papers: { length: 2 } })
})

test('a pass may leave the feeds alone, and sees to all else that is due', async () => {
  const { feeds, dependencies, store, now, cards } = await aChannel(category)
  feeds.set('cs.LG', records(2))
  await store.papers.put([aRecord({ title: 'Put in by hand' })], now())
  const report = await tick(dependencies, Temporal.Instant.from(now()), { watch: false })
  expect(report).toMatchObject({ feeds: [], matched: 1, deliveries: { sent: 1 } })
  expect(cards()).toEqual(['alert: listing 1'])
})
