// The papers a channel keeps for later.
import sql from 'sql-template-tag'
import type { ReadingListStore } from '#core/ports/group-store.ts'
import { type Database, isOfChannel, toColumn } from './database.ts'
import { joinedInto } from './joined.ts'
import { PAPER_COLUMNS, type PaperRow, toPaper } from './paper-row.ts'

export function createReadingListStore(database: Database): ReadingListStore {
  const current = async (paper: number) => (await joinedInto(database, [paper])).get(paper) ?? paper
  return {
    async save(destination, paper, by, now) {
      const { platform, workspace, channel } = destination
      const saved = await database.run(sql`
        INSERT INTO reading_lists (platform, workspace, channel, paper, saved_by, saved_at)
        SELECT ${platform}, ${workspace}, ${channel}, number, ${by}, ${toColumn(now)} FROM papers
        WHERE number = ${await current(paper)}
        ON CONFLICT (platform, workspace, channel, paper) DO NOTHING`)
      return saved === 1
    },
    async unsave(destination, paper) {
      const gone = await database.run(
        sql`DELETE FROM reading_lists WHERE ${isOfChannel(destination)} AND paper = ${await current(paper)}`,
      )
      return gone === 1
    },
    async list(destination) {
      const rows = await database.rows<PaperRow>(sql`
        SELECT ${PAPER_COLUMNS} FROM reading_lists JOIN papers ON papers.number = reading_lists.paper
        WHERE ${isOfChannel(destination)} ORDER BY reading_lists.saved_at DESC, papers.number DESC`)
      return rows.map(toPaper)
    },
  }
}
