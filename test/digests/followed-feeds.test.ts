import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { Subscription } from '#core/subscription.ts'
import { createDigests } from '#digests/digests.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const LAB = 'https://lab.example/feed'
const BLOG = 'https://blog.example/feed'

const followed = (url = LAB, parts: Partial<Subscription> = {}) =>
  aSubscription({
    id: `of ${url}`,
    target: { kind: 'feed', url, name: url === LAB ? 'Lab notes' : 'The blog' },
    createdAt: '2026-11-16T09:00:00Z',
    ...parts,
  })

const post = (name: string, parts: Partial<PaperRecord> = {}): PaperRecord => ({
  ...aRecord({ source: 'feed', ids: [`source:feed:${LAB}#${name}`], title: `Post ${name}`, categories: [] }),
  ...parts,
})

async function aChannel(...subscriptions: readonly Subscription[]) {
  const world = aWorld(await openSqliteStore(':memory:'))
  for (const subscription of subscriptions) await world.store.subscriptions.add(subscription)
  const run = async () => {
    world.pass({ minutes: 20 })
    return tick(world.dependencies, Temporal.Instant.from(world.now()))
  }
  const posts = () =>
    world.platform.posted.map(({ destination, kind, blocks }) => {
      const papers = blocks.flatMap((block) => {
        if (block.kind !== 'card') return []
        const why = block.why?.map(({ text }) => text).join('') ?? ''
        return [`${block.paper.title}${why === '' ? '' : ` (${why})`}`]
      })
      return `${destination.channel}, ${kind}: ${papers.join(', ')}`
    })
  return { ...world, run, posts }
}

test('the first reading of a followed feed is silent, and what comes after it is told once', async () => {
  const { run, feeds, posts, store } = await aChannel(followed())
  feeds.set(LAB, [post('a'), post('b')])
  expect((await run()).feeds).toEqual([{ feed: LAB, state: 'fresh', offered: 2, new: 2, merged: 0, skipped: 0, failed: 0 }])
  expect(posts()).toEqual([])
  feeds.set(LAB, [post('c'), post('a'), post('b')])
  expect((await run()).feeds).toEqual([{ feed: LAB, state: 'fresh', offered: 3, new: 1, merged: 0, skipped: 2, failed: 0 }])
  await run()
  expect(posts()).toEqual(['terminal, alert: Post c (from Lab notes)'])
  expect(await store.papers.count()).toBe(3)
})

test.for([
  ['a moment after the follow', '2026-11-16T09:05:00Z', 1],
  ['a moment before it', '2026-11-16T08:55:00Z', 0],
  ['on the day after it', '2026-11-17', 1],
  ['on its own day', '2026-11-16', 0],
  ['in that month', '2026-11', 0],
  ['at no date', undefined, 0],
] as const)('at the first reading an entry dated %s makes %3$d alerts', async ([, published, alerts]) => {
  const { run, feeds, platform } = await aChannel(followed())
  const { published: _, ...undated } = post('a')
  feeds.set(LAB, [{ ...undated, ...(published && { published }) }])
  await run()
  expect(platform.posted).toHaveLength(alerts)
})

test('a preview shows what a followed feed had, as an example', async () => {
  const { run, feeds, store, now } = await aChannel(followed())
  feeds.set(LAB, [post('a'), post('b')])
  await run()
  const { example, papers } = await createDigests({ store }).preview(aDestination(), Temporal.Instant.from(now()))
  expect(example).toBe(true)
  expect(papers.map(({ paper, why }) => [paper.title, why.map(({ text }) => text).join('')])).toEqual([
    ['Post a', 'from Lab notes'],
    ['Post b', 'from Lab notes'],
  ])
})

