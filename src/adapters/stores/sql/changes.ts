// What changed of the papers, in the order in which it was committed: each change has a number, and a cursor is one of them.
import sql from 'sql-template-tag'
import type { Paper } from '#core/paper.ts'
import type { Database } from './database.ts'
import { raiseCounter } from './meta.ts'
import { type PaperRow, toPaper } from './paper-row.ts'

type ChangeRow = { [K in keyof PaperRow]: PaperRow[K] | null } & { readonly number: number; readonly change: number }

const START = 0

/** As PaperStore says. A cursor from beyond the latest change is of another time of this store: it begins from the start. */
export async function changesAfter(
  database: Database,
  cursor: string,
  limit: number,
): Promise<{ papers: Paper[]; gone: number[]; cursor: string }> {
  const latest = Number(await latestCursor(database))
  const asked = Number(cursor)
  const after = asked <= latest ? asked : START
  const rows = await database.rows<ChangeRow>(sql`
    SELECT number, first_seen, computed_score, body, change FROM papers WHERE change > ${after}
    UNION ALL SELECT number, NULL, NULL, NULL, change FROM joined WHERE change > ${after}
    ORDER BY change LIMIT ${limit}`)
  return {
    papers: rows.filter((row): row is PaperRow & ChangeRow => row.body !== null).map(toPaper),
    gone: rows.filter((row) => row.body === null).map((row) => row.number),
    cursor: String(rows.at(-1)?.change ?? after),
  }
}

/** '0' while nothing has ever changed. */
export async function latestCursor(database: Database): Promise<string> {
  const [row] = await database.rows<{ value: number }>(sql`SELECT value FROM counters WHERE name = 'change'`)
  return String(row?.value ?? START)
}

/** Numbers for so many changes: the first of them. */
export async function nextChanges(database: Database, many: number): Promise<number> {
  return (await raiseCounter(database, 'change', many)) + 1
}
