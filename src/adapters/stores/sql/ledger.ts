// The delivery ledger: what is to be posted, who is posting it, and what came of it. Each step is one transaction.
import sql, { join, type Sql } from 'sql-template-tag'
import type { Claim, Delivery, DeliveryState, Outcome } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import { claimDue, createTurns } from './claim.ts'
import { type Database, fromColumn, isOf, isOfChannel, toColumn } from './database.ts'
import { DELIVERIES, DELIVERY_COLUMNS, type DeliveryRow, dedupeKey, toDelivery } from './delivery-row.ts'
import { doubtPending } from './doubt.ts'
import { dueEdits, setEdit, settleEdit } from './edits.ts'
import { joinedInto } from './joined.ts'
import { rowsWithin } from './lists.ts'
import { closePlace, openFrom, reopenPlace } from './places.ts'
import { recordDeliveries } from './record.ts'
import { buryReplies, dropDelivery, retryDelivery } from './replies.ts'
import { waitingByState } from './waiting.ts'

const NONE: Readonly<Record<DeliveryState, number>> = { pending: 0, sending: 0, uncertain: 0, sent: 0, dead: 0, cancelled: 0 }

export function createLedger(database: Database): Ledger {
  const deliveries = async (which: Sql): Promise<Delivery[]> =>
    (await database.rows<DeliveryRow>(sql`SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERIES} ${which}`)).map(toDelivery)
  const turns = createTurns()

  return {
    record: async (fresh, now) => (fresh.length === 0 ? [] : database.atomically((inner) => recordDeliveries(inner, fresh, now))),
    claim: (options) => database.beside((inner) => claimDue(inner, 'pending', options, turns)),
    claimUncertain: (options) => database.beside((inner) => claimDue(inner, 'uncertain', options, turns)),

    // One that expired and that nobody took over yet is still settled by who tried it: what it knows is the truth.
    settle(id, fence, outcome, now) {
      const settle = async (inner: Database) => {
        const settled = await inner.run(sql`
          UPDATE deliveries SET ${outcomeColumns(outcome, now)}, lease_until = NULL
          WHERE id = ${id} AND fence = ${fence} AND state IN ('sending', 'uncertain')`)
        if (settled === 1 && outcome.state === 'dead') await buryReplies(inner, id, now)
        return settled === 1
      }
      // No reply is recorded while its parent dies.
      return outcome.state === 'dead' ? database.atomically(settle) : settle(database)
    },

    expire: (leaseEndedBefore, now) =>
      database.run(sql`
        UPDATE deliveries SET state = 'uncertain', not_before = ${openFrom(toColumn(now))}, lease_until = NULL,
          error = 'The attempt was cut short.'
        WHERE state = 'sending' AND lease_until < ${toColumn(leaseEndedBefore)}`),

    doubt: (doubt) => database.atomically((inner) => doubtPending(inner, doubt)),

    list: async (states, limit) =>
      states.length === 0 ? [] : deliveries(sql`WHERE state IN (${join([...states])}) ORDER BY id LIMIT ${limit}`),
    latest: async (states, limit) =>
      states.length === 0 ? [] : deliveries(sql`WHERE state IN (${join([...states])}) ORDER BY id DESC LIMIT ${limit}`),

    async counts() {
      const rows = await database.rows<{ state: DeliveryState; many: number }>(
        sql`SELECT state, count(*) AS many FROM deliveries GROUP BY state`,
      )
      return { ...NONE, ...Object.fromEntries(rows.map(({ state, many }) => [state, many])) }
    },

    waiting: () => waitingByState(database),

    retry: (id, now) => database.atomically((inner) => retryDelivery(inner, id, now)),
    drop: (id, now) => database.atomically((inner) => dropDelivery(inner, id, now)),

    ofDestination: async (destination, states) =>
      states.length === 0
        ? []
        : deliveries(sql`WHERE ${isOf(destination, 'deliveries')} AND deliveries.state IN (${join([...states])})
            ORDER BY deliveries.id`),

    async postedSince(channel, since) {
      const rows = await database.rows(sql`SELECT 1 FROM deliveries
        WHERE ${isOfChannel(channel)} AND state = 'sent' AND settled_at >= ${toColumn(since)} LIMIT 1`)
      return rows.length > 0
    },

    claimsOf: ({ id, destination }) =>
      database.rows<Claim>(
        sql`SELECT paper, event FROM claims WHERE ${isOf(destination)} AND delivery = ${id} ORDER BY paper, event`,
      ),

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

    async latestNews() {
      const [row] = await database.rows<{ id: number }>(
        sql`SELECT id FROM deliveries WHERE kind <> 'notice' ORDER BY id DESC LIMIT 1`,
      )
      return row?.id ?? 0
    },

    keyOf: dedupeKey,
    byId: async (id) => (await deliveries(sql`WHERE deliveries.id = ${id}`))[0],
    byKey: async (key) => (await deliveries(sql`WHERE deliveries.dedupe_key = ${key}`))[0],

    async lastSent(destination) {
      const [row] = await database.rows<{ at: string | null }>(sql`
        SELECT max(settled_at) AS at FROM deliveries
        WHERE ${isOf(destination)} AND state = 'sent' AND kind <> 'notice'`)
      return row?.at ? fromColumn(row.at) : undefined
    },

    async alertsSince(destination, since) {
      const [row] = await database.rows<{ many: number }>(sql`
        SELECT count(*) AS many FROM deliveries
        WHERE ${isOf(destination)} AND kind = 'alert' AND part = 0 AND created_at >= ${toColumn(since)}`)
      return row?.many ?? 0
    },

    async alertsOfPaper(paper) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      const rows = await database.rows<DeliveryRow>(sql`
        SELECT ${DELIVERY_COLUMNS} FROM deliveries LEFT JOIN edits ON edits.delivery = deliveries.id
          JOIN messages ON messages.hash = coalesce(edits.message, deliveries.message)
        WHERE deliveries.kind = 'alert' AND deliveries.id IN (SELECT delivery FROM claims WHERE paper = ${number})
        ORDER BY deliveries.id`)
      return rows.map(toDelivery)
    },

    close: (place, until) => database.atomically((inner) => closePlace(inner, place, until)),
    reopen: (place, now) => database.atomically((inner) => reopenPlace(inner, place, now)),
    edit: (id, blocks, now) => database.atomically((inner) => setEdit(inner, id, blocks, now)),
    dueEdits: (options) => dueEdits(database, options),
    settleEdit: (edit, outcome) => database.atomically((inner) => settleEdit(inner, edit, outcome)),
  }
}

function outcomeColumns(outcome: Outcome, now: string): Sql {
  switch (outcome.state) {
    case 'sent':
      return sql`state = 'sent', ref = ${outcome.ref}, settled_at = ${toColumn(now)}, error = NULL`
    case 'dead':
      return sql`state = 'dead', settled_at = ${toColumn(now)}, error = ${outcome.error}`
    default:
      return sql`state = ${outcome.state}, not_before = ${openFrom(toColumn(outcome.notBefore))}, error = ${outcome.error},
        attempt = attempt - ${outcome.untried ? 1 : 0}`
  }
}
