// Whether a database still is the one it was: a dump that was restored, and a standby that took over, may know less.
import pg from 'pg'
import { connected, nameOf } from './open.ts'

/** The tables themselves: restored ones are others. */
const TABLES = "SELECT 'deliveries'::regclass::oid::text AS life"
/** The server, its timeline, which a standby raises when it takes over, and its start where commits do not reach the disk. */
const SERVER = `SELECT concat_ws(' ', system_identifier, timeline_id,
    CASE WHEN 'off' IN (current_setting('synchronous_commit'), current_setting('fsync')) THEN pg_postmaster_start_time() END)
  AS life FROM pg_control_system(), pg_control_checkpoint()`
const MAY_NOT = '42501'

/** Another text whenever the database may have forgotten what was committed last. Rejects with ConfigError or StoreError. */
export async function lifeOf(url: string): Promise<string> {
  const name = nameOf(url)
  return connected(url, name, async (client) => {
    const tables = await client.query(TABLES)
    const server = await client.query(SERVER).catch((error) => {
      // Some servers do not tell everybody.
      if (error instanceof pg.DatabaseError && error.code === MAY_NOT) return { rows: [] }
      throw error
    })
    return [...tables.rows, ...server.rows].map(({ life }) => life).join(' ')
  })
}
