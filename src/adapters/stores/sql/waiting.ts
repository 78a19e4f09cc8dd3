// How long deliveries that are not over have been waiting, by their state.
import sql from 'sql-template-tag'
import type { DeliveryState } from '#core/delivery.ts'
import type { Waiting } from '#core/ports/ledger.ts'
import { type Database, fromColumn } from './database.ts'

interface Row {
  readonly state: DeliveryState
  readonly recorded: string
  readonly due: string | null
}

/** As Ledger.waiting says. */
export async function waitingByState(database: Database): Promise<{ [State in DeliveryState]?: Waiting }> {
  const rows = await database.rows<Row>(sql`
    SELECT state, min(created_at) AS recorded, min(CASE WHEN parent IS NULL OR EXISTS (
        SELECT 1 FROM deliveries AS parents WHERE parents.dedupe_key = deliveries.parent AND parents.state = 'sent')
      THEN not_before END) AS due
    FROM deliveries WHERE state IN ('pending', 'sending', 'uncertain') GROUP BY state`)
  return Object.fromEntries(
    rows.map(({ state, recorded, due }) => [
      state,
      { recordedAt: fromColumn(recorded), ...(due !== null && { dueAt: fromColumn(due) }) },
    ]),
  )
}
