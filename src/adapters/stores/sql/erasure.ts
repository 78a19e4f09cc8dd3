// Erases what is kept of a workspace or a person. The order within a place: what waits to be posted, what would make more of it,
// what was, and last the settings, by which the place is known to be one that is left.
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import type { Erasure, Holding, HoldingKind, Whose } from '#core/ports/erasure.ts'
import type { Database } from './database.ts'
import { runWithin } from './lists.ts'
import { erasePerson, ownChannels, personHoldings } from './person.ts'
import { isUnfollowed, isUnscheduled, isUnsubscribed, isUnused, retireSome } from './retire.ts'
import { countRows, type ErasedPlace, keyColumns, type Table } from './tables.ts'

interface Part {
  readonly table: Table
  readonly where: (place: ErasedPlace) => Sql
  /** What its rows are to people; rows without are told of under another name, or not at all. */
  readonly of?: HoldingKind
}

const WAITING = sql`state IN ('pending', 'uncertain')`

const parts: readonly Part[] = [
  { table: 'deliveries', where: (place) => sql`${isIn(place)} AND ${WAITING}` },
  { table: 'held', where: isIn, of: 'held' },
  { table: 'slots', where: (place) => sql`schedule IN (SELECT id FROM schedules WHERE ${isIn(place)})` },
  { table: 'schedules', where: isIn, of: 'schedule' },
  {
    table: 'verdicts',
    where: (place) => sql`subscription IN (SELECT id FROM subscriptions WHERE ${isIn(place)})`,
    of: 'verdict',
  },
  { table: 'subscriptions', where: isIn, of: 'follow' },
  { table: 'matches', where: isIn, of: 'match' },
  { table: 'deliveries', where: isIn, of: 'message' },
  { table: 'claims', where: isIn, of: 'told' },
  { table: 'votes', where: isIn, of: 'vote' },
  { table: 'reading_lists', where: isIn, of: 'saved' },
  { table: 'installations', where: isInstallationOf, of: 'installation' },
  { table: 'closed_places', where: isIn },
  { table: 'channels', where: isIn, of: 'settings' },
]

export function createErasure(database: Database): Erasure {
  return {
    holdings: (whose) => holdings(database, whose),
    erase: (whose) =>
      database.atomically(async (inner) => {
        const found = await holdings(inner, whose)
        for (const place of await placesOf(inner, whose)) for (const part of parts) await erasePart(inner, part, place)
        if (whose.person !== undefined) await erasePerson(inner, { ...whose, person: whose.person })
        await eraseLeftovers(inner)
        return found
      }),
    eraseSome: (workspace, limit) =>
      database.atomically(async (inner) => {
        for (const part of parts) if ((await erasePart(inner, part, workspace, limit)) === limit) return false
        await eraseLeftovers(inner)
        return true
      }),
    retire: (round, limit) => database.atomically((inner) => retireSome(inner, round, limit)),
  }
}

async function placesOf(database: Database, whose: Whose): Promise<ErasedPlace[]> {
  if (whose.person === undefined) return [{ platform: whose.platform, workspace: whose.workspace }]
  return ownChannels(database, { ...whose, person: whose.person })
}

async function holdings(database: Database, whose: Whose): Promise<Holding[]> {
  const found = new Map<HoldingKind, number>()
  const add = (of: HoldingKind, many: number) => found.set(of, (found.get(of) ?? 0) + many)
  for (const place of await placesOf(database, whose)) {
    for (const { table, where, of } of parts) if (of !== undefined) add(of, await countRows(database, table, where(place)))
  }
  if (whose.person !== undefined) {
    for (const { of, many } of await personHoldings(database, { ...whose, person: whose.person })) add(of, many)
  }
  return [...found].filter(([, many]) => many > 0).map(([of, many]) => ({ of, many }))
}

/** Answers how many rows went: `limit` at most. */
async function erasePart(database: Database, { table, where }: Part, place: ErasedPlace, limit?: number): Promise<number> {
  const which =
    limit === undefined
      ? where(place)
      : sql`(${keyColumns(table)}) IN (SELECT ${keyColumns(table)} FROM ${raw(table)} WHERE ${where(place)} LIMIT ${limit})`
  if (table === 'deliveries') return eraseDeliveries(database, which)
  return database.run(sql`DELETE FROM ${raw(table)} WHERE ${which}`)
}

/**
 * Feeds that nobody follows any more, whose addresses may be secrets of their own, slots and verdicts of what is no more, and
 * messages that nothing carries. Whose they were is not known; nobody needs them.
 */
async function eraseLeftovers(database: Database): Promise<void> {
  for (const table of ['offers', 'readings', 'feeds']) await database.run(sql`DELETE FROM ${raw(table)} WHERE ${isUnfollowed}`)
  await database.run(sql`DELETE FROM slots WHERE ${isUnscheduled}`)
  await database.run(sql`DELETE FROM verdicts WHERE ${isUnsubscribed}`)
  await database.run(sql`DELETE FROM messages WHERE ${isUnused}`)
}

/** With what they say, unless another delivery says the same. */
async function eraseDeliveries(database: Database, which: Sql): Promise<number> {
  const gone = await database.rows<{ id: number; message: string }>(
    sql`DELETE FROM deliveries WHERE ${which} RETURNING id, message`,
  )
  const edits = await database.rows<{ message: string }>(
    gone.length === 0
      ? sql`SELECT message FROM edits WHERE 1 = 0`
      : sql`DELETE FROM edits
      WHERE NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.id = edits.delivery) RETURNING message`,
  )
  const messages = [...new Set([...gone, ...edits].map(({ message }) => message))]
  await runWithin(database, messages, (list) => sql`DELETE FROM messages WHERE hash IN (${list}) AND ${isUnused}`)
  return gone.length
}

function isIn({ platform, workspace, channel }: ErasedPlace): Sql {
  const within = channel === undefined ? empty : sql`AND channel = ${channel}`
  return sql`platform = ${platform} AND workspace = ${workspace} ${within}`
}

/** No channel is installed by itself. */
function isInstallationOf({ platform, workspace, channel }: ErasedPlace): Sql {
  return channel === undefined ? sql`platform = ${platform} AND workspace = ${workspace}` : sql`1 = 0`
}
