// Several processes on one PostgreSQL database, played by stores of their own: what one does, none does again, and nobody
// sees half of it.
import fc from 'fast-check'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Store } from '#core/ports/store.ts'
import { testPostgres } from '#test/postgres.ts'
import { alert, claiming, ids, LATER, NOON, OURS, putPapers, record, subscription } from './contract/opening.ts'

const postgres = await testPostgres()

/** Stores on one empty database, closed afterwards; deadlocks are looked for at once. */
async function onOne(many: number, work: (stores: Store[], url: string) => Promise<void>): Promise<void> {
  const url = new URL(await postgres.emptyUrl())
  url.searchParams.set('options', `${url.searchParams.get('options')} -cdeadlock_timeout=20ms`)
  const stores = await Promise.all(Array.from({ length: many }, () => openPostgresStore(url.href)))
  try {
    await work(stores, url.href)
  } finally {
    await Promise.all(stores.map((store) => store.close()))
  }
}

/** Another program's connection. */
async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Resolves once somebody waits for a lock that this connection holds. */
async function untilAwaited(client: pg.Client): Promise<void> {
  const waiting = 'SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))'
  await expect.poll(async () => (await client.query(waiting)).rows.length, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
}

/** Resolves once this connection waits for a lock that somebody else holds. */
async function untilBlocked(url: string, client: pg.Client): Promise<void> {
  const pid = (client as unknown as { processID: number }).processID
  const blocking = () => postgres.ask(url, 'SELECT 1 WHERE cardinality(pg_blocking_pids($1)) > 0', [pid])
  await expect.poll(async () => (await blocking()).length, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
}

describe.skipIf(postgres.isMissing)('papers that several processes put', () => {
  const some = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })

  test('are merged as if one had put them all', { timeout: 60_000 }, () =>
    onOne(3, async (stores, url) => {
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(some, { minLength: 3, maxLength: 9 }), async (batches) => {
          round++
          const idOf = (number: number) => `arxiv:26${String(round).padStart(2, '0')}.${10_000 + number}`
          await Promise.all(
            batches.map((batch, at) =>
              stores[at % stores.length]!.papers.put(
                batch.map((numbers) => record('', { ids: numbers.map(idOf) as [string, ...string[]] as never, title: 'One' })),
                NOON,
              ),
            ),
          )
          const groups = united(batches.flat())
          for (const group of groups) {
            const found = await stores[0]!.papers.byIds(group.map(idOf) as unknown as PaperId[])
            expect(found).toHaveLength(group.length)
            expect(new Set(found.map(({ number }) => number)).size).toBe(1)
            expect([...found[0]!.ids].toSorted()).toEqual(group.map(idOf).toSorted())
          }
        }),
        { numRuns: 15, endOnFailure: true },
      )
      const [many] = await postgres.ask(
        url,
        'SELECT count(DISTINCT paper)::int AS ids, (SELECT count(*)::int FROM papers) AS papers FROM paper_ids',
      )
      expect(many?.ids).toBe(many?.papers)
    }),
  )

  test('are followed by a cursor that misses none, whoever commits first', () =>
    onOne(4, async ([reader, ...writers]) => {
      let writing = true
      const seen: number[] = []
      const follow = async () => {
        let cursor = ''
        for (let last = false; !last; ) {
          last = !writing
          const changes = await reader!.papers.changesAfter(cursor, 3)
          if (changes.cursor === cursor) continue
          seen.push(...changes.papers.map(({ number }) => number))
          cursor = changes.cursor
          last = false
        }
      }
      const following = follow()
      await Promise.all(
        writers.map(async ({ papers }, writer) => {
          for (let at = 0; at < 20; at++) await papers.put([record(`26${writer}${at % 10}.${10_000 + at}`)], NOON)
        }),
      )
      writing = false
      await following
      expect(seen).toHaveLength(60)
      expect(new Set(seen).size).toBe(60)
    }))

  test('get later numbers of change only once the earlier ones are there to be seen', () =>
    onOne(3, async ([first, second, reader], url) => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>()
      const { promise: put, resolve: isPut } = Promise.withResolvers<void>()
      const slow = first!.transaction(async (parts) => {
        await putPapers(parts, ['2603.00001'])
        isPut()
        await held
      })
      await put
      let isSecondThere = false
      const fast = putPapers(second!, ['2603.00002']).then(() => (isSecondThere = true))
      const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'BEGIN%'"
      await expect.poll(async () => (await postgres.ask(url, waiting)).length, { timeout: 10_000 }).toBeGreaterThan(0)
      expect(isSecondThere).toBe(false)
      expect(await reader!.papers.changesAfter('', 9)).toEqual({ papers: [], gone: [], cursor: '0' })
      release()
      await Promise.all([slow, fast])
      const { papers } = await reader!.papers.changesAfter('', 9)
      expect(papers.map(({ title }) => title)).toEqual(['On 2603.00001', 'On 2603.00002'])
    }))

  test('that become one take along what another process records at the same time', () =>
    onOne(3, async (stores) => {
      for (let round = 0; round < 10; round++) {
        const [a, b] = [`26${10 + round}.00001`, `26${10 + round}.00002`]
        const numbers = await putPapers(stores[0]!, [a, b])
        const joining = record(a, { ids: ids(`arxiv:${a}`, `arxiv:${b}`) })
        await Promise.all([
          stores[0]!.papers.put([joining], NOON),
          stores[1]!.ledger.record([alert(numbers[0]!)], NOON),
          stores[2]!.ledger.record([alert(numbers[1]!)], NOON),
        ])
        const told = await stores[0]!.ledger.ofPaper(OURS, numbers[1]!)
        expect(told.map(({ state }) => state)).toContain('pending')
        // Whatever came first, it is told no more.
        expect(
          await stores[2]!.ledger.record(
            numbers.map((number) => alert(number, { part: 1 })),
            NOON,
          ),
        ).toEqual([])
      }
    }))
})

