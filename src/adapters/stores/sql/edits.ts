// Posted messages that are to say something else: the newest blocks of each, until the platform has taken them.
import sql, { join } from 'sql-template-tag'
import type { Edit } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/store.ts'
import type { Block } from '#core/reply.ts'
import { type Database, toColumn } from './database.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts'
import { keepMessage } from './record.ts'

type EditRow = DeliveryRow & { readonly ref: string; readonly revision: number; readonly edit_attempt: number }

/** As Ledger.edit says; `database` is that of a running transaction. */
export async function setEdit(database: Database, id: number, blocks: readonly Block[], now: string): Promise<void> {
  const message = await keepMessage(database, blocks)
  const untried = await database.run(
    sql`UPDATE deliveries SET message = ${message} WHERE id = ${id} AND state = 'pending' AND attempt = 0`,
  )
  if (untried === 1) return
  await database.run(sql`
    INSERT INTO edits (delivery, message, revision, not_before) VALUES (${id}, ${message}, 1, ${toColumn(now)})
    ON CONFLICT (delivery) DO UPDATE SET message = excluded.message, revision = revision + 1, attempt = 0,
      not_before = excluded.not_before`)
}

export async function dueEdits(database: Database, options: Parameters<Ledger['dueEdits']>[0]): Promise<Edit[]> {
  const { now, limit, platforms } = options
  if (platforms.length === 0) return []
  const rows = await database.rows<EditRow>(sql`
    SELECT ${DELIVERY_COLUMNS}, edits.revision, edits.attempt AS edit_attempt
    FROM edits JOIN deliveries ON deliveries.id = edits.delivery JOIN messages ON messages.hash = edits.message
    WHERE edits.not_before <= ${toColumn(now)} AND deliveries.state = 'sent' AND deliveries.ref IS NOT NULL
      AND deliveries.platform IN (${join([...platforms])})
    ORDER BY edits.not_before, edits.delivery LIMIT ${limit}`)
  return rows.map((row) => ({
    delivery: { ...toDelivery(row), ref: row.ref },
    revision: row.revision,
    attempt: row.edit_attempt,
  }))
}

export async function settleEdit(database: Database, { delivery, revision }: Edit, outcome: Parameters<Ledger['settleEdit']>[1]) {
  const same = sql`delivery = ${delivery.id} AND revision = ${revision}`
  await database.run(
    outcome === 'done'
      ? sql`DELETE FROM edits WHERE ${same}`
      : sql`UPDATE edits SET attempt = attempt + 1, not_before = ${toColumn(outcome.notBefore)} WHERE ${same}`,
  )
}
