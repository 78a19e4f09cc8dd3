// Where reading of each feed stands, and what each of its batches brought.
import sql from 'sql-template-tag'
import type { FeedState, FeedStore, Reading } from '#core/ports/feed-store.ts'
import { type Database, fromColumn, toColumn } from './database.ts'
import { rowsWithin } from './lists.ts'
import { createOffers } from './offers.ts'

export function createFeedStore(database: Database): FeedStore {
  return {
    ...createOffers(database),
    async get(feed) {
      const [row] = await database.rows<{ state: string }>(sql`SELECT state FROM feeds WHERE feed = ${feed}`)
      return row && (JSON.parse(row.state) as FeedState)
    },
    async set(state) {
      await database.run(sql`
        INSERT INTO feeds (feed, state) VALUES (${state.feed}, ${JSON.stringify(state)})
        ON CONFLICT (feed) DO UPDATE SET state = excluded.state`)
    },
    async all() {
      const rows = await database.rows<{ state: string }>(sql`SELECT state FROM feeds ORDER BY feed`)
      return rows.map((row): FeedState => JSON.parse(row.state))
    },
    async recordReading({ feed, batch, at, offered, added, merged, failed }) {
      await database.run(sql`
        INSERT INTO readings (feed, batch, at, offered, added, merged, failed)
        VALUES (${feed}, ${batch}, ${toColumn(at)}, ${offered}, ${added}, ${merged}, ${failed})
        ON CONFLICT (feed, batch) DO NOTHING`)
    },
    async readings(feeds, from, to) {
      const rows = await rowsWithin<Reading>(
        database,
        [...new Set(feeds)],
        (list) => sql`SELECT feed, batch, at, offered, added, merged, failed FROM readings
          WHERE feed IN (${list}) AND at >= ${toColumn(from)} AND at < ${toColumn(to)}`,
      )
      const order = ({ at, feed }: Reading) => `${at} ${feed}`
      rows.sort((a, b) => (order(a) < order(b) ? -1 : 1))
      return rows.map((row) => ({ ...row, at: fromColumn(row.at) }))
    },
  }
}
