// Several processes on one database that tick at the same time: each feed is read by one of them, each slot and each paper told
// once, and all of them post.
import { describe, expect, test } from 'vitest'
import { createLeasedDuties } from '#adapters/duties.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { tick } from '#digests/tick.ts'
import { OURS, record, schedule, subscription } from '#test/adapters/stores/contract/opening.ts'
import { testPostgres } from '#test/postgres.ts'
import { aWorld } from './world.ts'

const postgres = await testPostgres()
const REPLICAS = 3

describe.skipIf(postgres.isMissing)('replicas that tick at once', () => {
  test('read each feed once, and tell each paper and each digest once', { timeout: 60_000 }, async () => {
    const url = await postgres.emptyUrl()
    const stores = await Promise.all(Array.from({ length: REPLICAS }, () => openPostgresStore(url)))
    const place = { ...OURS, platform: 'terminal' } as const
    const read: string[] = []
    const worlds = stores.map((store) => {
      const world = aWorld(store)
      const { source, clock, log } = world.dependencies
      const duties = createLeasedDuties({ leases: store.leases, clock, log })
      const reading = {
        ...source,
        read: (feed: string, known: object) => {
          read.push(feed)
          return source.read(feed, known)
        },
      }
      return { ...world, dependencies: { ...world.dependencies, duties, source: reading, categories: ['cs.LG'] } }
    })
    const [{ now }] = worlds as [(typeof worlds)[0]]
    await stores[0]!.subscriptions.add(
      subscription('s', { destination: place, target: { kind: 'category', category: 'cs.LG' }, createdAt: now() }),
    )
    await stores[0]!.schedules.set(schedule('d', { destination: place, frequency: 'daily', time: '10:05', createdAt: now() }))
    const papers = Array.from({ length: 12 }, (_, at) =>
      record(`2611.${10_000 + at}`, { source: 'arxiv-rss', announcement: 'new', published: '2026-11-16', title: `Paper ${at}` }),
    )
    for (let minute = 0; minute < 10; minute++) {
      for (const { feeds } of worlds) feeds.set('cs.LG', papers.slice(0, minute * 2))
      const before = read.length
      await Promise.all(worlds.map((world) => tick(world.dependencies, Temporal.Instant.from(world.now()))))
      expect(read.slice(before)).toEqual(['cs.LG'])
      for (const world of worlds) world.pass({ minutes: 1 })
    }
    const posted = worlds.flatMap(({ platform }) => platform.posted)
    const keys = posted.map(({ dedupeKey }) => dedupeKey)
    expect(new Set(keys).size).toBe(keys.length)
    expect(posted.filter(({ kind }) => kind === 'digest')).toHaveLength(1)
    const told = posted.filter(({ kind }) => kind === 'alert').map(({ subject }) => subject)
    expect(told.length).toBeGreaterThan(0)
    expect(await stores[0]!.ledger.counts()).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0, sent: posted.length })
    await Promise.all(stores.map((store) => store.close()))
  })
})
