// Computed scores: written where they differ, and then a change like any other.
import sql from 'sql-template-tag'
import type { ComputedScore } from '#core/paper.ts'
import { nextChanges } from './changes.ts'
import type { Database } from './database.ts'
import { rowsWithin } from './lists.ts'

/** As PaperStore says; `database` is that of a running transaction. */
export async function setScores(database: Database, scores: ReadonlyMap<number, ComputedScore | null>): Promise<void> {
  const rows = await rowsWithin<{ number: number; computed_score: string | null }>(
    database,
    [...scores.keys()],
    (list) => sql`SELECT number, computed_score FROM papers WHERE number IN (${list})`,
  )
  const different = rows.flatMap(({ number, computed_score }) => {
    const score = scores.get(number) ?? null
    const column = score === null ? null : JSON.stringify(score)
    return column === computed_score ? [] : [{ number, column, value: score?.value ?? null }]
  })
  if (different.length === 0) return
  let change = await nextChanges(database, different.length)
  for (const { number, column, value } of different) {
    await database.run(sql`UPDATE papers
      SET computed_score = ${column}, score = coalesce(given_score, ${value}), change = ${change++} WHERE number = ${number}`)
  }
}
