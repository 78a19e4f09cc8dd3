// Copies a whole store into an empty one, whichever databases are behind them: all or nothing, page by page, and counted in the
// end. While it lasts nobody else writes to either.
import sql, { type RawValue, raw } from 'sql-template-tag'
import { StoreError } from '#core/errors.ts'
import type { Database } from './sql/database.ts'
import { insertRows } from './sql/lists.ts'
import { comesAfter, countRows, type Key, keyColumns, TABLES, type Table } from './sql/tables.ts'

/** One side of a copy. */
export interface CopySide {
  readonly database: Database
  /** Keeps everybody else from writing until the transaction of this database is over, however long it takes. */
  hold(database: Database): Promise<void>
  /** The last number given to rows of a table that are numbered for ever, gone ones included; 0 before the first. */
  lastNumber(database: Database, numbered: Numbered): Promise<number>
  /** Numbers go on after this one, which is at least 1. */
  setLastNumber(database: Database, numbered: Numbered, last: number): Promise<void>
  close(): Promise<void>
}

export interface Numbered {
  readonly table: Table
  readonly column: string
}

const NUMBERED: readonly Numbered[] = [
  { table: 'deliveries', column: 'id' },
  { table: 'edits', column: 'revision' },
]
const tables = Object.keys(TABLES) as Table[]
/** Of these even a new store has rows. */
const BORN_WITH: readonly Table[] = ['meta', 'counters']
const PAGE = 1000
/** The schema's, kept there by PostgreSQL's store alone. */
const VERSION = 'version'

/**
 * Answers how many rows of each table there are now. Rejects with StoreError, and nothing is copied, where the target holds
 * anything, either side fails, or the counts differ. `copied` is told of each page. The store keeps its id.
 */
export function copyStore(
  from: CopySide,
  to: CopySide,
  copied: (table: Table, rows: number) => void = () => undefined,
): Promise<ReadonlyMap<Table, number>> {
  return from.database.atomically((source) =>
    to.database.atomically(async (target) => {
      await from.hold(source)
      await to.hold(target)
      await refuseUnlessEmpty(target)
      const counts = new Map<Table, number>()
      for (const table of tables) {
        counts.set(table, await copyTable(source, target, table, (rows) => copied(table, rows)))
        await compareCounts(source, target, table)
      }
      for (const numbered of NUMBERED) {
        const last = await from.lastNumber(source, numbered)
        if (last > 0) await to.setLastNumber(target, numbered, last)
      }
      return counts
    }),
  )
}

async function refuseUnlessEmpty(target: Database): Promise<void> {
  for (const table of tables) {
    const which = table === 'counters' ? sql`value > 0` : sql`1 = 1`
    if (table === 'meta' || (await countRows(target, table, which)) === 0) continue
    throw new StoreError('The store to copy to is not empty.', {
      hint: 'Name a new file, or a database or schema without tables.',
    })
  }
}

async function copyTable(source: Database, target: Database, table: Table, copied: (rows: number) => void): Promise<number> {
  const key: readonly string[] = TABLES[table]
  let after: Key | undefined
  for (let many = 0; ; ) {
    const page = await source.rows<Record<string, RawValue>>(sql`SELECT * FROM ${raw(table)}
      WHERE ${comesAfter(table, after)} ORDER BY ${keyColumns(table)} LIMIT ${PAGE}`)
    const [first] = page
    if (first === undefined) return many
    const columns = Object.keys(first)
    const rows = page.filter((row) => !(table === 'meta' && row.key === VERSION))
    await insertRows(
      target,
      `${table} (${columns.join(', ')})`,
      rows.map((row) => columns.map((column) => row[column])),
      BORN_WITH.includes(table) ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET value = excluded.value` : '',
    )
    many += rows.length
    copied(many)
    after = key.map((column) => page.at(-1)?.[column] as string | number)
  }
}

async function compareCounts(source: Database, target: Database, table: Table): Promise<void> {
  const which = table === 'meta' ? sql`key <> ${VERSION}` : sql`1 = 1`
  const [before, after] = [await countRows(source, table, which), await countRows(target, table, which)]
  if (before === after) return
  throw new StoreError(`Of ${before} rows of ${table} ${after} arrived.`, { hint: 'Nothing was copied. Copy again.' })
}
