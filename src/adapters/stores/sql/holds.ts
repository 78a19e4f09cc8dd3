// Papers that were to be alerted and wait until their destination may be posted to.
import sql from 'sql-template-tag'
import type { Held, HoldStore } from '#core/ports/store.ts'
import { columnsOf, type Database, fromColumn, isOf, type ThreadColumns, toColumn, toDestination } from './database.ts'
import { joinedInto } from './joined.ts'
import { insertRows, runWithin } from './lists.ts'

type HeldRow = ThreadColumns & { readonly paper: number; readonly why: Held['why']; readonly since: string }

export function createHoldStore(database: Database): HoldStore {
  return {
    async add(held) {
      const into = await joinedInto(database, [...new Set(held.map(({ paper }) => paper))])
      const rows = held.map(({ destination, paper, why, since }) => [
        ...columnsOf(destination),
        into.get(paper) ?? paper,
        why,
        toColumn(since),
      ])
      await insertRows(database, 'held (platform, workspace, channel, thread, paper, why, since)', rows, 'ON CONFLICT DO NOTHING')
    },
    async ofDestination(destination) {
      const rows = await database.rows<HeldRow>(
        sql`SELECT platform, workspace, channel, thread, paper, why, since FROM held WHERE ${isOf(destination)} ORDER BY since, paper`,
      )
      return rows.map((row) => ({
        destination: toDestination(row),
        paper: row.paper,
        why: row.why,
        since: fromColumn(row.since),
      }))
    },
    async destinations() {
      const rows = await database.rows<ThreadColumns>(sql`SELECT DISTINCT platform, workspace, channel, thread FROM held
        ORDER BY platform, workspace, channel, thread`)
      return rows.map(toDestination)
    },
    async remove(destination, papers) {
      const into = await joinedInto(database, papers)
      const numbers = papers.map((paper) => into.get(paper) ?? paper)
      await runWithin(database, numbers, (list) => sql`DELETE FROM held WHERE ${isOf(destination)} AND paper IN (${list})`)
    },
  }
}
