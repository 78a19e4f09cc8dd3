// What each channel chose for its posts.
import sql, { type Sql } from 'sql-template-tag'
import type { ChannelStore } from '#core/ports/store.ts'
import { type ChannelSettings, DEFAULT_SETTINGS } from '#core/settings.ts'
import { type Database, type DestinationColumns, isOfChannel, toDestination } from './database.ts'

type ChannelRow = DestinationColumns & { readonly settings: string }

export function createChannelStore(database: Database): ChannelStore {
  async function chosen(from: Database, channel: Parameters<ChannelStore['get']>[0]): Promise<Partial<ChannelSettings>> {
    const [row] = await from.rows<ChannelRow>(sql`SELECT settings FROM channels WHERE ${isOfChannel(channel)}`)
    return row === undefined ? {} : JSON.parse(row.settings)
  }
  async function those(which: Sql) {
    const rows = await database.rows<ChannelRow>(
      sql`SELECT platform, workspace, channel, settings FROM channels WHERE ${which} ORDER BY platform, workspace, channel`,
    )
    return rows.map((row) => ({
      channel: toDestination(row),
      settings: { ...DEFAULT_SETTINGS, ...(JSON.parse(row.settings) as Partial<ChannelSettings>) },
    }))
  }
  return {
    get: async (channel) => ({ ...DEFAULT_SETTINGS, ...(await chosen(database, channel)) }),
    set: (channel, change) =>
      database.atomically(async (inner) => {
        // A choice that is undefined is left out of the JSON.
        const settings = JSON.stringify({ ...(await chosen(inner, channel)), ...change })
        const { platform, workspace, channel: name } = channel
        if (settings === '{}') {
          await inner.run(sql`DELETE FROM channels WHERE ${isOfChannel(channel)}`)
          return
        }
        await inner.run(sql`
          INSERT INTO channels (platform, workspace, channel, settings) VALUES (${platform}, ${workspace}, ${name}, ${settings})
          ON CONFLICT (platform, workspace, channel) DO UPDATE SET settings = excluded.settings`)
      }),
    all: () => those(sql`1 = 1`),
    ofWorkspaces: () => those(sql`channel = ''`),
  }
}
