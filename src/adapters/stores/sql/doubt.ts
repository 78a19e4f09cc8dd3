// What a power loss leaves in doubt: the log of the database may have lost its end, and with it what was recorded and sent.
import sql from 'sql-template-tag'
import type { Ledger } from '#core/ports/ledger.ts'
import { type Database, fromColumn, toColumn } from './database.ts'
import { createMetaStore } from './meta.ts'

type Doubt = Parameters<Ledger['doubt']>[0]

const KEY = 'doubt'

/** As Ledger.doubt says; `database` is that of a running transaction. A doubt that lasts still reaches back as far as it did. */
export async function doubtPending(database: Database, doubt: Doubt): Promise<number> {
  const before = await doubtBefore(database)
  const lasts = before !== undefined && toColumn(before.until) > toColumn(doubt.since)
  const since = toColumn(lasts && toColumn(before.since) < toColumn(doubt.since) ? before.since : doubt.since)
  await createMetaStore(database).set(KEY, JSON.stringify({ since: fromColumn(since), until: doubt.until }))
  return database.run(sql`
    UPDATE deliveries SET state = 'uncertain', error = 'The power was lost, and it may have been sent before.',
      first_try_at = coalesce(first_try_at, CASE WHEN created_at > ${since} THEN created_at ELSE ${since} END)
    WHERE state = 'pending'`)
}

/** Since when what is recorded at `now` may have been sent; undefined where there is no doubt. */
export async function sentSince(database: Database, now: string): Promise<string | undefined> {
  const doubt = await doubtBefore(database)
  return doubt !== undefined && toColumn(now) < toColumn(doubt.until) ? doubt.since : undefined
}

async function doubtBefore(database: Database): Promise<Doubt | undefined> {
  const kept = await createMetaStore(database).get(KEY)
  return kept === undefined ? undefined : JSON.parse(kept)
}