test('a feed is read once however many follow it, and each of them is told', async () => {
  const { run, feeds, posts, dependencies } = await aChannel(
    followed(),
    followed(LAB, { id: 'other', destination: aDestination({ channel: 'other' }) }),
  )
  const asked: string[] = []
  const { feedSource } = dependencies
  Object.assign(dependencies, {
    feedSource: { ...feedSource, read: (feed: string) => asked.push(feed) && feedSource.read(feed, {}) },
  })
  feeds.set(LAB, [])
  await run()
  feeds.set(LAB, [post('a')])
  await run()
  expect(asked).toEqual([LAB, LAB])
  expect(posts().toSorted()).toEqual(['other, alert: Post a (from Lab notes)', 'terminal, alert: Post a (from Lab notes)'])
})

test('who follows a feed that others follow already hears of nothing that was there before', async () => {
  const { run, feeds, posts, store, now } = await aChannel(followed())
  feeds.set(LAB, [post('a')])
  await run()
  await store.subscriptions.add(followed(LAB, { id: 'late', createdAt: now(), destination: aDestination({ channel: 'late' }) }))
  feeds.set(LAB, [post('b'), post('a')])
  await run()
  expect(posts().filter((text) => text.startsWith('late'))).toEqual(['late, alert: Post b (from Lab notes)'])
})

test('a feed that nobody followed for a while begins silently again', async () => {
  const { run, feeds, platform, store, now } = await aChannel(followed())
  feeds.set(LAB, [post('a')])
  await run()
  await store.subscriptions.remove(aDestination(), [followed().id])
  await run()
  await store.subscriptions.add(followed(LAB, { createdAt: now() }))
  feeds.set(LAB, [post('b'), post('a')])
  await run()
  expect(platform.posted).toEqual([])
})

test('a paper that a category and two feeds bring is one message with all reasons', async () => {
  const { run, feeds, posts } = await aChannel(
    aSubscription({ id: 'category', target: { kind: 'category', category: 'cs.LG' } }),
    followed(LAB),
    followed(BLOG),
  )
  await run()
  feeds.set('cs.LG', [aRecord()])
  feeds.set(LAB, [aRecord({ source: 'feed' })])
  feeds.set(BLOG, [aRecord({ source: 'feed' })])
  await run()
  expect(posts()).toEqual(['terminal, alert: A paper about representations (in cs.LG · from The blog, Lab notes)'])
})

test('a paper known from elsewhere is news to who follows the feed, and to nobody else', async () => {
  const elsewhere = aSubscription({
    id: 'category',
    target: { kind: 'category', category: 'cs.LG' },
    destination: aDestination({ channel: 'elsewhere' }),
  })
  const { run, feeds, posts, store } = await aChannel(followed(), elsewhere)
  // Announced as a new version of a paper unknown here: kept, and news to nobody.
  feeds.set('cs.LG', [aRecord({ announcement: 'replace', version: 2 })])
  await run()
  feeds.set(LAB, [aRecord({ source: 'feed' })])
  await run()
  await run()
  expect(posts()).toEqual(['terminal, alert: A paper about representations (from Lab notes)'])
  expect(await store.subscriptions.matchesOfPaper(aDestination({ channel: 'elsewhere' }), 1)).toEqual([])
})

test('what a feed brings comes in the digest where that is wanted', async () => {
  const { run, feeds, platform, store } = await aChannel(followed(LAB, { cadence: 'digest' }))
  await store.papers.put([aRecord({ published: '2026-11-01' })], '2026-11-02T00:00:00Z')
  await run()
  feeds.set(LAB, [aRecord({ source: 'feed' }), post('b')])
  await run()
  expect(platform.posted).toEqual([])
  const matches = await store.subscriptions.matchesBetween(aDestination(), '2026-11-16T09:00:00Z', '2026-11-17T00:00:00Z')
  expect(matches.map(({ paper, reason }) => [paper, reason.target.kind])).toEqual([
    [1, 'feed'],
    [2, 'feed'],
  ])
})

