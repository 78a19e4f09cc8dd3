// Queries over lists of any length, as few and as equal texts as can be, so that each is prepared once.
import sql, { bulk, join, type RawValue, raw, type Sql } from 'sql-template-tag'
import type { Database, Query } from './database.ts'

/** A power of two, so that a list of any length is a few chunks of known sizes. */
const LARGEST = 256

/** Asks for a list in chunks, each filled up to a power of two by repeating its last value; the rows of all. */
export async function rowsWithin<Row>(
  database: Database,
  values: readonly RawValue[],
  query: (list: Sql) => Sql,
): Promise<Row[]> {
  const found: Row[] = []
  for (let start = 0; start < values.length; start += LARGEST) {
    const rows = await database.rows<Row>(query(filledList(values.slice(start, start + LARGEST))))
    if (values.length <= LARGEST) return rows
    for (const row of rows) found.push(row)
  }
  return found
}

/** Runs a change for a list, in chunks as above; answers how many rows it changed. */
export async function runWithin(database: Database, values: readonly RawValue[], query: (list: Sql) => Sql): Promise<number> {
  let changed = 0
  for (let start = 0; start < values.length; start += LARGEST) {
    changed += await database.run(query(filledList(values.slice(start, start + LARGEST))))
  }
  return changed
}

/** Inserts rows, many a statement; `ending` is what follows the values, for instance `ON CONFLICT DO NOTHING`. */
export async function insertRows(database: Database, into: string, rows: readonly RawValue[][], ending = ''): Promise<void> {
  for (const chunk of chunks(rows)) await database.run(insertion(into, chunk, ending))
}

/** As insertRows, for endings with RETURNING. */
export async function insertReturning<Row>(
  database: Database,
  into: string,
  rows: readonly RawValue[][],
  ending: string,
): Promise<Row[]> {
  const returned: Row[] = []
  for (const chunk of chunks(rows)) returned.push(...(await database.rows<Row>(insertion(into, chunk, ending))))
  return returned
}

const insertions = new Map<string, Query>()

/** The texts of a chunk's insertion are made once for each size: putting them together costs more than running them. */
function insertion(into: string, rows: readonly RawValue[][], ending: string): Query {
  const key = `${rows.length} ${into} ${ending}`
  let query = insertions.get(key)
  if (query === undefined) {
    const { sql: marked, text } = sql`INSERT INTO ${raw(into)} VALUES ${bulk(rows)} ${raw(ending)}`
    query = { sql: marked, text, values: [] }
    insertions.set(key, query)
  }
  return { ...query, values: rows.flat() }
}

function filledList(values: readonly RawValue[]): Sql {
  let size = 1
  while (size < values.length) size *= 2
  return join([...values, ...Array<RawValue>(size - values.length).fill(values.at(-1))])
}

/** In chunks of powers of two, the largest first. */
function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  let start = 0
  for (let size = LARGEST; size >= 1; size /= 2) {
    for (; rows.length - start >= size; start += size) yield rows.slice(start, start + size)
  }
}
