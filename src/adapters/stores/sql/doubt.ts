// What a power loss leaves in doubt: the log of the database may have lost its end, and with it what was recorded and sent.
import sql from 'sql-template-tag'
import type { Ledger } from '#core/ports/store.ts'
import { type Database, fromColumn, toColumn } from './database.ts'
import { createMetaStore } from './meta.ts'

type Doubt = Parameters<Ledger['doubt']>[0]

const KEY = 'doubt'

/** As Ledger.doubt says; `database` is that of a running transaction. */
export async function doubtPending(database: Database, doubt: Doubt): Promise<number> {
  const since = toColumn(doubt.since)
  await createMetaStore(database).set(KEY, JSON.stringify(doubt))
  return database.run(sql`
    UPDATE deliveries SET state = 'uncertain', error = 'The power was lost, and it may have been sent before.',
      first_try_at = coalesce(first_try_at, CASE WHEN created_at > ${since} THEN created_at ELSE ${since} END)
    WHERE state = 'pending'`)
}

/** Since when what is recorded at `now` may have been sent; undefined where there is no doubt. */
export async function sentSince(database: Database, now: string): Promise<string | undefined> {
  const kept = await createMetaStore(database).get(KEY)
  if (kept === undefined) return undefined
  const { since, until }: Doubt = JSON.parse(kept)
  return toColumn(now) < toColumn(until) ? fromColumn(toColumn(since)) : undefined
}
