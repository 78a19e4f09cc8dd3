// A PostgreSQL database as one side of a copy.
import sql from 'sql-template-tag'
import type { CopySide } from '#adapters/stores/copy.ts'
import { createPostgresDatabase } from './database.ts'
import { bringUp, createPool, nameOf } from './open.ts'

/** Makes the tables where there are none. Rejects with ConfigError or StoreError. */
export async function postgresSide(url: string): Promise<CopySide> {
  const name = nameOf(url)
  await bringUp(url, name)
  const database = createPostgresDatabase(createPool(url), name)
  return {
    database,
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
