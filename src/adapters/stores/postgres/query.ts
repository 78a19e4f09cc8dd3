// One statement sent to PostgreSQL, with its values as PostgreSQL can keep them.
import type { QueryResult } from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import type { Query } from '#adapters/stores/sql/database.ts'

const NUL = /\0/g

export const SKIP_LOCKED: Sql = sql`FOR UPDATE SKIP LOCKED`

interface Asked {
  query(config: { text: string; values: unknown[] }): Promise<QueryResult>
}

export function answered(connection: Asked, { text, values }: Query): Promise<QueryResult> {
  return connection.query({ text, values: values.map(kept) })
}

/** PostgreSQL keeps no NUL in a text: U+FFFD stands for it, as it does for half a surrogate pair. */
function kept(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replace(NUL, '\uFFFD') : value
}
