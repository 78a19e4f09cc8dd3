// Reads the feeds that people follow, each once however many follow it. The order: what says the same as before is left out,
// whatever its id; the rest becomes papers; what the feed never offered before is news to its followers, except at the first
// reading after a follow, which brings what was there already. Then the feed's own state moves on, all in one transaction.
import type { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { Subscription } from '#core/subscription.ts'
import { floodNotices, goneNotices } from './feed-notices.ts'
import { type FeedReport, NOTHING_READ, readingOf, readSince, reportOf, revisionsOfUnknown } from './feed-report.ts'
import { afterBatch, afterFailure } from './feed-state.ts'
import { isBefore, isTooEarly } from './instants.ts'
import type { TickDependencies } from './tick.ts'

/** Feeds that are asked at the same time: fewer than the threads in which Node looks names up, so that others find one. */
const AT_ONCE = 3
/** After so long the rest waits for the next pass: slow feeds hold up neither alerts nor digests. */
const LONGEST = { minutes: 5 }
/** Many feeds bring something a few times a year. */
const STALLED_AFTER_HOURS = 90 * 24
/** More news than this at once is a flood: it comes in digests, and one message says so. */
const MOST_NEWS = 100
const PAUSE_AFTER_FLOOD = { hours: 6 }
const DAY = 'YYYY-MM-DD'.length
const NEVER = '1970-01-01T00:00:00Z'

/** A feed with those who follow it, the first of them first. */
interface Followed {
  readonly feed: string
  readonly followers: readonly Subscription[]
  readonly before: FeedState | undefined
}

/** One report for each followed feed; one that is not to be asked now, or never again, is reported as it stands. */
export async function watchFollowedFeeds(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const { store, feedSource, signal, clock } = dependencies
  const reports: FeedReport[] = []
  const until = clock.now().add(LONGEST)
  const isOver = () => signal?.aborted || Temporal.Instant.compare(clock.now(), until) > 0
  const followed = await followedFeeds(store)
  for (let at = 0; at < followed.length; at += AT_ONCE) {
    const over = isOver()
    const asked = followed.slice(at, at + AT_ONCE).map(async (one) => {
      if (over || waits(one, now)) return undefined
      return readSince(one.feed, one.before, feedSource).catch((error: SourceError) => error)
    })
    const batches = await Promise.all(asked)
    for (const [place, batch] of batches.entries()) {
      const one = followed[at + place]
      if (one) reports.push(await settle(one, batch, dependencies, now))
    }
  }
  return reports
}

/** What was asked longest ago comes first. */
async function followedFeeds(store: StoreParts): Promise<Followed[]> {
  const byFeed = Map.groupBy(await store.subscriptions.ofKind('feed'), ({ target }) =>
    target.kind === 'feed' ? target.url : undefined,
  )
  const states = new Map((await store.feeds.all()).map((state) => [state.feed, state]))
  const followed = [...byFeed].flatMap(([feed, all]): Followed[] => {
    if (feed === undefined) return []
    const followers = all.toSorted((a, b) => Temporal.Instant.compare(a.createdAt, b.createdAt))
    return [{ feed, followers, before: revived(states.get(feed), followers) }]
  })
  return followed.toSorted((a, b) => Temporal.Instant.compare(a.before?.checkedAt ?? NEVER, b.before?.checkedAt ?? NEVER))
}

/** Whoever follows a feed after it was gone has seen it there. */
function revived(before: FeedState | undefined, followers: readonly Subscription[]): FeedState | undefined {
  const { gone, missing, notBefore, ...rest } = before ?? {}
  if (before === undefined || gone === undefined || !followers.some(({ createdAt }) => isBefore(gone, createdAt))) return before
  return { ...rest, feed: before.feed, state: before.state, checkedAt: before.checkedAt, failures: 0 }
}

function waits({ before }: Followed, now: Temporal.Instant): boolean {
  if (before?.gone !== undefined) return true
  return isTooEarly(now, before?.notBefore, before?.checkedAt)
}

async function settle(
  followed: Followed,
  batch: FeedBatch | Error | undefined,
  { store, log }: TickDependencies,
  now: Temporal.Instant,
): Promise<FeedReport> {
  const { feed, before, followers } = followed
  if (batch === undefined) return { feed, state: before?.state ?? 'waiting', ...NOTHING_READ }
  if (batch instanceof Error) {
    const state = afterFailure(feed, before, batch, now)
    log.warn('feed failed', { feed, failures: state.failures, notBefore: state.notBefore, gone: state.gone, error: batch })
    await store.transaction(async (parts) => {
      await parts.feeds.set(state)
      if (state.gone !== undefined) await parts.ledger.record(goneNotices(state, followers), now.toString())
    })
    return { feed, state: state.state, ...NOTHING_READ }
  }
  const state = afterBatch(feed, before, batch, now, (changedAt) => now.since(changedAt).total('hours') >= STALLED_AFTER_HOURS)
  if (state.state === 'stalled' && before?.state !== 'stalled') log.warn('feed stalled', { feed, changedAt: state.changedAt })
  return store.transaction(async (parts) => {
    const { records, stored, flooded } = await takeIn(followed, batch, parts, now)
    if (flooded.length > 0) log.warn('feed brings very many papers at once', { feed, papers: flooded.length })
    await parts.ledger.record(floodNotices(feed, flooded, followers, now), now.toString())
    const pause = flooded.length > 0 ? { notBefore: now.add(PAUSE_AFTER_FLOOD).toString() } : {}
    await parts.feeds.set({ ...state, ...pause })
    const report = reportOf(feed, state, batch, stored)
    // Most of what a feed offers it offered before: that is no coverage to speak of.
    const offered = report.new + report.merged + report.failed
    if (offered > report.failed) await parts.feeds.recordReading(readingOf({ ...report, offered }, batch, now))
    log.debug('feed read', { feed, offered: report.offered, put: records.length })
    return report
  })
}

/** `flooded`: the titles of the news, where they are a flood. */
async function takeIn({ feed, followers, before }: Followed, batch: FeedBatch, parts: StoreParts, now: Temporal.Instant) {
  const contents = batch.contents ?? batch.records.map(({ ids: [id] }) => id)
  const known = new Set(await parts.feeds.offeredBefore(feed, contents))
  const taken = batch.records
    .map((record, at) => ({ record, content: contents[at] ?? '' }))
    .filter(({ content }) => !known.has(content) && known.add(content))
  const records = taken.map(({ record }) => record)
  const stored = await parts.papers.put(records, now.toString())
  await parts.papers.markMatched(revisionsOfUnknown(records, stored))
  const offers = stored.map(({ number: paper }, at) => ({ paper, content: taken[at]?.content ?? '' }))
  const fresh = new Set(await parts.feeds.offer(feed, offers, now.toString()))
  const since = silentSince(followers, before)
  const news = new Map<number, PaperRecord>()
  for (const [at, record] of records.entries()) {
    const number = stored[at]?.number
    if (number !== undefined && fresh.has(number) && isNews(record, since)) news.set(number, record)
  }
  const isFlood = news.size > MOST_NEWS
  await parts.feeds.announce([...news.keys()], { feed, at: now.toString(), isFlood })
  return { records, stored, flooded: isFlood ? [...news.values()].map(({ title }) => title) : [] }
}

/** The first follow, where the feed was not read to its end since: then only what is dated after it is news. */
function silentSince([first]: readonly Subscription[], before: FeedState | undefined): string | undefined {
  if (first === undefined || (before?.readAt !== undefined && !isBefore(before.readAt, first.createdAt))) return undefined
  return first.createdAt
}

function isNews({ published, announcement }: PaperRecord, since: string | undefined): boolean {
  if (announcement?.startsWith('replace')) return false
  if (since === undefined) return true
  if (published === undefined || published.length < DAY) return false
  return published.length === DAY ? published > since.slice(0, DAY) : isBefore(since, published)
}
