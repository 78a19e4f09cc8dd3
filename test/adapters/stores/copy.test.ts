// A store that is copied into another database is the same store: every row, its id and its numbers, and what was to be posted
// is posted once from it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import sql from 'sql-template-tag'
import { afterAll, describe, expect, test } from 'vitest'
import { type CopySide, copyStore } from '#adapters/stores/copy.ts'
import { postgresSide } from '#adapters/stores/postgres/copy-side.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { TABLES } from '#adapters/stores/sql/tables.ts'
import { sqliteSide } from '#adapters/stores/sqlite/copy-side.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Store } from '#core/ports/store.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from '#test/digests/world.ts'
import { testPostgres } from '#test/postgres.ts'

const postgres = await testPostgres()
const folder = mkdtempSync(join(tmpdir(), 'paperboy-copy-'))
let files = 0
const aFile = () => join(folder, `${files++}.db`)
afterAll(() => rmSync(folder, { recursive: true }))

/** A bot in the middle of its work: posted, pending and unclear deliveries, and numbers that are gone. */
async function fill(store: Store) {
  const world = aWorld(store)
  await store.subscriptions.add(aSubscription({ cadence: 'both', target: { kind: 'topic', query: 'moths' } }))
  await store.schedules.set(aSchedule())
  await store.readingLists.save(aDestination(), 1, 'ada', world.now())
  await store.channels.set(aDestination(), { most: 9 })
  const records = Array.from({ length: 4 }, (_, at) => aRecord({ ids: [`arxiv:2611.0000${at}`], title: `Moths ${at} \u{1F98B}` }))
  await store.papers.put(records.slice(0, 2), world.now())
  await tick(world.dependencies, world.pass({ minutes: 1 }))
  world.platform.failures.push({ error: new Error('reset after it arrived'), arrives: true })
  await store.papers.put(records.slice(2), world.now())
  await tick(world.dependencies, world.pass({ minutes: 1 }))
  const [first] = await store.ledger.latest(['sent'], 1)
  await store.ledger.edit(first!.id, [{ kind: 'note', spans: [{ text: 'once' }] }], world.now())
  await store.ledger.edit(first!.id, [{ kind: 'note', spans: [{ text: 'twice' }] }], world.now())
  return world
}

function rowsOf(path: string): Record<string, unknown[]> {
  const connection = new SQLite(path, { readonly: true })
  try {
    const all = Object.entries(TABLES).map(([table, key]) => [
      table,
      connection.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).all(),
    ])
    return Object.fromEntries([...all, ['numbers', connection.prepare('SELECT * FROM sqlite_sequence ORDER BY name').all()]])
  } finally {
    connection.close()
  }
}

async function copied(from: CopySide, to: CopySide): Promise<void> {
  try {
    await copyStore(from, to)
  } finally {
    await from.close()
    await to.close()
  }
}

test('every table of the schema is copied, and its key is known', () => {
  const path = aFile()
  const side = sqliteSide(path)
  const connection = new SQLite(path)
  const keys = connection
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all()
    .map((name) => [name, connection.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(name)])
  connection.close()
  expect(Object.fromEntries(keys)).toEqual(TABLES)
  return side.close()
})

test('a target that is not empty is refused, and stays as it was', async () => {
  const [from, to] = [aFile(), aFile()]
  for (const path of [from, to]) {
    const store = await openSqliteStore(path)
    await store.papers.put([aRecord()], '2026-11-16T09:00:00Z')
    await store.close()
  }
  const before = rowsOf(to)
  await expect(copied(sqliteSide(from), sqliteSide(to))).rejects.toThrow('not empty')
  expect(rowsOf(to)).toEqual(before)
})

