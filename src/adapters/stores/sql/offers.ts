// What followed feeds offered, and what of it is news that no tick has matched yet.
import sql from 'sql-template-tag'
import { NO_CHANGE } from '#core/paper-change.ts'
import type { Announced, FeedStore, Offer } from '#core/ports/feed-store.ts'
import { type Database, fromColumn, toColumn } from './database.ts'
import { joinedInto } from './joined.ts'
import { keyText } from './key-text.ts'
import { insertReturning, rowsWithin, runWithin } from './lists.ts'

const UNCHANGED = JSON.stringify(NO_CHANGE)

export function createOffers(
  database: Database,
): Pick<FeedStore, 'offeredBefore' | 'offer' | 'offeredBy' | 'lastOffered' | 'announce'> {
  return {
    async offeredBefore(feed, contents) {
      const rows = await rowsWithin<{ content: string }>(
        database,
        contents.map(keyText),
        (list) => sql`SELECT content FROM offers WHERE feed = ${feed} AND content IN (${list})`,
      )
      const known = new Set(rows.map(({ content }) => content))
      return new Set(contents.filter((content) => known.has(keyText(content))))
    },
    offer: (feed, offers, now) => database.atomically((inner) => offer(inner, feed, offers, now)),
    async offeredBy(paper) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      const rows = await database.rows<{ feed: string }>(sql`SELECT feed FROM offers WHERE paper = ${number} ORDER BY feed`)
      return rows.map(({ feed }) => feed)
    },
    async lastOffered(feeds, limit) {
      const rows = await rowsWithin<{ feed: string; paper: number; at: string }>(
        database,
        feeds,
        (list) => sql`SELECT feed, paper, at FROM offers WHERE feed IN (${list}) ORDER BY at DESC, paper DESC LIMIT ${limit}`,
      )
      const latest = rows.toSorted((a, b) => (a.at === b.at ? b.paper - a.paper : a.at < b.at ? 1 : -1)).slice(0, limit)
      return latest.map(({ feed, paper }) => ({ feed, paper }))
    },
    announce: (papers, news) => database.atomically((inner) => announce(inner, papers, news)),
  }
}

/** The feeds that brought these papers as news. */
export async function announcedBy(database: Database, papers: readonly number[]): Promise<Map<number, Announced[]>> {
  const rows = await rowsWithin<{ feed: string; paper: number; at: string; news: string }>(
    database,
    papers,
    (list) => sql`SELECT feed, paper, at, news FROM offers WHERE news <> '' AND paper IN (${list}) ORDER BY feed`,
  )
  const found = new Map<number, Announced[]>()
  for (const { feed, paper, at, news } of rows) {
    found.set(paper, [...(found.get(paper) ?? []), { feed, at: fromColumn(at), isFlood: news === 'flood' }])
  }
  return found
}

/** Nothing of these papers is news any more, but for those that still wait to be matched. */
export async function forgetNews(database: Database, papers: readonly number[]): Promise<void> {
  await runWithin(
    database,
    papers,
    (list) => sql`UPDATE offers SET news = '' WHERE news <> '' AND paper IN (${list})
      AND NOT EXISTS (SELECT 1 FROM unmatched WHERE unmatched.paper = offers.paper)`,
  )
}

/** Of a paper offered before only what its entry says is kept anew. */
async function offer(database: Database, feed: string, offers: readonly Offer[], now: string): Promise<number[]> {
  const byPaper = new Map(offers.map(({ paper, content }) => [paper, content]))
  const known = await rowsWithin<{ paper: number }>(
    database,
    [...byPaper.keys()],
    (list) => sql`SELECT paper FROM offers WHERE feed = ${feed} AND paper IN (${list})`,
  )
  const before = new Set(known.map(({ paper }) => paper))
  const recorded = await insertReturning<{ paper: number }>(
    database,
    'offers (feed, paper, content, at, news)',
    [...byPaper].map(([paper, content]) => [feed, paper, keyText(content), toColumn(now), '']),
    'ON CONFLICT (feed, paper) DO UPDATE SET content = excluded.content RETURNING paper',
  )
  return recorded.map(({ paper }) => paper).filter((paper) => !before.has(paper))
}

/** A paper that was matched before is matched again, though nothing of it has changed. */
async function announce(database: Database, papers: readonly number[], { feed, at, isFlood }: Announced): Promise<void> {
  const news = isFlood ? 'flood' : 'alert'
  await runWithin(
    database,
    papers,
    (list) => sql`UPDATE offers SET news = ${news}, at = ${toColumn(at)} WHERE feed = ${feed} AND paper IN (${list})`,
  )
  await runWithin(
    database,
    papers,
    (list) => sql`INSERT INTO unmatched (first_seen, paper, change)
      SELECT first_seen, number, ${UNCHANGED} FROM papers WHERE number IN (${list}) ON CONFLICT (paper) DO NOTHING`,
  )
}
