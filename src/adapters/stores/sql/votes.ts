// Who voted for which paper in a channel.
import sql from 'sql-template-tag'
import type { VoteStore } from '#core/ports/group-store.ts'
import { type Database, isOfChannel, toColumn } from './database.ts'
import { joinedInto } from './joined.ts'
import { rowsWithin } from './lists.ts'

export function createVoteStore(database: Database): VoteStore {
  return {
    toggle: (channel, paper, person, now) =>
      database.atomically(async (inner) => {
        const number = (await joinedInto(inner, [paper])).get(paper) ?? paper
        const taken = await inner.run(
          sql`DELETE FROM votes WHERE ${isOfChannel(channel)} AND paper = ${number} AND person = ${person}`,
        )
        if (taken > 0) return false
        const { platform, workspace, channel: name } = channel
        await inner.run(sql`INSERT INTO votes (platform, workspace, channel, paper, person, at)
          VALUES (${platform}, ${workspace}, ${name}, ${number}, ${person}, ${toColumn(now)})`)
        return true
      }),
    async ofGroup() {
      const workspaces = await database.rows(sql`SELECT DISTINCT platform, workspace FROM votes LIMIT 2`)
      if (workspaces.length !== 1) return new Map()
      const rows = await database.rows<{ paper: number; people: number }>(
        sql`SELECT paper, count(DISTINCT person) AS people FROM votes GROUP BY paper`,
      )
      return new Map(rows.map(({ paper, people }) => [paper, people]))
    },
    async counts(channel, papers) {
      const into = await joinedInto(database, papers)
      const numbers = papers.map((paper) => into.get(paper) ?? paper)
      const rows = await rowsWithin<{ paper: number; many: number }>(
        database,
        numbers,
        (list) => sql`SELECT paper, count(*) AS many FROM votes
          WHERE ${isOfChannel(channel)} AND paper IN (${list}) GROUP BY paper`,
      )
      const counted = new Map(rows.map(({ paper, many }) => [paper, many]))
      return new Map(
        papers.flatMap((paper, at): [number, number][] => {
          const many = counted.get(numbers[at] ?? paper)
          return many === undefined ? [] : [[paper, many]]
        }),
      )
    },
  }
}
