// Records deliveries: first what each may still claim, then the delivery under its key, then its claims.
import sql, { type RawValue } from 'sql-template-tag'
import type { Claim, Delivery, NewDelivery } from '#core/delivery.ts'
import type { Block } from '#core/reply.ts'
import { columnsOf, type Database, isOf, toColumn, toColumnOrNull } from './database.ts'
import { DELIVERIES, DELIVERY_COLUMNS, type DeliveryRow, dedupeKey, toDelivery } from './delivery-row.ts'
import { sentSince } from './doubt.ts'
import { joinedInto } from './joined.ts'
import { insertRows, rowsWithin } from './lists.ts'
import { openFromIn } from './places.ts'
import { isLost } from './replies.ts'
import { sha256 } from './sha256.ts'

/** As Ledger.record says; `database` is that of a running transaction. */
export async function recordDeliveries(database: Database, fresh: readonly NewDelivery[], now: string): Promise<Delivery[]> {
  const into = await joinedInto(database, [...new Set(fresh.flatMap(({ claims }) => claims.map(({ paper }) => paper)))])
  const since = await sentSince(database, now)
  const ids: number[] = []
  for (const delivery of fresh) {
    const claims = delivery.claims.map(({ paper, event }) => ({ paper: into.get(paper) ?? paper, event }))
    const open = await openClaims(database, delivery, claims)
    if (claims.length > 0 && open.length === 0) continue
    const id = await insertDelivery(database, delivery, toColumn(now), since)
    if (id === undefined) continue
    await insertRows(
      database,
      'claims (platform, workspace, channel, thread, paper, event, delivery)',
      open.map(({ paper, event }) => [...columnsOf(delivery.destination), paper, event, id]),
      'ON CONFLICT DO NOTHING',
    )
    ids.push(id)
  }
  const rows = await rowsWithin<DeliveryRow>(
    database,
    ids,
    (list) => sql`SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERIES} WHERE deliveries.id IN (${list}) ORDER BY deliveries.id`,
  )
  return rows.map(toDelivery)
}

/** Those that nothing in the destination has claimed. */
async function openClaims(database: Database, { destination }: NewDelivery, claims: readonly Claim[]): Promise<Claim[]> {
  const made = await rowsWithin<Claim>(
    database,
    claims.map(({ paper }): RawValue => paper),
    (list) => sql`SELECT paper, event FROM claims WHERE ${isOf(destination)} AND paper IN (${list})`,
  )
  const taken = new Set(made.map(({ paper, event }) => `${paper} ${event}`))
  return claims.filter(({ paper, event }) => !taken.has(`${paper} ${event}`))
}

/** Undefined where the key is known. */
async function insertDelivery(
  database: Database,
  delivery: NewDelivery,
  now: string,
  since: string | undefined,
): Promise<number | undefined> {
  const [platform, workspace, channel, thread] = columnsOf(delivery.destination)
  const message = await keepMessage(database, delivery.blocks)
  const parent = delivery.parent ?? null
  const state = since === undefined ? 'pending' : 'uncertain'
  const due = delivery.notBefore === undefined ? now : toColumn(delivery.notBefore)
  const [row] = await database.rows<{ id: number }>(sql`
    INSERT INTO deliveries (dedupe_key, platform, workspace, channel, thread, kind, subject, part, parent, message, template,
      state, first_try_at, not_before, created_at)
    VALUES (${dedupeKey(delivery)}, ${platform}, ${workspace}, ${channel}, ${thread}, ${delivery.kind}, ${delivery.subject},
      ${delivery.part}, CASE WHEN ${isLost(parent)} THEN NULL ELSE ${parent} END, ${message}, ${delivery.template ?? null},
      ${state}, ${toColumnOrNull(since)}, ${openFromIn(delivery.destination, due)}, ${now})
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`)
  return row?.id
}

/** Keeps a message once, however many deliveries carry it; answers its hash. */
export async function keepMessage(database: Database, of: readonly Block[]): Promise<string> {
  const blocks = JSON.stringify(of)
  const hash = sha256(blocks)
  await database.run(sql`INSERT INTO messages (hash, blocks) VALUES (${hash}, ${blocks}) ON CONFLICT (hash) DO NOTHING`)
  return hash
}
