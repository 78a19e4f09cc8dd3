// Where reading of each feed stands.
import sql from 'sql-template-tag'
import type { FeedState, FeedStore } from '#core/ports/store.ts'
import type { Database } from './database.ts'

export function createFeedStore(database: Database): FeedStore {
  return {
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
  }
}
