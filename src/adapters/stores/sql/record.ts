// Records deliveries, many at once as if they were recorded one after the other: those under new keys, then their claims. A
// delivery that finds all of its claims made goes again; the others get their messages.
import sql, { type RawValue } from 'sql-template-tag'
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import type { Block } from '#core/reply.ts'
import { columnsOf, type Database, toColumn, toColumnOrNull } from './database.ts'
import { DELIVERIES, DELIVERY_COLUMNS, type DeliveryRow, dedupeKey, toDelivery } from './delivery-row.ts'
import { sentSince } from './doubt.ts'
import { joinedInto } from './joined.ts'
import { insertReturning, insertRows, rowsWithin, runWithin } from './lists.ts'
import { openingOf } from './places.ts'
import { lostOf } from './replies.ts'
import { sha256 } from './sha256.ts'

interface Numbered {
  readonly id: number
  readonly delivery: NewDelivery
}

/** As Ledger.record says; `database` is that of a running transaction. */
export async function recordDeliveries(database: Database, given: readonly NewDelivery[], now: string): Promise<Delivery[]> {
  const recorded: Delivery[] = []
  for (const batch of eachKeyOnce(given)) recorded.push(...(await recordBatch(database, batch, now)))
  return recorded
}

/** As recordDeliveries, of deliveries by their keys. */
async function recordBatch(database: Database, batch: ReadonlyMap<string, NewDelivery>, now: string): Promise<Delivery[]> {
  const fresh = await withoutKnown(database, batch)
  const inserted = await insertReturning<{ id: number; dedupe_key: string }>(
    database,
    `deliveries (dedupe_key, platform, workspace, channel, thread, kind, subject, part, parent, message, template, state,
      first_try_at, not_before, created_at)`,
    await rowsOf(database, fresh, now),
    'RETURNING id, dedupe_key',
  )
  const ids = new Map(inserted.map(({ id, dedupe_key }) => [dedupe_key, id]))
  const numbered = [...fresh].map(([key, delivery]) => ({ id: ids.get(key) ?? 0, delivery }))
  const claiming = await claim(database, numbered)
  const hasPoint = ({ id, delivery }: Numbered) => delivery.claims.length === 0 || claiming.has(id)
  const pointless = numbered.filter((one) => !hasPoint(one)).map(({ id }) => id)
  await runWithin(database, pointless, (list) => sql`DELETE FROM deliveries WHERE id IN (${list})`)
  const kept = numbered.filter(hasPoint)
  await keepMessages(
    database,
    kept.map(({ delivery }) => delivery.blocks),
  )
  const rows = await rowsWithin<DeliveryRow>(
    database,
    kept.map(({ id }) => id),
    (list) => sql`SELECT ${DELIVERY_COLUMNS} FROM ${DELIVERIES} WHERE deliveries.id IN (${list}) ORDER BY deliveries.id`,
  )
  return rows.map(toDelivery)
}

/** Keeps messages once, however many deliveries carry them. */
export async function keepMessages(database: Database, messages: readonly (readonly Block[])[]): Promise<void> {
  const rows = messages.map((blocks): [string, string] => [hashOf(blocks), JSON.stringify(blocks)])
  await insertRows(database, 'messages (hash, blocks)', [...new Map(rows)], 'ON CONFLICT (hash) DO NOTHING')
}

/** The name of a message in `messages`. */
export function hashOf(blocks: readonly Block[]): string {
  return sha256(JSON.stringify(blocks))
}

/** In their order, in as many batches as a key comes again. */
function* eachKeyOnce(given: readonly NewDelivery[]): Generator<Map<string, NewDelivery>> {
  let batch = new Map<string, NewDelivery>()
  for (const delivery of given) {
    const key = dedupeKey(delivery)
    if (batch.has(key)) {
      yield batch
      batch = new Map()
    }
    batch.set(key, delivery)
  }
  yield batch
}

async function withoutKnown(database: Database, batch: ReadonlyMap<string, NewDelivery>): Promise<Map<string, NewDelivery>> {
  const known = await rowsWithin<{ dedupe_key: string }>(
    database,
    [...batch.keys()],
    (list) => sql`SELECT dedupe_key FROM deliveries WHERE dedupe_key IN (${list})`,
  )
  const fresh = new Map(batch)
  for (const { dedupe_key } of known) fresh.delete(dedupe_key)
  return fresh
}

async function rowsOf(database: Database, fresh: ReadonlyMap<string, NewDelivery>, now: string): Promise<RawValue[][]> {
  const since = await sentSince(database, now)
  const all = [...fresh.values()]
  const lost = await lostOf(
    database,
    all.flatMap(({ parent }) => parent ?? []),
  )
  const openFrom = await openingOf(
    database,
    all.map(({ destination }) => destination),
  )
  return [...fresh].map(([key, { destination, kind, subject, part, parent, blocks, template, notBefore }]) => {
    const under = parent === undefined || lost.has(parent) ? null : parent
    const posting = [kind, subject, part, under, hashOf(blocks), template ?? null]
    const state = since === undefined ? 'pending' : 'uncertain'
    const due = openFrom(destination, toColumn(notBefore ?? now))
    return [key, ...columnsOf(destination), ...posting, state, toColumnOrNull(since), due, toColumn(now)]
  })
}

/** Makes the claims that nothing in their destinations has made, the first of two first; answers whose any of them are. */
async function claim(database: Database, numbered: readonly Numbered[]): Promise<Set<number>> {
  const papers = numbered.flatMap(({ delivery }) => delivery.claims.map(({ paper }) => paper))
  const into = await joinedInto(database, [...new Set(papers)])
  const made = await insertReturning<{ delivery: number }>(
    database,
    'claims (platform, workspace, channel, thread, paper, event, delivery)',
    numbered.flatMap(({ id, delivery: { destination, claims } }) =>
      claims.map(({ paper, event }): RawValue[] => [...columnsOf(destination), into.get(paper) ?? paper, event, id]),
    ),
    'ON CONFLICT DO NOTHING RETURNING delivery',
  )
  return new Set(made.map(({ delivery }) => delivery))
}