test('ids that change with every reading bring nothing again', async () => {
  const { run, feeds, platform, store } = await aChannel(followed())
  for (let reading = 0; reading < 5; reading++) {
    feeds.set(LAB, [post('a', { ids: [`source:feed:${LAB}#${reading}` as never] }), post(`new ${Math.min(reading, 1)}`)])
    await run()
  }
  expect(await store.papers.count()).toBe(3)
  expect(platform.posted).toHaveLength(1)
})

test('whatever a feed shows when, under whatever ids, each entry is told once, and none that was there at the follow', async () => {
  const reading = fc.uniqueArray(fc.record({ entry: fc.integer({ min: 0, max: 5 }), id: fc.integer({ min: 0, max: 2 }) }), {
    selector: ({ entry, id }) => `${entry} ${id}`,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(reading, { minLength: 1, maxLength: 6 }), async (readings) => {
      const { run, feeds, posts, store } = await aChannel(followed())
      for (const entries of readings) {
        feeds.set(
          LAB,
          entries.map(({ entry, id }) => post(`${entry}`, { ids: [`source:feed:${LAB}#${entry}-${id}` as never] })),
        )
        await run()
      }
      const [first = [], ...later] = readings.map((entries) => entries.map(({ entry }) => `Post ${entry}`))
      const told = posts().flatMap((text) => text.match(/Post \d/g) ?? [])
      expect(told.toSorted()).toEqual([...new Set(later.flat())].filter((title) => !first.includes(title)).toSorted())
      expect(await store.papers.count()).toBe(new Set(readings.flat().map(({ entry }) => entry)).size)
      await store.close()
    }),
    { numRuns: 25 },
  )
})

test('a flood is one message, and comes in the digest', async () => {
  const { run, feeds, platform, store } = await aChannel(followed())
  await run()
  const flood = (from: number) =>
    Array.from({ length: 300 }, (_, at) => ({ ...post(`${from + at}`), title: `Order $O(n^2)$ of ${from + at}` }))
  feeds.set(LAB, flood(0))
  await run()
  expect(platform.posted.map(({ kind }) => kind)).toEqual(['notice'])
  expect(JSON.stringify(platform.posted[0]?.blocks)).toContain('brought 300 papers at once')
  expect(JSON.stringify(platform.posted[0]?.blocks)).toContain('Order O(n²) of 0')
  const matches = await store.subscriptions.matchesBetween(aDestination(), '2026-11-16T09:00:00Z', '2026-11-17T00:00:00Z')
  expect(matches).toHaveLength(300)
  for (let reading = 1; reading < 10; reading++) {
    feeds.set(LAB, flood(1000 * reading))
    await run()
  }
  expect(platform.posted).toHaveLength(1)
  expect(await store.papers.count()).toBe(300)
})

test.for([
  ['says that it is gone', 410, 1],
  ['has had nothing ten times', 404, 10],
] as const)('a feed that %s is not asked again, and its followers are told once', async ([, status, times]) => {
  const other = followed(LAB, { id: 'other', destination: aDestination({ channel: 'other' }) })
  const { run, feeds, platform, pass, store } = await aChannel(followed(), other)
  feeds.set(LAB, new SourceError('lab.example has nothing at /feed.', { status }))
  for (let time = 1; time < times; time++) {
    await run()
    pass({ hours: 6 })
  }
  expect(platform.posted).toEqual([])
  await run()
  expect(platform.posted.map(({ kind, destination }) => `${kind} ${destination.channel}`)).toEqual([
    'notice terminal',
    'notice other',
  ])
  expect(JSON.stringify(platform.posted[0]?.blocks)).toContain('Lab notes')
  const before = await store.feeds.get(LAB)
  feeds.set(LAB, [post('a')])
  pass({ hours: 48 })
  expect((await run()).feeds[0]).toMatchObject({ state: 'failed', offered: 0 })
  expect(await store.feeds.get(LAB)).toEqual(before)
  expect(platform.posted).toHaveLength(2)
})

