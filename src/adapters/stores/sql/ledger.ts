// The delivery ledger: what is to be posted, who is posting it, and what came of it. Each step is one transaction.
import sql, { join, type Sql } from 'sql-template-tag'
import type { Delivery, DeliveryState, Outcome } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/store.ts'
import { claimDue } from './claim.ts'
import { type Database, isOf, toColumn } from './database.ts'
import { DELIVERIES, DELIVERY_COLUMNS, type DeliveryRow, dedupeKey, toDelivery } from './delivery-row.ts'
import { dueEdits, setEdit, settleEdit } from './edits.ts'
import { joinedInto } from './joined.ts'
import { rowsWithin } from './lists.ts'
import { closePlace, reopenPlace } from './places.ts'
import { recordDeliveries } from './record.ts'

const NONE: Readonly<Record<DeliveryState, number>> = { pending: 0, sending: 0, uncertain: 0, sent: 0, dead: 0, cancelled: 0 }

export function createLedger(database: Database): Ledger {
  const deliveries = async (which: Sql): Promise<Delivery[]> =>
    (await database.rows<DeliveryRow>(sql`SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERIES} ${which}`)).map(toDelivery)

  return {
    record: (fresh, now) => database.atomically((inner) => recordDeliveries(inner, fresh, now)),
    claim: (options) => database.atomically((inner) => claimDue(inner, 'pending', options)),
    claimUncertain: (options) => database.atomically((inner) => claimDue(inner, 'uncertain', options)),

    // One that expired and that nobody took over yet is still settled by who tried it: what it knows is the truth.
    async settle(id, fence, outcome, now) {
      const settled = await database.run(sql`
        UPDATE deliveries SET ${outcomeColumns(outcome, now)}, lease_until = NULL
        WHERE id = ${id} AND fence = ${fence} AND state IN ('sending', 'uncertain')`)
      return settled === 1
    },

    expire: (leaseEndedBefore, now) =>
      database.run(sql`
        UPDATE deliveries SET state = 'uncertain', not_before = ${toColumn(now)}, lease_until = NULL,
          error = 'The attempt was cut short.'
        WHERE state = 'sending' AND lease_until < ${toColumn(leaseEndedBefore)}`),

    doubt: (since) =>
      database.run(sql`
        UPDATE deliveries SET state = 'uncertain', first_try_at = coalesce(first_try_at, created_at),
          error = 'The power was lost about when it was due.'
        WHERE state = 'pending' AND (created_at >= ${toColumn(since)} OR not_before >= ${toColumn(since)})`),

    list: async (states, limit) =>
      states.length === 0 ? [] : deliveries(sql`WHERE state IN (${join([...states])}) ORDER BY id LIMIT ${limit}`),

    async counts() {
      const rows = await database.rows<{ state: DeliveryState; many: number }>(
        sql`SELECT state, count(*) AS many FROM deliveries GROUP BY state`,
      )
      return { ...NONE, ...Object.fromEntries(rows.map(({ state, many }) => [state, many])) }
    },

    // The fence rises, so that whoever tried it before can no longer settle it.
    async retry(id, now) {
      const again = await database.run(sql`
        UPDATE deliveries SET state = 'pending', fence = fence + 1, not_before = ${toColumn(now)}, settled_at = NULL, error = NULL
        WHERE id = ${id} AND state IN ('pending', 'uncertain', 'dead')`)
      return again === 1
    },

    drop: (id, now) => database.atomically((inner) => drop(inner, id, now)),

    async ofPaper(destination, paper) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      return deliveries(sql`WHERE deliveries.id IN (
        SELECT delivery FROM claims WHERE ${isOf(destination)} AND paper = ${number}) ORDER BY id`)
    },

    async claimed(destination, papers, event) {
      const into = await joinedInto(database, papers)
      const rows = await rowsWithin<{ paper: number }>(
        database,
        papers.map((paper) => into.get(paper) ?? paper),
        (list) => sql`SELECT paper FROM claims WHERE ${isOf(destination)} AND event = ${event} AND paper IN (${list})`,
      )
      const known = new Set(rows.map(({ paper }) => paper))
      return papers.filter((paper) => known.has(into.get(paper) ?? paper))
    },

    keyOf: dedupeKey,
    byKey: async (key) => (await deliveries(sql`WHERE deliveries.dedupe_key = ${key}`))[0],

    async alertsSince(destination, since) {
      const [row] = await database.rows<{ many: number }>(sql`
        SELECT count(*) AS many FROM deliveries
        WHERE ${isOf(destination)} AND kind = 'alert' AND part = 0 AND created_at >= ${toColumn(since)}`)
      return row?.many ?? 0
    },

    async alertsOfPaper(paper) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      return deliveries(sql`WHERE deliveries.kind = 'alert' AND deliveries.id IN (
        SELECT delivery FROM claims WHERE paper = ${number}) ORDER BY id`)
    },

    close: (place, until) => database.atomically((inner) => closePlace(inner, place, until)),
    reopen: (place, now) => database.atomically((inner) => reopenPlace(inner, place, now)),
    edit: (id, blocks, now) => database.atomically((inner) => setEdit(inner, id, blocks, now)),
    dueEdits: (options) => dueEdits(database, options),
    settleEdit: (edit, outcome) => settleEdit(database, edit, outcome),
  }
}

function outcomeColumns(outcome: Outcome, now: string): Sql {
  switch (outcome.state) {
    case 'sent':
      return sql`state = 'sent', ref = ${outcome.ref}, settled_at = ${toColumn(now)}, error = NULL`
    case 'dead':
      return sql`state = 'dead', settled_at = ${toColumn(now)}, error = ${outcome.error}`
    default:
      return sql`state = ${outcome.state}, not_before = ${toColumn(outcome.notBefore)}, error = ${outcome.error},
        attempt = attempt - ${outcome.untried ? 1 : 0}`
  }
}

/** Whatever waits for a dropped delivery to be posted in its thread can never be posted, and is dropped with it. */
async function drop(database: Database, id: number, now: string): Promise<boolean> {
  const cancelled = sql`state = 'cancelled', fence = fence + 1, settled_at = ${toColumn(now)}`
  const droppable = sql`state IN ('pending', 'uncertain', 'dead')`
  if ((await database.run(sql`UPDATE deliveries SET ${cancelled} WHERE id = ${id} AND ${droppable}`)) === 0) return false
  await database.run(sql`UPDATE deliveries SET ${cancelled}
    WHERE parent = (SELECT dedupe_key FROM deliveries WHERE id = ${id}) AND ${droppable}`)
  return true
}
