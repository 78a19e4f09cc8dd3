// What is too old and needed by nothing, table by table. The order: matches go before the deliveries that told of them, so that
// no window holds a paper whose telling is forgotten; messages go after the deliveries that carried them.
import sql, { raw, type Sql } from 'sql-template-tag'
import type { Round } from '#core/ports/erasure.ts'
import { type Database, toColumn } from './database.ts'
import { comesAfter, type Key, keyAfter, type Table } from './tables.ts'

interface Step {
  readonly table: Table
  /** The condition that a row is too old and that nothing needs it; `before` is an instant's column. */
  readonly isOver: (before: string) => Sql
}

/** Addresses that are longer stand in target keys as hashes. */
const LONGEST_FEED = 700

/** The condition that a row's `feed` is an address that people could follow, and nobody does. */
export const isUnfollowed: Sql = sql`feed LIKE 'http%' AND length(feed) <= ${LONGEST_FEED} AND feed NOT IN (
  SELECT substr(target_key, 6) FROM subscriptions WHERE target_key >= 'feed:' AND target_key < 'feed;')`

/** The condition that a row of `verdicts` is about a subscription that is no more. */
export const isUnsubscribed: Sql = sql`NOT EXISTS (SELECT 1 FROM subscriptions WHERE id = verdicts.subscription)`

/** The condition that a row of `slots` is of a schedule that is no more. */
export const isUnscheduled: Sql = sql`NOT EXISTS (SELECT 1 FROM schedules WHERE id = slots.schedule)`

const steps: readonly Step[] = [
  {
    table: 'matches',
    isOver: (before) => sql`seen_at < ${before} AND matched_at < ${before} AND NOT EXISTS (SELECT 1 FROM held
      WHERE held.platform = matches.platform AND held.workspace = matches.workspace AND held.channel = matches.channel
        AND held.thread = matches.thread AND held.paper = matches.paper)`,
  },
  {
    table: 'verdicts',
    isOver: (before) => sql`at < ${before} AND ${isUnsubscribed}`,
  },
  {
    table: 'slots',
    isOver: (before) => sql`at < ${before} AND window_to < ${before} AND (${isUnscheduled} OR EXISTS (
      SELECT 1 FROM slots AS later WHERE later.schedule = slots.schedule AND later.at > slots.at))`,
  },
  {
    // What is still to be posted in the thread of a message needs to know where it stands.
    table: 'deliveries',
    isOver: (before) => sql`state IN ('sent', 'dead', 'cancelled') AND created_at < ${before} AND settled_at < ${before}
      AND NOT EXISTS (SELECT 1 FROM deliveries AS replies WHERE replies.parent = deliveries.dedupe_key)`,
  },
  { table: 'edits', isOver: () => sql`NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.id = edits.delivery)` },
  { table: 'messages', isOver: () => isUnused },
  { table: 'readings', isOver: (before) => sql`at < ${before}` },
  {
    table: 'offers',
    isOver: (before) => sql`at < ${before} AND news = '' AND ${isUnfollowed}`,
  },
  {
    table: 'feeds',
    isOver: () => sql`${isUnfollowed}
      AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.feed = feeds.feed)
      AND NOT EXISTS (SELECT 1 FROM offers WHERE offers.feed = feeds.feed)`,
  },
  { table: 'phrases', isOver: (before) => sql`used_at < ${before}` },
]

/** The condition that a row of `messages` is carried by nothing. */
export const isUnused: Sql = sql`NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.message = messages.hash)
  AND NOT EXISTS (SELECT 1 FROM edits WHERE edits.message = messages.hash)`

/** As Erasure.retire says; `database` is that of a running transaction. */
export async function retireSome(database: Database, round: Round, limit: number): Promise<Round | undefined> {
  const step = steps[round.step]
  if (step === undefined) return undefined
  const { table, isOver } = step
  const last = await keyAfter(database, table, round.after, limit)
  await database.run(sql`DELETE FROM ${raw(table)}
    WHERE ${comesAfter(table, round.after)} AND ${comesNotAfter(table, last)} AND ${isOver(toColumn(round.before))}`)
  const { before } = round
  if (last !== undefined) return { ...round, after: last }
  return round.step + 1 < steps.length ? { before, step: round.step + 1 } : undefined
}

function comesNotAfter(table: Table, key: Key | undefined): Sql {
  return key === undefined ? sql`1 = 1` : sql`NOT ${comesAfter(table, key)}`
}
