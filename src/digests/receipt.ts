// The coverage receipt: what was read of the feeds behind a digest within its window, and what is missing.
import { shownDate } from '#core/paper-view.ts'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { Subscription } from '#core/subscription.ts'
import { grouped } from '#core/text/grouped.ts'
import { isOfArchive, missedDays } from './coverage.ts'
import { FOLLOWED_AUTHORS } from './followed-authors.ts'

/** Feeds that are named one by one. */
const NAMED = 6
/** What the reading of followed people's papers is called. */
const AUTHORS_NAME = 'arXiv’s list of followed authors'

/**
 * `Read: cs.LG 108 of 108, cs.CL 97 of 98 (partial); 3 matched, 12 read later from the archive.` and, where a feed failed, stands
 * still or is missing days, a line that says since when. Categories that are followed are named; authors and topics are looked
 * for in every feed.
 */
export async function receiptOf(
  store: Pick<StoreParts, 'feeds'>,
  subscriptions: readonly Subscription[],
  { from, to, zone }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly zone: string },
  matched: number,
): Promise<string[]> {
  const all = await store.feeds.all()
  const isLookedFor = subscriptions.some(({ target }) => target.kind === 'author' || target.kind === 'topic')
  const followsAuthor = subscriptions.some(({ target }) => target.kind === 'author')
  const followed = new Map(subscriptions.flatMap(({ target }) => nameOf(target)))
  // A feed that others follow is theirs: its address is told nobody else.
  const states = all.filter(({ feed }) => {
    return feed === FOLLOWED_AUTHORS ? followsAuthor : followed.has(feed) || (isLookedFor && !feed.includes('://'))
  })
  const named = (feed: string) => followed.get(feed) ?? (feed === FOLLOWED_AUTHORS ? AUTHORS_NAME : feed)
  if (states.length === 0) return []
  const day = (instant: string) => shownDate(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString(), to)
  const readings = await store.feeds.readings(
    states.map(({ feed }) => feed),
    from.toString(),
    to.toString(),
  )
  const byFeed = Map.groupBy(readings, ({ feed }) => feed)
  const shown = states
    .map(({ feed }) => ({ feed, of: byFeed.get(feed) ?? [] }))
    .filter(({ feed, of }) => feed !== FOLLOWED_AUTHORS || of.length > 0)
    .toSorted((a, b) => offered(b.of) - offered(a.of))
  const [first, rest] = [shown.slice(0, NAMED), shown.slice(NAMED)]
  const counts = [
    ...first.map(({ feed, of }) => `${named(feed)} ${countOf(of)}`),
    ...(rest.length > 0 ? [`${rest.length} more ${countOf(rest.flatMap(({ of }) => of))}`] : []),
  ]
  return [
    `Read: ${counts.join(', ')}; ${grouped(matched)} matched${mergedOf(readings)}${archivedOf(readings)}.`,
    ...states.flatMap((state) => missing({ ...state, feed: named(state.feed) }, day, to)),
  ]
}

/** What is read for what is followed, with the name it has there. */
function nameOf(target: Subscription['target']): [feed: string, name: string][] {
  if (target.kind === 'category') return [[target.category, target.category]]
  return target.kind === 'feed' ? [[target.url, target.name]] : []
}

function countOf(readings: readonly Reading[]): string {
  const failed = readings.reduce((sum, reading) => sum + reading.failed, 0)
  const all = offered(readings)
  return `${grouped(all - failed)} of ${grouped(all)}${failed > 0 ? ' (partial)' : ''}`
}

function mergedOf(readings: readonly Reading[]): string {
  const merged = readings.reduce((sum, reading) => sum + reading.merged, 0)
  return merged === 0 ? '' : `, ${grouped(merged)} merged with papers known before`
}

function offered(readings: readonly Reading[]): number {
  return readings.reduce((sum, reading) => sum + reading.offered, 0)
}

function archivedOf(readings: readonly Reading[]): string {
  const archived = readings.filter(isOfArchive).reduce((sum, { added }) => sum + added, 0)
  return archived === 0 ? '' : `, ${grouped(archived)} read later from the archive`
}

function missing(
  { feed, state, checkedAt, changedAt, coverage }: FeedState,
  day: (instant: string) => string,
  now: Temporal.Instant,
): string[] {
  const until = coverage && missedDays(coverage, now).length > 0 ? shownDate(coverage.until, now) : undefined
  const complete = until === undefined ? '' : ` It is complete until ${until}.`
  if (state === 'failed') {
    return [`${feed} could not be read when it was last asked, on ${day(checkedAt)}: papers may be missing.${complete}`]
  }
  if (state === 'stalled') {
    return [`${feed} has brought nothing new since ${day(changedAt ?? checkedAt)}: papers may be missing.${complete}`]
  }
  return until === undefined ? [] : [`${feed} is complete until ${until}; what was missed since is still being read.`]
}
