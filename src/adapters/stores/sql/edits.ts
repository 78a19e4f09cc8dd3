// Posted messages that are to say something else: the newest blocks of each, until the platform has taken them. An edit's
// revision is its row's number, which is never given again: what was taken before it was replaced settles nothing.
import sql, { join } from 'sql-template-tag'
import type { Edit } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import type { Block } from '#core/reply.ts'
import { type Database, toColumn } from './database.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts'
import { isOpen } from './places.ts'
import { hashOf, keepMessages } from './record.ts'

type EditRow = DeliveryRow & { readonly ref: string; readonly revision: number; readonly edit_attempt: number }

/** As Ledger.edit says; `database` is that of a running transaction. */
export async function setEdit(database: Database, id: number, blocks: readonly Block[], now: string): Promise<void> {
  const message = hashOf(blocks)
  await keepMessages(database, [blocks])
  await database.run(sql`DELETE FROM edits WHERE delivery = ${id}`)
  const untried = await database.run(
    sql`UPDATE deliveries SET message = ${message} WHERE id = ${id} AND state = 'pending' AND attempt = 0`,
  )
  if (untried === 1) return
  await database.run(sql`INSERT INTO edits (delivery, message, not_before)
    SELECT id, ${message}, ${toColumn(now)} FROM deliveries WHERE id = ${id} AND state <> 'cancelled'`)
}

export async function dueEdits(database: Database, options: Parameters<Ledger['dueEdits']>[0]): Promise<Edit[]> {
  const { limit, platforms } = options
  const now = toColumn(options.now)
  if (platforms.length === 0) return []
  const rows = await database.rows<EditRow>(sql`
    SELECT ${DELIVERY_COLUMNS}, edits.revision, edits.attempt AS edit_attempt
    FROM edits JOIN deliveries ON deliveries.id = edits.delivery JOIN messages ON messages.hash = edits.message
    WHERE edits.not_before <= ${now} AND deliveries.state = 'sent' AND deliveries.ref IS NOT NULL
      AND deliveries.platform IN (${join([...platforms])}) AND ${isOpen(now)}
    ORDER BY edits.not_before, edits.delivery LIMIT ${limit}`)
  return rows.map((row) => ({
    delivery: { ...toDelivery(row), ref: row.ref },
    revision: row.revision,
    attempt: row.edit_attempt,
  }))
}

/** As Ledger.settleEdit says; `database` is that of a running transaction. What was edited is what the delivery says from now on. */
export async function settleEdit(
  database: Database,
  { delivery, revision }: Edit,
  outcome: Parameters<Ledger['settleEdit']>[1],
): Promise<void> {
  const same = sql`delivery = ${delivery.id} AND revision = ${revision}`
  if (outcome !== 'done') {
    const notBefore = toColumn(outcome.notBefore)
    await database.run(sql`UPDATE edits SET attempt = attempt + 1, not_before = ${notBefore} WHERE ${same}`)
    return
  }
  const [done] = await database.rows<{ message: string }>(sql`DELETE FROM edits WHERE ${same} RETURNING message`)
  if (done) await database.run(sql`UPDATE deliveries SET message = ${done.message} WHERE id = ${delivery.id}`)
}
