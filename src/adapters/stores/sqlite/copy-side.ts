// A database file as one side of a copy.
import sql from 'sql-template-tag'
import type { CopySide } from '#adapters/stores/copy.ts'
import { createSqliteDatabase } from './database.ts'
import { openDatabaseFile } from './open.ts'

/** Makes the file where there is none. Throws ConfigError or StoreError. */
export function sqliteSide(path: string): CopySide {
  const database = createSqliteDatabase(openDatabaseFile(path), path)
  return {
    database,
    // One transaction that writes is all that SQLite lets in.
    hold: async () => undefined,
    async lastNumber(database, { table }) {
      const [row] = await database.rows<{ seq: number }>(sql`SELECT seq FROM sqlite_sequence WHERE name = ${table}`)
      return row?.seq ?? 0
    },
    async setLastNumber(database, { table }, last) {
      await database.run(sql`DELETE FROM sqlite_sequence WHERE name = ${table}`)
      await database.run(sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${last})`)
    },
    close: () => database.close(),
  }
}
