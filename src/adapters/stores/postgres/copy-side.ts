// A PostgreSQL database as one side of a copy.
import sql, { raw } from 'sql-template-tag'
import type { CopySide } from '#adapters/stores/copy.ts'
import { TABLES } from '#adapters/stores/sql/tables.ts'
import { createPostgresDatabase } from './database.ts'
import { bringUp, createPool, nameOf } from './open.ts'

/** What a server may have for its users: while the other side reads or counts, this one is idle, and counting takes its time. */
const TIMEOUTS = ['statement_timeout', 'idle_in_transaction_session_timeout']

/** Makes the tables where there are none. Rejects with ConfigError or StoreError. */
export async function postgresSide(url: string): Promise<CopySide> {
  const name = nameOf(url)
  await bringUp(url, name)
  const database = createPostgresDatabase(createPool(url, { isHasty: false }), name)
  return {
    database,
    async hold(database) {
      for (const timeout of TIMEOUTS) await database.run(sql`SET LOCAL ${raw(timeout)} = 0`)
      // Others read on; whoever writes, in whatever transaction, waits.
      await database.run(sql`LOCK TABLE ${raw(Object.keys(TABLES).join(', '))} IN EXCLUSIVE MODE`)
    },
    async lastNumber(database, { table, column }) {
      const [row] = await database.rows<{ last: number | null }>(
        sql`SELECT pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass) AS last`,
      )
      return row?.last ?? 0
    },
    async setLastNumber(database, { table, column }, last) {
      await database.rows(sql`SELECT setval(pg_get_serial_sequence(${table}, ${column}), ${last})`)
    },
    close: () => database.close(),
  }
}
