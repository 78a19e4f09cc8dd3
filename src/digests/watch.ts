// Reads the due categories one after the other: records → papers, and only then the feed's own state moves on.
import type { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { formError } from './canary.ts'
import { type FeedReport, NOTHING_READ, readingOf, readSince, reportOf, revisionsOfUnknown } from './feed-report.ts'
import { afterAnnouncements, afterFailure, withCoverage } from './feed-state.ts'
import { firstMissedOf, gapsOf } from './gaps.ts'
import { isBefore, isTooEarly } from './instants.ts'
import { mayBeAnnouncedSince } from './missed-news.ts'
import type { TickDependencies } from './tick.ts'
import { type WatchedCategory, watchedCategories } from './watched-categories.ts'

/** As far back as batches are compared. */
const LATELY = { hours: 30 * 24 }

/** One report for each watched category; one that is not to be asked yet is reported as it stands. */
export async function watchCategories(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const { store, archive, signal } = dependencies
  const reports: FeedReport[] = []
  const missedSince = archive && firstMissedOf(await gapsOf(dependencies, now))
  for (const category of await watchedCategories(dependencies)) {
    if (signal?.aborted) break
    const { feed } = category
    const before = followedAnew(category, await store.feeds.get(feed))
    const waits = isTooEarly(now, before?.notBefore, before?.checkedAt)
    if (before && waits) reports.push({ feed, state: before.state, ...NOTHING_READ })
    else reports.push(await watch(feed, before, { ...dependencies, missedSince }, now))
  }
  return reports
}

/** What nobody followed for a while begins anew: what was announced meanwhile was announced to nobody. */
function followedAnew({ followedSince }: WatchedCategory, before: FeedState | undefined): FeedState | undefined {
  return before !== undefined && followedSince !== undefined && isBefore(before.checkedAt, followedSince) ? undefined : before
}

async function watch(
  feed: string,
  before: FeedState | undefined,
  { store, source, log, missedSince }: TickDependencies & { readonly missedSince: string | undefined },
  now: Temporal.Instant,
): Promise<FeedReport> {
  const batch = await readSince(feed, before, source).catch((error: SourceError) => error)
  const failure = batch instanceof Error ? batch : formError(feed, before, batch)
  if (batch instanceof Error || failure !== undefined) {
    const state = await store.transaction(async ({ feeds }) => {
      const known = await asCovered(before, feeds)
      const after = withCoverage(afterFailure(feed, known, failure as SourceError, now), known, now)
      await feeds.set(after)
      return after
    })
    log.warn('feed failed', { feed, failures: state.failures, notBefore: state.notBefore, error: failure })
    return { feed, state: state.state, ...NOTHING_READ }
  }
  const lately = await store.feeds.readings([feed], now.subtract(LATELY).toString(), now.add({ seconds: 1 }).toString())
  const { state, report } = await store.transaction(async (parts) => {
    const state = afterAnnouncements(feed, await asCovered(before, parts.feeds), batch, lately, now)
    const records = missedSince === undefined ? batch.records : await withoutMissed(batch.records, missedSince, parts)
    const stored = await parts.papers.put(records, now.toString())
    await parts.papers.markMatched(revisionsOfUnknown(records, stored))
    await parts.feeds.set(state)
    const report = reportOf(feed, state, batch, stored)
    if (report.offered > 0) await parts.feeds.recordReading(readingOf(report, batch, now))
    return { state, report }
  })
  if (state.state === 'stalled' && before?.state !== 'stalled') log.warn('feed stalled', { feed, changedAt: state.changedAt })
  return report
}

/** How far the feed is known may have grown since: another process may ask its archive meanwhile. */
async function asCovered(before: FeedState | undefined, feeds: StoreParts['feeds']): Promise<FeedState | undefined> {
  if (before === undefined) return undefined
  const coverage = (await feeds.get(before.feed))?.coverage
  return coverage === undefined ? before : { ...before, coverage }
}

/** A new version of what may have been announced on a missed day is left to the archive, which says whether it is news. */
async function withoutMissed(
  records: readonly PaperRecord[],
  since: string,
  { papers }: Pick<StoreParts, 'papers'>,
): Promise<PaperRecord[]> {
  const isRevision = ({ announcement, published }: PaperRecord) =>
    announcement?.startsWith('replace') && mayBeAnnouncedSince(published, since)
  const known = new Set((await papers.byIds(records.filter(isRevision).flatMap(({ ids }) => ids))).flatMap(({ ids }) => ids))
  return records.filter((record) => !isRevision(record) || record.ids.some((id) => known.has(id)))
}
