// Which papers each source is to be asked about, and when; how far the papers are taken in, and how asking the source went.
import sql from 'sql-template-tag'
import type { SourceName } from '#core/paper.ts'
import type { EnricherState, EnrichmentStore } from '#core/ports/enrichment-store.ts'
import { type Database, toColumn } from './database.ts'
import { runWithin } from './lists.ts'
import { PAPER_COLUMNS, type PaperRow, toPaper } from './paper-row.ts'

export function createEnrichmentStore(database: Database): EnrichmentStore {
  return {
    enrol: (source, limit) => database.atomically((inner) => enrol(inner, source, limit)),
    async due(source, now, limit) {
      const rows = await database.rows<PaperRow>(sql`
        SELECT ${PAPER_COLUMNS} FROM enrichments JOIN papers ON papers.number = enrichments.paper
        WHERE enrichments.source = ${source} AND enrichments.next_at <= ${toColumn(now)}
        ORDER BY enrichments.next_at DESC, enrichments.paper DESC LIMIT ${limit}`)
      return rows.map(toPaper)
    },
    async asked(source, asked) {
      const byTime = Map.groupBy(asked, ({ nextAt }) => toColumn(nextAt))
      for (const [nextAt, papers] of byTime) {
        await runWithin(
          database,
          papers.map(({ paper }) => paper),
          (list) => sql`UPDATE enrichments SET next_at = ${nextAt} WHERE source = ${source} AND paper IN (${list})`,
        )
      }
    },
    async waiting(source, now) {
      const [row] = await database.rows<{ waiting: number }>(sql`
        SELECT (SELECT count(*) FROM enrichments WHERE source = ${source} AND next_at <= ${toColumn(now)})
          + (SELECT count(*) FROM papers WHERE number > ${await enrolledUpTo(database, source)}) AS waiting`)
      return row?.waiting ?? 0
    },
    async state(source) {
      const [row] = await database.rows<{ state: string | null }>(
        sql`SELECT state FROM enrichment_sources WHERE source = ${source}`,
      )
      return row?.state ? (JSON.parse(row.state) as EnricherState) : undefined
    },
    async setState(state) {
      await database.run(sql`
        INSERT INTO enrichment_sources (source, enrolled, state) VALUES (${state.source}, 0, ${JSON.stringify(state)})
        ON CONFLICT (source) DO UPDATE SET state = excluded.state`)
    },
  }
}

/** By a cursor over the numbers, which are given in the order in which papers become visible. */
async function enrol(database: Database, source: SourceName, limit: number): Promise<number> {
  const after = await enrolledUpTo(database, source)
  const [found] = await database.rows<{ many: number; last: number | null }>(sql`
    SELECT count(*) AS many, max(number) AS last
    FROM (SELECT number FROM papers WHERE number > ${after} ORDER BY number LIMIT ${limit}) AS fresh`)
  if (found === undefined || found.last === null) return 0
  await database.run(sql`
    INSERT INTO enrichments (source, paper, next_at)
    SELECT ${source}, number, CASE WHEN published < first_seen THEN published ELSE first_seen END
    FROM papers WHERE number > ${after} AND number <= ${found.last} ON CONFLICT (source, paper) DO NOTHING`)
  await database.run(sql`
    INSERT INTO enrichment_sources (source, enrolled) VALUES (${source}, ${found.last})
    ON CONFLICT (source) DO UPDATE SET enrolled = excluded.enrolled`)
  return found.many
}

async function enrolledUpTo(database: Database, source: SourceName): Promise<number> {
  const [row] = await database.rows<{ enrolled: number }>(sql`SELECT enrolled FROM enrichment_sources WHERE source = ${source}`)
  return row?.enrolled ?? 0
}
