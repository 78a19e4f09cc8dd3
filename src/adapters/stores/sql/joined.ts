// Papers that turned out to be one: the number that lives on, and all that moves to it.
import sql, { raw, type Sql } from 'sql-template-tag'
import type { Database } from './database.ts'
import { rowsWithin } from './lists.ts'

/** The number that lives on, for each number that was joined into another; the others are left out. */
export async function joinedInto(database: Database, numbers: readonly number[]): Promise<Map<number, number>> {
  const rows = await rowsWithin<{ number: number; into_paper: number }>(
    database,
    numbers,
    (list) => sql`SELECT number, into_paper FROM joined WHERE number IN (${list})`,
  )
  return new Map(rows.map((row) => [row.number, row.into_paper]))
}

/** Of two words on one paper the later one counts. */
const LATER_WORD = sql`ON CONFLICT (subscription, paper) DO UPDATE
  SET is_them = excluded.is_them, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at
  WHERE excluded.at > verdicts.at`

/**
 * Joins a stored paper into another: its matches, claims, holds, verdicts, votes, offers and places on reading lists go over,
 * where the other has none of its own; of two verdicts the later one stays. What stands in the rows of papers, ids and authors
 * is left to put.ts; the other has its own turn to be asked about.
 */
export async function joinPaper(database: Database, gone: number, into: number, change: number): Promise<void> {
  await database.run(sql`DELETE FROM papers WHERE number = ${gone}`)
  await database.run(sql`UPDATE joined SET into_paper = ${into} WHERE into_paper = ${gone}`)
  await database.run(sql`INSERT INTO joined (number, into_paper, change) VALUES (${gone}, ${into}, ${change})`)
  await moveRows(
    database,
    'matches',
    sql`subscription, ${into}, platform, workspace, channel, reason, matched_at, thread, seen_at`,
    gone,
  )
  await moveRows(database, 'claims', sql`platform, workspace, channel, thread, ${into}, event, delivery`, gone)
  await moveRows(database, 'held', sql`platform, workspace, channel, thread, ${into}, why, since`, gone)
  await moveRows(database, 'verdicts', sql`subscription, ${into}, is_them, by_id, by_name, at`, gone, LATER_WORD)
  await moveRows(database, 'votes', sql`platform, workspace, channel, ${into}, person, at`, gone)
  await moveRows(database, 'offers', sql`feed, ${into}, content, at, news`, gone)
  await moveRows(database, 'reading_lists', sql`platform, workspace, channel, ${into}, saved_by, saved_at`, gone)
  await database.run(sql`DELETE FROM enrichments
    WHERE source IN (SELECT source FROM enrichment_sources) AND paper = ${gone}`)
}

async function moveRows(
  database: Database,
  table: string,
  columns: Sql,
  gone: number,
  conflict = sql`ON CONFLICT DO NOTHING`,
): Promise<void> {
  const name = raw(table)
  await database.run(sql`INSERT INTO ${name} SELECT ${columns} FROM ${name} WHERE paper = ${gone} ${conflict}`)
  await database.run(sql`DELETE FROM ${name} WHERE paper = ${gone}`)
}
