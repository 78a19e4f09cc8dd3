// A delivery as a row, its message beside it, and the key that makes it one of a kind.
import sql, { type Sql } from 'sql-template-tag'
import type { Delivery, DeliveryKind, DeliveryState } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import { columnsOf, fromColumn, fromColumnOrNull, present, type ThreadColumns, toDestination } from './database.ts'
import { sha256 } from './sha256.ts'

export interface DeliveryRow extends ThreadColumns {
  readonly id: number
  readonly dedupe_key: string
  readonly kind: DeliveryKind
  readonly subject: string
  readonly part: number
  readonly state: DeliveryState
  readonly attempt: number
  readonly fence: number
  readonly first_try_at: string | null
  readonly not_before: string
  readonly created_at: string
  readonly settled_at: string | null
  readonly ref: string | null
  readonly error: string | null
  readonly template: string | null
  readonly blocks: string
  readonly parent_ref: string | null
}

/** What toDelivery needs, of DELIVERIES. */
export const DELIVERY_COLUMNS: Sql = sql`deliveries.id, deliveries.dedupe_key, deliveries.platform, deliveries.workspace,
  deliveries.channel, deliveries.thread, deliveries.kind, deliveries.subject, deliveries.part, deliveries.state, deliveries.attempt,
  deliveries.fence, deliveries.first_try_at, deliveries.not_before, deliveries.created_at, deliveries.settled_at,
  deliveries.ref, deliveries.error, deliveries.template, messages.blocks,
  (SELECT parents.ref FROM deliveries AS parents WHERE parents.dedupe_key = deliveries.parent) AS parent_ref`

export const DELIVERIES: Sql = sql`deliveries JOIN messages ON messages.hash = deliveries.message`

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    destination: toDestination(row),
    kind: row.kind,
    subject: row.subject,
    part: row.part,
    blocks: JSON.parse(row.blocks),
    state: row.state,
    attempt: row.attempt,
    fence: row.fence,
    notBefore: fromColumn(row.not_before),
    createdAt: fromColumn(row.created_at),
    ...present({
      parentRef: row.parent_ref,
      firstTryAt: fromColumnOrNull(row.first_try_at),
      settledAt: fromColumnOrNull(row.settled_at),
      ref: row.ref,
      error: row.error,
      template: row.template,
    }),
  }
}

/** SHA-256 in hexadecimal over platform, workspace, channel, thread or parent, kind, subject and part. */
export function dedupeKey({ destination, parent = '', kind, subject, part }: Parameters<Ledger['keyOf']>[0]): string {
  const [platform, workspace, channel, thread] = columnsOf(destination)
  return sha256(JSON.stringify([platform, workspace, channel, thread || parent, kind, subject, part]))
}
