// What followed people write where nobody watches: once a day each, many names a request and a few requests a pass. What was
// public before a follow is no news to whoever followed then, and is left to whatever announces it.
import { arxivDay, daysAfter, firstAnnounced, publicAt } from '#core/announcement-days.ts'
import { authorKey } from '#core/author-name.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Archive } from '#core/ports/archive.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { Stored, StoreParts } from '#core/ports/store.ts'
import { archiveReadingOf, type FeedReport, reportOf } from './feed-report.ts'
import { afterFailure } from './feed-state.ts'
import { isBefore, isTooEarly } from './instants.ts'
import type { TickDependencies } from './tick.ts'

/** What the reading of all of them is called among the feeds. */
export const FOLLOWED_AUTHORS = 'followed authors'
const NAMES_AT_ONCE = 10
const MOST_REQUESTS = 5
const EACH = { hours: 24 }
/** As far back as papers are news. */
const DAYS = 30
/** After so many failures the same people are left for the next turn. */
const MOST_FAILURES = 3

interface Author {
  readonly key: string
  readonly name: string
  /** When the first of those who follow them did so. */
  readonly since: string
}

type Turn = NonNullable<FeedState['turn']>

/** A report where anything was found. */
export async function watchAuthors(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const { store, archive, signal } = dependencies
  if (archive === undefined) return []
  const authors = await followedAuthors(store)
  if (authors.length === 0) return []
  const reports: FeedReport[] = []
  for (let requests = 0; requests < MOST_REQUESTS && !signal?.aborted; requests++) {
    const before = await store.feeds.get(FOLLOWED_AUTHORS)
    if (isTooEarly(now, before?.notBefore, before?.checkedAt)) break
    const turn = turnOf(before, now)
    const asked = turn && authors.filter(({ key }) => key > (turn.after ?? '')).slice(0, NAMES_AT_ONCE)
    if (turn === undefined || asked === undefined) break
    const last = asked.at(-1)
    const isOver = last === undefined || last.key === authors.at(-1)?.key
    const next: Turn = isOver ? { beganAt: turn.beganAt } : { beganAt: turn.beganAt, after: last.key }
    reports.push(...(await ask(asked, { archive, before, turn, next }, dependencies, now)))
  }
  return reports.filter(({ offered }) => offered > 0)
}

/** By their keys, in order. */
async function followedAuthors({ subscriptions }: Pick<StoreParts, 'subscriptions'>): Promise<Author[]> {
  const authors = new Map<string, Author>()
  for (const { target, createdAt } of await subscriptions.ofKind('author')) {
    if (target.kind !== 'author') continue
    const known = authors.get(target.key)
    if (known === undefined || isBefore(createdAt, known.since)) {
      authors.set(target.key, { key: target.key, name: known?.name ?? target.name, since: createdAt })
    }
  }
  return [...authors.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** The turn that is under way, with after whom it goes on, or a new one a day after the last; undefined while none is due. */
function turnOf(before: FeedState | undefined, now: Temporal.Instant): Turn | undefined {
  const turn = before?.turn
  if (turn?.after !== undefined) return turn
  const isDue =
    turn === undefined || !isBefore(now.subtract(EACH).toString(), turn.beganAt) || isBefore(now.toString(), turn.beganAt)
  return isDue ? { beganAt: now.toString() } : undefined
}

interface Asking {
  readonly archive: Archive
  readonly before: FeedState | undefined
  readonly turn: Turn
  readonly next: Turn
}

async function ask(
  authors: readonly Author[],
  { archive, before, turn, next }: Asking,
  { store, log, signal }: TickDependencies,
  now: Temporal.Instant,
): Promise<FeedReport[]> {
  const feed = FOLLOWED_AUTHORS
  const reports: FeedReport[] = []
  const state: FeedState = { feed, state: 'waiting', checkedAt: now.toString(), readAt: now.toString(), failures: 0, turn: next }
  const names = authors.map(({ name }) => name)
  try {
    for await (const page of archive.byAuthors(names, daysAfter(arxivDay(now), -DAYS), signal)) {
      const batch = `${turn.beganAt} ${turn.after ?? ''} ${reports.length}`
      const report = await store.transaction(async (parts) => {
        const records = await worthKeeping(page.records, authors, parts)
        const stored: Stored[] = await parts.papers.put(records, now.toString())
        const report = reportOf(feed, state, { records, skipped: page.skipped }, stored)
        const reading = archiveReadingOf(report, batch, now)
        if (reading.offered > 0) await parts.feeds.recordReading(reading)
        return report
      })
      reports.push(report)
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    if (signal?.aborted) return reports
    const failed = afterFailure(feed, before, error, now)
    log.warn('followed authors not read', { failures: failed.failures, error })
    await store.feeds.set(failed.failures % MOST_FAILURES === 0 ? { ...failed, turn: next } : failed)
    return reports
  }
  const done = { ...state, state: reports.some(({ new: added }) => added > 0) ? 'fresh' : 'waiting' } as const
  await store.feeds.set(done)
  return reports.map((report) => ({ ...report, state: done.state }))
}

/** By one of these people, and news to a follower or known already. */
async function worthKeeping(
  records: readonly PaperRecord[],
  authors: readonly Author[],
  { papers }: Pick<StoreParts, 'papers'>,
): Promise<PaperRecord[]> {
  const since = new Map(authors.map((author) => [author.key, author.since]))
  const theirs = records.filter((record) => record.authors.some(({ name }) => since.has(authorKey(name))))
  const known = new Set((await papers.byIds(theirs.flatMap(({ ids }) => ids))).flatMap(({ ids }) => ids))
  return theirs.filter((record) => {
    if (record.ids.some((id) => known.has(id))) return true
    return record.authors.some(({ name }) => {
      const followed = since.get(authorKey(name))
      return followed !== undefined && isPublicSince(record, followed)
    })
  })
}

function isPublicSince({ published }: PaperRecord, since: string): boolean {
  const day = published === undefined ? undefined : firstAnnounced(published)
  return day !== undefined && !isBefore(publicAt(day).toString(), since)
}
