// Papers by id, number, author, date and score, what changed of them, and what no tick has matched yet.
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import type { Paper } from '#core/paper.ts'
import type { PaperStore } from '#core/ports/store.ts'
import { normalCategory } from '#core/text/category.ts'
import { authorsByFamily, authorsByPrefix } from './authors.ts'
import { changesAfter, latestCursor } from './changes.ts'
import { type Database, toColumn } from './database.ts'
import { joinedInto } from './joined.ts'
import { keyText } from './key-text.ts'
import { rowsWithin, runWithin } from './lists.ts'
import { announcedBy, forgetNews } from './offers.ts'
import { PAPER_COLUMNS, type PaperRow, toPaper } from './paper-row.ts'
import { putRecords } from './put.ts'
import { setScores } from './scores.ts'

const LIKE_SIGN = /[\\%_]/g
const BY_DATE = raw('published DESC, number DESC')
const BY_SCORE = raw('score DESC, published DESC, number DESC')

export function createPaperStore(database: Database): PaperStore {
  return {
    put: (records, now, options) => database.atomically((inner) => putRecords(inner, records, now, options)),
    async byIds(ids) {
      const keys = ids.map(keyText)
      const rows = await rowsWithin<{ id: string; paper: number }>(
        database,
        keys,
        (list) => sql`SELECT id, paper FROM paper_ids WHERE id IN (${list})`,
      )
      const numbers = new Map(rows.map(({ id, paper }) => [id, paper]))
      return papersByNumbers(
        database,
        keys.flatMap((key) => numbers.get(key) ?? []),
      )
    },
    byNumbers: (numbers) => papersByNumbers(database, numbers),
    async byAuthors(keys) {
      const rows = await rowsWithin<{ paper: number }>(
        database,
        keys,
        (list) => sql`SELECT DISTINCT paper FROM paper_authors WHERE author IN (${list})`,
      )
      const numbers = new Set(rows.map(({ paper }) => paper))
      return papersByNumbers(
        database,
        [...numbers].sort((a, b) => a - b),
      )
    },
    async byOrcid(orcid) {
      const rows = await database.rows<PaperRow>(sql`
        SELECT ${PAPER_COLUMNS} FROM papers JOIN paper_orcids ON paper_orcids.paper = papers.number
        WHERE paper_orcids.orcid = ${orcid} ORDER BY papers.number`)
      return rows.map(toPaper)
    },
    authorsByFamily: (family, limit) => authorsByFamily(database, family, limit),
    authorsByPrefix: (prefix, limit) => authorsByPrefix(database, prefix, limit),
    firstSeenBetween: (from, to, page) => firstSeenBetween(database, from, to, page),
    newest: ({ category, since }, page) =>
      selected(database, sql`published >= ${since ?? ''} ${inCategory(category)}`, BY_DATE, page),
    primaryByDay: (category) =>
      database.rows<{ day: string; papers: number }>(sql`
        SELECT substr(published, 1, 10) AS day, count(*) AS papers FROM papers ${whosePrimary(category)}
        GROUP BY day ORDER BY day`),
    best: ({ category, since }, page) =>
      selected(database, sql`score IS NOT NULL AND published >= ${since} ${inCategory(category)}`, BY_SCORE, page),
    changesAfter: (cursor, limit) => changesAfter(database, cursor, limit),
    latestCursor: () => latestCursor(database),
    async unmatched(limit) {
      const rows = await database.rows<PaperRow & { change: string | null }>(sql`
        SELECT ${PAPER_COLUMNS}, unmatched.change FROM papers JOIN unmatched ON unmatched.paper = papers.number
        ORDER BY unmatched.first_seen, unmatched.paper LIMIT ${limit}`)
      const announced = await announcedBy(
        database,
        rows.map(({ number }) => number),
      )
      return rows.map((row) => {
        const feeds = announced.get(row.number)
        return { paper: toPaper(row), ...(row.change !== null && { change: JSON.parse(row.change) }), ...(feeds && { feeds }) }
      })
    },
    async markMatched(numbers, asOf) {
      const seen =
        asOf === undefined
          ? empty
          : sql`AND EXISTS (
              SELECT 1 FROM papers WHERE papers.number = unmatched.paper AND papers.change <= ${Number(asOf)})`
      await runWithin(database, numbers, (list) => sql`DELETE FROM unmatched WHERE paper IN (${list}) ${seen}`)
      await forgetNews(database, numbers)
    },
    setScores: (scores) => database.atomically((inner) => setScores(inner, scores)),
    async count() {
      const [row] = await database.rows<{ papers: number }>(sql`SELECT count(*) AS papers FROM papers`)
      return row?.papers ?? 0
    },
  }
}

/** In the order asked; a number that was joined into another answers that one. */
async function papersByNumbers(database: Database, numbers: readonly number[]): Promise<Paper[]> {
  const papers = new Map<number, Paper>()
  const load = async (wanted: readonly number[]) => {
    const rows = await rowsWithin<PaperRow>(
      database,
      wanted,
      (list) => sql`SELECT ${PAPER_COLUMNS} FROM papers WHERE number IN (${list})`,
    )
    for (const row of rows) papers.set(row.number, toPaper(row))
  }
  await load(numbers)
  const missing = numbers.filter((number) => !papers.has(number))
  const into = missing.length === 0 ? new Map<number, number>() : await joinedInto(database, missing)
  await load([...into.values()].filter((number) => !papers.has(number)))
  return numbers.flatMap((number) => papers.get(into.get(number) ?? number) ?? [])
}

async function firstSeenBetween(
  database: Database,
  from: string,
  to: string,
  { after, limit }: { after?: number; limit: number },
): Promise<Paper[]> {
  const [last] = after === undefined ? [] : await papersByNumbers(database, [after])
  const start = last === undefined ? empty : sql`AND (first_seen, number) > (${toColumn(last.firstSeen)}, ${last.number})`
  const rows = await database.rows<PaperRow>(sql`
    SELECT ${PAPER_COLUMNS} FROM papers WHERE first_seen >= ${toColumn(from)} AND first_seen < ${toColumn(to)} ${start}
    ORDER BY first_seen, number LIMIT ${limit}`)
  return rows.map(toPaper)
}

/** Picks the numbers from an index alone, then reads the papers of the page. */
async function selected(
  database: Database,
  condition: Sql,
  order: Sql,
  { offset, limit }: { offset: number; limit: number },
): Promise<Paper[]> {
  const rows = await database.rows<PaperRow>(sql`
    SELECT ${PAPER_COLUMNS} FROM papers
    WHERE number IN (SELECT number FROM papers WHERE ${condition} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})
    ORDER BY ${order}`)
  return rows.map(toPaper)
}

/** The column begins with the primary category's own form. */
function whosePrimary(category: string): Sql {
  const form = normalCategory(category).replace(LIKE_SIGN, '\\$&')
  return sql`WHERE categories LIKE ${`|${form}|%`} ESCAPE '\\' OR categories LIKE ${`|${form}.%`} ESCAPE '\\'`
}

function inCategory(category: string | undefined): Sql {
  if (category === undefined) return empty
  const form = normalCategory(category).replace(LIKE_SIGN, '\\$&')
  return sql`AND categories LIKE ${`%|${form}|%`} ESCAPE '\\'`
}