test('a copy that is cut short has not happened', async () => {
  const [from, to] = [aFile(), aFile()]
  const store = await openSqliteStore(from)
  await fill(store)
  await store.close()
  const [source, target] = [sqliteSide(from), sqliteSide(to)]
  const cut = copyStore(source, target, (table) => {
    if (table === 'claims') throw new Error('cut short')
  })
  await expect(cut).rejects.toThrow('cut short')
  await copied(source, target)
  expect(rowsOf(to)).toEqual(rowsOf(from))
})

describe.skipIf(postgres.isMissing)('to PostgreSQL', () => {
  test('everything arrives, and comes back as it was', async () => {
    const [from, back, url] = [aFile(), aFile(), await postgres.emptyUrl()]
    const store = await openSqliteStore(from)
    await fill(store)
    await store.close()
    await copied(sqliteSide(from), await postgresSide(url))
    await expect(copied(sqliteSide(from), await postgresSide(url))).rejects.toThrow('not empty')
    await copied(await postgresSide(url), sqliteSide(back))
    expect(rowsOf(back)).toEqual(rowsOf(from))
    const there = await openPostgresStore(url)
    expect(there.id).toBe(store.id)
    await there.close()
  })

  test('nobody writes to the old store while it lasts, and it may take as long as it has to', async () => {
    const [to, url] = [aFile(), await postgres.emptyUrl()]
    const old = await openPostgresStore(url)
    await fill(old)
    const lease = { now: '2026-11-16T09:00:00Z', until: '2026-11-16T09:01:00Z' }
    const [from, target] = [await postgresSide(url), sqliteSide(to)]
    let wrote: Promise<unknown> | undefined
    let timeouts: unknown
    await from.database.atomically(async (database) => {
      await from.hold(database)
      timeouts = await database.rows(sql`SELECT current_setting('statement_timeout') AS statement,
        current_setting('idle_in_transaction_session_timeout') AS idle`)
    })
    await copyStore(from, target, () => {
      wrote ??= old.leases.take('feeds', lease)
    })
    expect(timeouts).toEqual([{ statement: '0', idle: '0' }])
    expect(await wrote).toBe(1)
    await Promise.all([from.close(), target.close(), old.close()])
    expect(rowsOf(to).leases).toEqual([])
  })

  test('the bot goes on there: what was pending or unclear is posted once, and numbers go on', async () => {
    const [from, url] = [aFile(), await postgres.emptyUrl()]
    const store = await openSqliteStore(from)
    const world = await fill(store)
    await doubtAfterPowerLoss(store, 'the old machine', Temporal.Instant.from(world.now()), world.dependencies.log)
    await store.papers.put([aRecord({ ids: ['arxiv:2611.00009'], title: 'Moths again' })], world.now())
    const before = await store.ledger.list(['pending', 'uncertain', 'sent'], 99)
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['pending', 'uncertain', 'sent']))
    await store.close()
    await copied(sqliteSide(from), await postgresSide(url))
    const there = await openPostgresStore(url)
    try {
      await doubtAfterPowerLoss(there, 'the new server', Temporal.Instant.from(world.now()), world.dependencies.log)
      for (const minutes of [1, 10, 60]) await tick({ ...world.dependencies, store: there }, world.pass({ minutes }))
      await tick({ ...world.dependencies, store: there }, world.pass({ hours: 24 * 8 }))
      const keys = world.platform.posted.map(({ dedupeKey }) => dedupeKey)
      expect(new Set(keys).size).toBe(keys.length)
      const told = world.platform.posted.flatMap(({ kind, blocks }) =>
        kind === 'alert' ? blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.title] : [])) : [],
      )
      expect(told.sort()).toEqual([
        'Moths 0 \u{1F98B}',
        'Moths 1 \u{1F98B}',
        'Moths 2 \u{1F98B}',
        'Moths 3 \u{1F98B}',
        'Moths again',
      ])
      const after = await there.ledger.list(['sent'], 99)
      expect(Math.max(...after.map(({ id }) => id))).toBeGreaterThan(Math.max(...before.map(({ id }) => id)))
    } finally {
      await there.close()
    }
  })
})