test('a feed that was gone is read again once somebody follows it anew', async () => {
  const { run, feeds, platform, store, now, pass } = await aChannel(followed())
  feeds.set(LAB, new SourceError('gone', { status: 410 }))
  await run()
  pass({ hours: 1 })
  await store.subscriptions.add(followed(LAB, { id: 'new', createdAt: now(), destination: aDestination({ channel: 'new' }) }))
  feeds.set(LAB, [])
  expect((await run()).feeds[0]?.state).toBe('quiet')
  feeds.set(LAB, [post('a')])
  await run()
  expect(platform.posted.filter(({ kind }) => kind === 'alert')).toHaveLength(2)
})

test('other failures wait longer each time, keep what is known, and disable nothing', async () => {
  const { run, feeds, store, pass, platform } = await aChannel(followed())
  feeds.set(LAB, [post('a')])
  await run()
  for (let time = 1; time <= 12; time++) {
    feeds.set(LAB, new SourceError('no answer'))
    await run()
    pass({ hours: 6 })
  }
  expect(await store.feeds.get(LAB)).toMatchObject({ state: 'failed', failures: 12, batch: expect.any(String) })
  feeds.set(LAB, [post('b')])
  await run()
  expect(platform.posted.map(({ kind }) => kind)).toEqual(['alert'])
})

test('a feed that fails holds up none of the others, however many there are', async () => {
  const urls = Array.from({ length: 20 }, (_, at) => `https://${at}.example/feed`)
  const { run, feeds } = await aChannel(...urls.map((url) => followed(url)))
  for (const url of urls) feeds.set(url, [])
  feeds.set(urls[3]!, new SourceError('no answer'))
  const { feeds: reports } = await run()
  expect(reports.map(({ feed }) => feed)).toEqual(urls.toSorted())
  expect(reports.filter(({ state }) => state === 'failed')).toHaveLength(1)
})

test('slow feeds hold up a pass for five minutes at most, and the next one goes on with the others', async () => {
  const urls = Array.from({ length: 20 }, (_, at) => `https://${at}.example/feed`)
  const { run, feeds, dependencies, pass } = await aChannel(...urls.map((url) => followed(url)))
  const { read } = dependencies.feedSource
  const asked: string[] = []
  Object.assign(dependencies.feedSource, {
    read: (feed: string) => {
      pass({ seconds: 50 })
      return asked.push(feed) && read(feed, {})
    },
  })
  for (const url of urls) feeds.set(url, [])
  const { feeds: reports } = await run()
  expect(reports).toHaveLength(20)
  expect(asked.length).toBeLessThan(12)
  await run()
  await run()
  expect(new Set(asked.slice(0, 20)).size).toBe(20)
})

test('nothing is stored of a reading that is cut short, and the next one goes on from before it', async () => {
  const { run, feeds, store, dependencies, platform } = await aChannel(followed())
  feeds.set(LAB, [])
  await run()
  feeds.set(LAB, [post('a')])
  const { transaction } = store
  const cut = {
    ...store,
    transaction: (work: Parameters<typeof transaction>[0]) =>
      transaction(async (parts) => {
        await work(parts)
        throw new Error('the power went')
      }),
  }
  await expect(tick({ ...dependencies, store: cut as typeof store }, dependencies.clock.now())).rejects.toThrow('the power went')
  expect(await store.papers.count()).toBe(0)
  await run()
  expect(platform.posted).toHaveLength(1)
})

test('what is asked for carries what the feed said last', async () => {
  const { run, dependencies } = await aChannel(followed())
  const known: unknown[] = []
  const batch: FeedBatch = { kind: 'records', records: [], skipped: [], digest: 'd', contents: [], etag: '"7"' }
  Object.assign(dependencies, {
    feedSource: { name: 'feed', read: async (_: string, asked: unknown) => known.push(asked) && batch },
  })
  await run()
  await run()
  expect(known).toEqual([{}, { etag: '"7"' }])
})