describe.skipIf(postgres.isMissing)('what several processes do at the same time', () => {
  test('each delivery is claimed by one of them', () =>
    onOne(3, async (stores) => {
      const fresh = Array.from({ length: 90 }, (_, at) =>
        alert(at + 1, { destination: { ...OURS, workspace: `T${at % 4}`, channel: `C${at % 9}` } }),
      )
      await stores[0]!.ledger.record(fresh, NOON)
      const claimed = await Promise.all(
        stores.map(async ({ ledger }) => {
          const mine: number[] = []
          // Another may hold what is left for a moment.
          while ((await ledger.counts()).pending > 0) {
            const due = await ledger.claim(claiming(NOON, { limit: 7 }))
            mine.push(...due.map(({ id }) => id))
            for (const { fence, attempt } of due) expect([fence, attempt]).toEqual([1, 1])
          }
          return mine
        }),
      )
      expect(claimed.flat()).toHaveLength(90)
      expect(new Set(claimed.flat()).size).toBe(90)
    }))

  test('a claim does not wait for what another holds, and leaves it out', () =>
    onOne(1, async ([store], url) => {
      await store!.ledger.record([alert(1), alert(2), alert(3)], NOON)
      await withClient(url, async (client) => {
        await client.query("BEGIN; SELECT id FROM deliveries WHERE subject = '2' FOR UPDATE")
        expect((await store!.ledger.claim(claiming(NOON))).map(({ subject }) => subject)).toEqual(['1', '3'])
        await client.query('ROLLBACK')
      })
      expect((await store!.ledger.claim(claiming(NOON))).map(({ subject }) => subject)).toEqual(['2'])
    }))

  test('one outcome of an attempt is recorded, that of whoever has it now', () =>
    onOne(2, async ([a, b]) => {
      await a!.ledger.record([alert(1)], NOON)
      const [taken] = await a!.ledger.claim(claiming(NOON))
      await b!.ledger.expire(LATER, LATER)
      const [again] = await b!.ledger.claimUncertain(claiming(LATER))
      const outcomes = await Promise.all([
        a!.ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: 'a' }, LATER),
        b!.ledger.settle(again!.id, again!.fence, { state: 'sent', ref: 'b' }, LATER),
      ])
      expect(outcomes).toEqual([false, true])
      expect(await a!.ledger.byId(taken!.id)).toMatchObject({ state: 'sent', ref: 'b' })
    }))

  test('each slot and each delivery is recorded by one of them', () =>
    onOne(3, async (stores) => {
      const slot = { schedule: 's', at: NOON, from: NOON, to: LATER, outcome: 'posted' } as const
      const recorded = await Promise.all(stores.map(({ schedules }) => schedules.recordSlot(slot)))
      expect(recorded.filter(Boolean)).toHaveLength(1)
      const deliveries = await Promise.all(stores.map(({ ledger }) => ledger.record([alert(1)], NOON)))
      expect(deliveries.flat()).toHaveLength(1)
    }))

  test('transactions come one after another, whoever runs them', () =>
    onOne(3, async (stores) => {
      const raise = (store: Store) =>
        store.transaction(async (parts) => {
          const before = Number((await parts.meta.get('count')) ?? 0)
          await parts.meta.set('count', String(before + 1))
        })
      await Promise.all(Array.from({ length: 30 }, (_, at) => raise(stores[at % 3]!)))
      expect(await stores[0]!.meta.get('count')).toBe('30')
    }))

  test('a read is answered while another process stands still within a transaction', () =>
    onOne(1, async ([store], url) => {
      await store!.meta.set('before', 'yes')
      await withClient(url, async (client) => {
        await client.query("BEGIN; SELECT value FROM counters WHERE name = 'paper' FOR UPDATE")
        const put = putPapers(store!, ['2603.00001'])
        await untilAwaited(client)
        expect(await store!.meta.get('before')).toBe('yes')
        await client.query('COMMIT')
        await put
      })
      expect(await store!.papers.count()).toBe(1)
    }))

  test('a transaction that the server undoes because of a deadlock is tried again', () =>
    onOne(1, async ([store], url) => {
      const [one, two] = [subscription('one'), subscription('two')]
      for (const each of [one, two]) await store!.subscriptions.add(each)
      await withClient(url, async (client) => {
        await client.query("BEGIN; SET deadlock_timeout = '1min'; UPDATE subscriptions SET cadence = 'now' WHERE id = 'two'")
        let tried = 0
        let other: Promise<unknown> | undefined
        await store!.transaction(async (parts) => {
          await parts.subscriptions.setCadence(OURS, 'one', 'digest')
          if (++tried === 1) {
            other = client.query("UPDATE subscriptions SET cadence = 'now' WHERE id = 'one'").then(() => client.query('COMMIT'))
            await untilBlocked(url, client)
          }
          await parts.subscriptions.setCadence(OURS, 'two', 'digest')
        })
        await other
        expect(tried).toBe(2)
      })
      expect((await store!.subscriptions.all()).map(({ cadence }) => cadence)).toEqual(['digest', 'digest'])
    }))
})

/** Numbers that stand together anywhere, together. */
function united(groups: readonly (readonly number[])[]): number[][] {
  const all: Set<number>[] = []
  for (const group of groups) {
    const touched = all.filter((one) => group.some((number) => one.has(number)))
    for (const one of touched) all.splice(all.indexOf(one), 1)
    all.push(touched.reduce((one, other) => one.union(other), new Set(group)))
  }
  return all.map((one) => [...one])
}
