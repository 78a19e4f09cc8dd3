import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { SourceError } from '#core/errors.ts'
import { receiptOf } from '#digests/receipt.ts'
import { tick } from '#digests/tick.ts'
import { anAuthorTarget, aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const category = aSubscription({ target: { kind: 'category', category: 'cs.LG' }, cadence: 'digest' })
const topic = aSubscription({ id: 'topic', target: { kind: 'topic', query: 'moths' }, cadence: 'digest' })

let world: ReturnType<typeof aWorld>
beforeEach(async () => {
  world = aWorld(await openSqliteStore(':memory:'))
})
afterEach(() => world.store.close())

async function readings(
  feed: string,
  ...of: readonly (readonly [at: string, offered: number, failed: number, merged?: number])[]
) {
  await world.store.feeds.set({ feed, state: 'fresh', checkedAt: '2026-11-20T00:00:00Z', failures: 0 })
  for (const [at, offered, failed, merged = 0] of of) {
    await world.store.feeds.recordReading({ feed, batch: at, at, offered, added: offered - failed - merged, merged, failed })
  }
}
const window = {
  zone: 'America/New_York',
  from: Temporal.Instant.from('2026-11-16T08:00:00Z'),
  to: Temporal.Instant.from('2026-11-23T08:00:00Z'),
}
const receipt = (...subscriptions: Parameters<typeof receiptOf>[1]) => receiptOf(world.store, subscriptions, window, 3)

test('adds up what was offered and read within the window, of the categories that are followed', async () => {
  await readings('cs.LG', ['2026-11-16T07:59:59Z', 900, 0], ['2026-11-16T08:00:00Z', 60, 0, 2], ['2026-11-20T00:00:00Z', 48, 0])
  await readings('cs.CL', ['2026-11-20T00:00:00Z', 98, 1])
  expect(await receipt(category)).toEqual(['Read: cs.LG 108 of 108; 3 matched, 2 merged with papers known before.'])
  expect(await receipt(topic)).toEqual([
    'Read: cs.LG 108 of 108, cs.CL 97 of 98 (partial); 3 matched, 2 merged with papers known before.',
  ])
})

test('says nothing where no feed was read', async () => {
  expect(await receipt(topic)).toEqual([])
})

test('names six feeds and counts the rest', async () => {
  for (let at = 1; at <= 8; at++) await readings(`cs.F${at}`, ['2026-11-20T00:00:00Z', at * 10, 0])
  expect(await receipt(topic)).toEqual([
    'Read: cs.F8 80 of 80, cs.F7 70 of 70, cs.F6 60 of 60, cs.F5 50 of 50, cs.F4 40 of 40, cs.F3 30 of 30, 2 more 30 of 30; 3 matched.',
  ])
})

test('names what is missing: a feed that failed, and one that stands still', async () => {
  await readings('cs.LG', ['2026-11-20T00:00:00Z', 5, 0])
  await world.store.feeds.set({ feed: 'cs.CL', state: 'failed', checkedAt: '2026-11-22T01:00:00Z', failures: 3 })
  await world.store.feeds.set({
    feed: 'stat.ML',
    state: 'stalled',
    checkedAt: '2026-11-22T01:00:00Z',
    changedAt: '2026-11-10T00:00:00Z',
    failures: 0,
  })
  expect((await receipt(topic)).slice(1)).toEqual([
    'cs.CL could not be read when it was last asked, on Nov 21: papers may be missing.',
    'stat.ML has brought nothing new since Nov 9: papers may be missing.',
  ])
})

test('says until when a category is complete where days were missed, and what the archive brought', async () => {
  await readings('cs.LG', ['2026-11-20T00:00:00Z', 5, 0])
  const state = { feed: 'cs.LG', checkedAt: '2026-11-22T01:00:00Z', failures: 0 } as const
  const days = { from: '2026-11-10', until: '2026-11-18' }
  await world.store.feeds.recordReading({
    feed: 'cs.LG',
    batch: 'archive 2026-11-17 2026-11-18 0',
    at: '2026-11-20T01:00:00Z',
    offered: 12,
    added: 12,
    merged: 0,
    failed: 0,
  })
  await world.store.feeds.set({ ...state, state: 'waiting', coverage: { ...days } })
  expect(await receipt(category)).toEqual([
    'Read: cs.LG 17 of 17; 3 matched, 12 read later from the archive.',
    'cs.LG is complete until Nov 18; what was missed since is still being read.',
  ])
  await world.store.feeds.set({ ...state, state: 'failed', coverage: { ...days } })
  expect((await receipt(category))[1]).toBe(
    'cs.LG could not be read when it was last asked, on Nov 21: papers may be missing. It is complete until Nov 18.',
  )
  await world.store.feeds.set({ ...state, state: 'waiting', coverage: { ...days, until: '2026-11-20' } })
  expect(await receipt(category)).toHaveLength(1)
})

test('names what was read of followed people to whoever follows any, and only where anything was', async () => {
  const author = aSubscription({ id: 'author', target: anAuthorTarget('Ada Lovelace'), cadence: 'digest' })
  await readings('cs.LG', ['2026-11-20T00:00:00Z', 5, 0])
  await readings('followed authors')
  expect(await receipt(author)).toEqual(['Read: cs.LG 5 of 5; 3 matched.'])
  await readings('followed authors', ['2026-11-20T00:00:00Z', 2, 0])
  expect(await receipt(author)).toEqual(['Read: cs.LG 5 of 5, arXiv’s list of followed authors 2 of 2; 3 matched.'])
  expect(await receipt(topic)).toEqual(['Read: cs.LG 5 of 5; 3 matched.'])
})

async function digestAfter(whenEmpty: 'skip' | 'line', papers: number) {
  await world.store.subscriptions.add(category)
  await world.store.schedules.set(aSchedule({ createdAt: world.now(), whenEmpty }))
  world.feeds.set(
    'cs.LG',
    Array.from({ length: papers }, (_, at) => aRecord({ ids: [`arxiv:2611.0000${at}`] })),
  )
  await tick(world.dependencies, Temporal.Instant.from(world.now()))
  await tick(world.dependencies, world.pass({ hours: 168 }))
  await tick(world.dependencies, world.pass({ hours: 1 }))
  return world.platform.posted.map(({ blocks }) =>
    blocks.flatMap((block) => ('spans' in block ? block.spans : [])).map(({ text }) => text),
  )
}

test('a batch that is read many times is counted once, under the digest', async () => {
  const [text] = await digestAfter('skip', 2)
  expect(text).toContain('Read: cs.LG 2 of 2; 2 matched.')
})

test('an empty digest is a line where the channel asked for it, once a slot', async () => {
  const [[line, read] = [], ...more] = await digestAfter('line', 0)
  expect([line, read]).toEqual(['No new paper of what is followed here from Nov 16 to Nov 23.', 'Read: cs.LG 0 of 0; 0 matched.'])
  expect(more).toEqual([])
  expect((await world.store.schedules.lastSlot('schedule-1'))?.outcome).toBe('empty')
})

test('an empty digest is nothing otherwise', async () => {
  world.feeds.set('cs.LG', new SourceError('no answer'))
  expect(await digestAfter('skip', 0)).toEqual([])
})
