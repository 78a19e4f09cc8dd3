// Takes due deliveries: one of each workspace in turn, whoever was served longest ago first, then whoever has waited longest,
// until the limit or nothing is left.
import sql from 'sql-template-tag'
import type { Delivery } from '#core/delivery.ts'
import type { Claiming } from '#core/ports/ledger.ts'
import { type Database, toColumn } from './database.ts'
import { DELIVERIES, DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts'
import { rowsWithin } from './lists.ts'

interface Queue {
  readonly platform: string
  readonly workspace: string
  /** When its first delivery was due. */
  readonly due: string
}

/** Remembers which workspaces were served, so that turns go on from claim to claim. */
export interface Turns {
  /** Rises from turn to turn; 0 for whoever was not served lately. */
  last(queue: Queue): number
  serve(queue: Queue): void
}

const MOST_TURNS = 10_000

export function createTurns(): Turns {
  const turns = new Map<string, number>()
  let turn = 0
  const key = ({ platform, workspace }: Queue) => JSON.stringify([platform, workspace])
  return {
    last: (queue) => turns.get(key(queue)) ?? 0,
    serve(queue) {
      turns.delete(key(queue))
      turns.set(key(queue), ++turn)
      const [oldest] = turns.keys()
      if (turns.size > MOST_TURNS && oldest !== undefined) turns.delete(oldest)
    },
  }
}

/** As Ledger.claim says; `database` is that of a running transaction. */
export async function claimDue(
  database: Database,
  state: 'pending' | 'uncertain',
  options: Claiming,
  turns: Turns,
): Promise<Delivery[]> {
  const at = toColumn(options.now)
  const ids = options.only === undefined ? await dueIds(database, state, options, turns) : [options.only]
  // Not `state =`: for that an index would be searched, through all deliveries of the state.
  const taken = await rowsWithin<{ id: number }>(
    database,
    ids,
    (list) => sql`UPDATE deliveries SET state = 'sending', attempt = attempt + 1, fence = fence + 1,
      lease_until = ${toColumn(options.leaseUntil)}, first_try_at = coalesce(first_try_at, ${at})
      WHERE id IN (${list}) AND NOT (state <> ${state}) RETURNING id`,
  )
  const rows = await rowsWithin<DeliveryRow>(
    database,
    taken.map(({ id }) => id),
    (list) => sql`SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERIES} WHERE deliveries.id IN (${list})`,
  )
  const place = new Map(ids.map((id, turn) => [id, turn]))
  return rows.map(toDelivery).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

async function dueIds(
  database: Database,
  state: 'pending' | 'uncertain',
  { now, limit, platforms }: Claiming,
  turns: Turns,
): Promise<number[]> {
  const at = toColumn(now)
  const queues = (await Promise.all(platforms.map((platform) => queuesOf(database, state, platform, at)))).flat()
  queues.sort((a, b) => turns.last(a) - turns.last(b) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const lines: number[][] = []
  for (const queue of queues) {
    if (lines.length === limit) break
    const due = await dueIn(database, state, queue, at, limit)
    if (due.length === 0) continue
    lines.push(due)
    turns.serve(queue)
  }
  return inTurns(lines, limit)
}

/** The platform's workspaces with anything due, by hopping from one to the next in the index, however much each has. */
function queuesOf(database: Database, state: string, platform: string, now: string): Promise<Queue[]> {
  return database.rows<Queue>(sql`
    WITH RECURSIVE queues (workspace) AS (
      SELECT min(workspace) FROM deliveries WHERE state = ${state} AND platform = ${platform}
      UNION ALL
      SELECT (SELECT min(workspace) FROM deliveries
        WHERE state = ${state} AND platform = ${platform} AND workspace > queues.workspace)
      FROM queues WHERE queues.workspace IS NOT NULL
    ), heads AS (
      SELECT ${platform} AS platform, workspace, (SELECT min(not_before) FROM deliveries
        WHERE state = ${state} AND platform = ${platform} AND deliveries.workspace = queues.workspace) AS due
      FROM queues WHERE workspace IS NOT NULL
    )
    SELECT platform, workspace, due FROM heads WHERE due <= ${now}`)
}

async function dueIn(database: Database, state: string, queue: Queue, now: string, limit: number): Promise<number[]> {
  const rows = await database.rows<{ id: number }>(sql`
    SELECT id FROM deliveries
    WHERE state = ${state} AND platform = ${queue.platform} AND workspace = ${queue.workspace} AND not_before <= ${now}
      AND (parent IS NULL OR EXISTS (
        SELECT 1 FROM deliveries AS parents WHERE parents.dedupe_key = deliveries.parent AND parents.state = 'sent'))
    ORDER BY not_before, id LIMIT ${limit} ${database.freeRows}`)
  return rows.map(({ id }) => id)
}

function inTurns(lines: readonly (readonly number[])[], limit: number): number[] {
  const longest = Math.max(0, ...lines.map((line) => line.length))
  const turns = Array.from({ length: longest }, (_, turn) => lines.flatMap((line) => line[turn] ?? []))
  return turns.flat().slice(0, limit)
}
