// Several processes on one database that tick at the same time: each feed is read by one of them, each slot and each paper told
// once, and all of them post.
import { describe, expect, test } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { createLeasedDuties } from '#adapters/duties.ts'
import { createServerClock } from '#adapters/stores/postgres/clock.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import type { Delivery } from '#core/delivery.ts'
import { deliver } from '#digests/outbox.ts'
import { tick } from '#digests/tick.ts'
import { alert, OURS, record, schedule, subscription } from '#test/adapters/stores/contract/opening.ts'
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

describe.skipIf(postgres.isMissing)('a replica whose clock is wrong', () => {
  test.for([10, -10, 60 * 24 * 400])(
    'by %i minutes posts nothing that another is posting, and takes no duty from it',
    async (minutes) => {
      const url = await postgres.emptyUrl()
      const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)])
      const { dependencies, platform, warnings } = aWorld(stores[0]!, false)
      const wrong = { now: () => systemClock.now().add({ minutes }) }
      const clocks = await Promise.all(
        [systemClock, wrong].map((machine) => createServerClock(url, { machine, log: dependencies.log })),
      )
      expect(warnings).toEqual(['the clock of this machine is wrong, or that of the database, which counts'])
      const replicas = stores.map((store, at) => {
        const clock = clocks[at]!
        const duties = createLeasedDuties({ leases: store.leases, clock, log: dependencies.log })
        return { ...dependencies, store, clock, duties }
      })
      const place = { ...OURS, platform: 'terminal' } as const
      // Whichever is on time, whatever it does is under way while the other comes.
      for (const [busy, other] of [replicas, replicas.toReversed()] as (typeof replicas)[]) {
        await stores[0]!.ledger.record(
          [alert(1, { destination: place, subject: `${busy === replicas[0]}`, claims: [] })],
          busy!.clock.now().toString(),
        )
        let tried = 0
        const posting = {
          ...platform,
          async post(delivery: Delivery) {
            if (tried++ === 0) expect(await deliver({ ...other!, platforms: [posting] })).toBe(0)
            return platform.post(delivery)
          },
        }
        expect(await deliver({ ...busy!, platforms: [posting] })).toBe(1)
        expect(tried).toBe(1)
        expect(await busy!.duties.take('feeds', () => other!.duties.take('feeds', async () => 'taken'))).toEqual({
          result: undefined,
        })
      }
      for (const clock of clocks) clock.stop()
      await Promise.all(stores.map((store) => store.close()))
    },
  )
})
