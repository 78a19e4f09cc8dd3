// What is to be posted in the thread of a delivery: it dies, goes and comes back with it; that of a notice does without it.
import sql, { type Sql } from 'sql-template-tag'
import { type Database, toColumn } from './database.ts'
import { rowsWithin } from './lists.ts'
import { openFrom } from './places.ts'

/** What a reply is told to have died of. */
const PARENT_DEAD = 'The message in whose thread it was to be posted could not be posted.'

/** Deliveries in these states will not be posted, unless someone retries them. */
const LOST = sql`('dead', 'cancelled')`

/** Of the deliveries with these keys, those that will not be posted, unless someone retries them. */
export async function lostOf(database: Database, keys: readonly string[]): Promise<Set<string>> {
  const rows = await rowsWithin<{ dedupe_key: string }>(
    database,
    keys,
    (list) => sql`SELECT dedupe_key FROM deliveries WHERE dedupe_key IN (${list}) AND state IN ${LOST}`,
  )
  return new Set(rows.map(({ dedupe_key }) => dedupe_key))
}

/**
 * What waits for a dead delivery is dead too; but a notice has nothing that its replies need, and they are posted by
 * themselves. `database` is that of a running transaction.
 */
export async function buryReplies(database: Database, id: number, now: string): Promise<void> {
  await database.run(sql`UPDATE deliveries SET parent = NULL WHERE state IN ('pending', 'uncertain')
    AND parent = (SELECT dedupe_key FROM deliveries AS parents WHERE parents.id = ${id} AND parents.kind = 'notice')`)
  await database.run(sql`UPDATE deliveries SET state = 'dead', settled_at = ${toColumn(now)}, error = ${PARENT_DEAD}
    WHERE ${hangsOn(id)} AND state IN ('pending', 'uncertain')`)
}

/** As Ledger.retry says. The fence rises, so that whoever tried it before can no longer settle it. */
export async function retryDelivery(database: Database, id: number, now: string): Promise<boolean> {
  const again = sql`state = CASE WHEN state = 'pending' OR first_try_at IS NULL THEN 'pending' ELSE 'uncertain' END,
    fence = fence + 1, not_before = ${openFrom(toColumn(now))}, settled_at = NULL, error = NULL`
  const retried = await database.run(sql`UPDATE deliveries SET ${again}
    WHERE id = ${id} AND state IN ('pending', 'uncertain', 'dead') AND NOT EXISTS (
      SELECT 1 FROM deliveries AS parents WHERE parents.dedupe_key = deliveries.parent AND parents.state IN ${LOST})`)
  if (retried === 0) return false
  await database.run(sql`UPDATE deliveries SET ${again} WHERE ${hangsOn(id)} AND state = 'dead'`)
  return true
}

/** As Ledger.drop says. */
export async function dropDelivery(database: Database, id: number, now: string): Promise<boolean> {
  const cancelled = sql`state = 'cancelled', fence = fence + 1, settled_at = ${toColumn(now)}`
  const droppable = sql`state IN ('pending', 'uncertain', 'dead')`
  if ((await database.run(sql`UPDATE deliveries SET ${cancelled} WHERE id = ${id} AND ${droppable}`)) === 0) return false
  await database.run(sql`UPDATE deliveries SET ${cancelled} WHERE ${hangsOn(id)} AND ${droppable}`)
  return true
}

/** The condition that a delivery waits for this one, or for one that does. */
function hangsOn(id: number): Sql {
  return sql`dedupe_key IN (
    WITH RECURSIVE replies (key) AS (
      SELECT reply.dedupe_key FROM deliveries AS reply JOIN deliveries AS first ON first.dedupe_key = reply.parent
      WHERE first.id = ${id}
      UNION SELECT reply.dedupe_key FROM deliveries AS reply JOIN replies ON replies.key = reply.parent
    ) SELECT key FROM replies)`
}
