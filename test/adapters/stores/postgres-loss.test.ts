// Connections that are lost, a server whose plug is pulled, and texts that PostgreSQL cannot keep as they are.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { testPostgres } from '#test/postgres.ts'
import { type PostgresServer, startPostgres } from '#test/postgres-server.ts'
import { alert, claiming, ids, NOON, OURS, putPapers, record, subscription } from './contract/opening.ts'

const postgres = await testPostgres()

/** A store whose sessions are known by a name of their own, and how to end them. */
async function killable() {
  const url = new URL(await postgres.emptyUrl())
  const name = `killable ${crypto.randomUUID()}`
  url.searchParams.set('application_name', name)
  const store = await openPostgresStore(url.href)
  url.searchParams.delete('application_name')
  return { store, kill: () => postgres.ask(url.href, TERMINATE, [name]) }
}

const TERMINATE = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1'

describe.skipIf(postgres.isMissing)('a connection that is lost', () => {
  test('between calls is replaced', async () => {
    const { store, kill } = await killable()
    await putPapers(store, ['2603.00001'])
    await kill()
    await expect.poll(() => store.papers.count().catch(String), { timeout: 10_000 }).toBe(1)
    await store.close()
  })

  test('within a transaction undoes it, and the next one goes through', async () => {
    const { store, kill } = await killable()
    const lost = store.transaction(async (parts) => {
      await putPapers(parts, ['2603.00001'])
      await kill()
      await putPapers(parts, ['2603.00002'])
    })
    await expect(lost).rejects.toThrow(StoreError)
    expect(await store.papers.count()).toBe(0)
    await putPapers(store, ['2603.00003'])
    expect(await store.papers.count()).toBe(1)
    await store.close()
  })

  test('at the end of a transaction undoes it too', async () => {
    const { store, kill } = await killable()
    const lost = store.transaction(async (parts) => {
      await parts.meta.set('kept', 'yes')
      await kill()
    })
    await expect(lost).rejects.toThrow(StoreError)
    expect(await store.meta.get('kept')).toBeUndefined()
    await store.close()
  })
})

describe.skipIf(postgres.isMissing || process.env.TEST_DATABASE_URL)('a server whose plug is pulled', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.close())

  test('is said to be away, and what was committed is there once it is back', { timeout: 60_000 }, async () => {
    const store = await openPostgresStore(server.url)
    await store.ledger.record([alert(1), alert(2)], NOON)
    const [taken] = await store.ledger.claim(claiming(NOON, { limit: 1 }))
    for (let time = 1; time <= 3; time++) {
      const underway = store.transaction(async (parts) => {
        await parts.ledger.record([alert(3)], NOON)
        await server.stopAtOnce()
        await parts.meta.set('kept', 'never')
      })
      await expect(underway).rejects.toThrow(StoreError)
      const error = await store.papers.count().catch((error) => error)
      expect(error).toBeInstanceOf(StoreError)
      expect(error.message).toMatch(
        /^The PostgreSQL database postgres at 127\.0\.0\.1:\d+ (cannot be reached|is being stopped or started)\.$/,
      )
      expect(error.hint).toContain('goes on')
      await expect(openPostgresStore(server.url)).rejects.toThrow(StoreError)
      await server.start()
      expect(await store.ledger.counts()).toMatchObject({ pending: 1, sending: 1 })
      expect(await store.meta.get('kept')).toBeUndefined()
    }
    expect(await store.ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: '17' }, NOON)).toBe(true)
    await store.close()
  })
})

describe.skipIf(postgres.isMissing)('texts', () => {
  async function both(work: (store: Store) => Promise<unknown>): Promise<[unknown, unknown]> {
    const stores = [await openSqliteStore(':memory:'), await postgres.emptyStore()]
    try {
      return (await Promise.all(stores.map(work))) as [unknown, unknown]
    } finally {
      await Promise.all(stores.map((store) => store.close()))
    }
  }

  test('with NUL and half surrogate pairs are kept in papers and messages, and marked elsewhere', async () => {
    const ugly = 'a\0b\ud800c'
    const [sqlite, postgres] = await both(async (store) => {
      const [paper] = await store.papers.put(
        [record('2603.00001', { title: ugly, abstract: ugly, authors: [{ name: ugly }] })],
        NOON,
      )
      await store.subscriptions.add(subscription('a', { target: { kind: 'topic', query: ugly } }))
      await store.ledger.record([alert(1, { blocks: [{ kind: 'prose', spans: [{ text: ugly }] }], subject: ugly })], NOON)
      const [found] = await store.papers.byNumbers([paper!.number])
      const [followed] = await store.subscriptions.ofDestination(OURS)
      const again = await store.subscriptions.add(subscription('b', { target: { kind: 'topic', query: ugly } }))
      const [told] = await store.ledger.list(['pending'], 1)
      return [found?.title, found?.abstract, followed?.target, again, told?.blocks]
    })
    expect(postgres).toEqual(sqlite)
  })

  test('stand in the same order in both stores', async () => {
    const names = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), { numRuns: 200, seed: 7 })
    const more = ['a', 'A', 'b', 'B', 'ä', 'z', 'é', 'e', '_', '-', ' a', '10', '9', '\u{1F600}', '\uFFFD', 'ß', 'ss']
    const clean = [...new Set([...names, ...more])].filter((name) => name.isWellFormed() && !name.includes('\0'))
    const [sqlite, postgres] = await both(async (store) => {
      for (const channel of clean) await store.channels.set({ ...OURS, channel }, { most: 7 })
      return (await store.channels.all()).map(({ channel }) => channel.channel)
    })
    expect(postgres).toEqual(sqlite)
  })

  test('that are very long and cannot be made shorter are kept', async () => {
    const long = (length: number) =>
      fc.sample(fc.string({ unit: 'grapheme', minLength: length, maxLength: length }), { numRuns: 1, seed: 3 })[0]!
    const [sqlite, postgres] = await both(async (store) => {
      const [id, other] = ids(`source:feed:${long(4000)}`, `doi:10.1/${long(1500)}`)
      const authors = [{ name: long(4000) }, { name: `Ada ${long(300)}` }]
      const [paper] = await store.papers.put(
        [record('2603.00001', { ids: [id!, other!], authors, categories: [long(3000)] })],
        NOON,
      )
      await store.feeds.offer('feed', [{ paper: paper!.number, content: long(4000) }], NOON)
      for (let time = 0; time < 2; time++)
        await store.subscriptions.add(subscription(`s${time}`, { target: { kind: 'topic', query: long(4000) } }))
      const known = await store.feeds.offeredBefore('feed', [long(4000), long(4001)])
      const found = await store.papers.byIds([other!, id!])
      expect(found).toHaveLength(2)
      return [found, [...known], await store.subscriptions.all()]
    })
    expect(postgres).toEqual(sqlite)
  })
})
