// Small facts of the installation, and the counters that number papers and their changes.
import sql from 'sql-template-tag'
import type { MetaStore } from '#core/ports/store.ts'
import type { Database } from './database.ts'

export function createMetaStore(database: Database): MetaStore {
  return {
    async get(key) {
      const [row] = await database.rows<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${key}`)
      return row?.value
    },
    async set(key, value) {
      await database.run(
        sql`INSERT INTO meta (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
    },
  }
}

/**
 * Raises a counter by `steps` and answers what it was before. Until the transaction ends nobody else can raise it, so
 * that what is numbered by it becomes visible in the order of its numbers.
 */
export async function raiseCounter(database: Database, name: 'paper' | 'change', steps: number): Promise<number> {
  const [row] = await database.rows<{ value: number }>(
    sql`UPDATE counters SET value = value + ${steps} WHERE name = ${name} RETURNING value`,
  )
  return (row?.value ?? 0) - steps
}
