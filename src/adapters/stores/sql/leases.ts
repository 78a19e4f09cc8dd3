// Leases that processes take one after another, and events that one of them takes.
import sql, { empty } from 'sql-template-tag'
import type { EventStore, LeaseStore } from '#core/ports/lease-store.ts'
import { type Database, toColumn } from './database.ts'
import { keyText } from './key-text.ts'

export function createLeaseStore(database: Database): LeaseStore {
  return {
    async take(name, { now, until, unlessDoneSince }) {
      const undone =
        unlessDoneSince === undefined ? empty : sql`AND (leases.done_at IS NULL OR leases.done_at < ${toColumn(unlessDoneSince)})`
      const [taken] = await database.rows<{ fence: number }>(sql`
        INSERT INTO leases (name, fence, until) VALUES (${name}, 1, ${toColumn(until)})
        ON CONFLICT (name) DO UPDATE SET fence = leases.fence + 1, until = excluded.until, done_at = NULL
          WHERE (leases.until IS NULL OR leases.until < ${toColumn(now)}) ${undone}
        RETURNING fence`)
      if (taken !== undefined) return taken.fence
      const [other] = await database.rows<{ until: string | null }>(sql`SELECT until FROM leases WHERE name = ${name}`)
      return other?.until === null ? 'done' : 'held'
    },
    async held(prefix, now) {
      const rows = await database.rows<{ name: string }>(
        sql`SELECT name FROM leases WHERE substr(name, 1, ${prefix.length}) = ${prefix} AND until >= ${toColumn(now)}`,
      )
      return rows.map(({ name }) => name)
    },
    async renew(name, fence, until) {
      const renewed = await database.run(
        sql`UPDATE leases SET until = ${toColumn(until)} WHERE name = ${name} AND fence = ${fence} AND until IS NOT NULL`,
      )
      return renewed === 1
    },
    async giveBack(name, fence, { now, done }) {
      await database.run(sql`
        UPDATE leases SET until = NULL, done_at = ${done ? toColumn(now) : null} WHERE name = ${name} AND fence = ${fence}`)
    },
  }
}

export function createEventStore(database: Database): EventStore {
  return {
    async take(event, now) {
      const taken = await database.run(
        sql`INSERT INTO events (event, at) VALUES (${keyText(event)}, ${toColumn(now)}) ON CONFLICT (event) DO NOTHING`,
      )
      return taken === 1
    },
    async leave(event) {
      await database.run(sql`DELETE FROM events WHERE event = ${keyText(event)}`)
    },
    forget: (before) => database.run(sql`DELETE FROM events WHERE at < ${toColumn(before)}`),
  }
}
