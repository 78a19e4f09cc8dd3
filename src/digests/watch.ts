// Reads the due categories one after the other: records → papers, and only then the feed's own state moves on.
import type { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { gapsOf } from './backfill.ts'
import { formError } from './canary.ts'
import { type FeedReport, NOTHING_READ, readingOf, readSince, reportOf, revisionsOfUnknown } from './feed-report.ts'
import { afterAnnouncements, afterFailure, withCoverage } from './feed-state.ts'
import { isBefore } from './instants.ts'
import type { TickDependencies } from './tick.ts'
import { type WatchedCategory, watchedCategories } from './watched-categories.ts'

/** As far back as batches are compared. */
const LATELY = { hours: 30 * 24 }

/** One report for each watched category; one that is not to be asked yet is reported as it stands. */
export async function watchCategories(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const { store, archive, signal } = dependencies
  const reports: FeedReport[] = []
  const isGapOpen = archive !== undefined && (await gapsOf(dependencies, now)).length > 0
  for (const category of await watchedCategories(dependencies)) {
    if (signal?.aborted) break
    const { feed } = category
    const before = followedAnew(category, await store.feeds.get(feed))
    const waits = before?.notBefore !== undefined && isBefore(now.toString(), before.notBefore)
    if (waits) reports.push({ feed, state: before.state, ...NOTHING_READ })
    else reports.push(await watch(feed, before, { ...dependencies, isGapOpen }, now))
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
  { store, source, log, isGapOpen }: TickDependencies & { readonly isGapOpen: boolean },
  now: Temporal.Instant,
): Promise<FeedReport> {
  const batch = await readSince(feed, before, source).catch((error: SourceError) => error)
  const failure = batch instanceof Error ? batch : formError(feed, before, batch)
  if (batch instanceof Error || failure !== undefined) {
    const state = withCoverage(afterFailure(feed, before, failure as SourceError, now), before, now)
    log.warn('feed failed', { feed, failures: state.failures, notBefore: state.notBefore, error: failure })
    await store.feeds.set(state)
    return { feed, state: state.state, ...NOTHING_READ }
  }
  const lately = await store.feeds.readings([feed], now.subtract(LATELY).toString(), now.add({ seconds: 1 }).toString())
  const state = afterAnnouncements(feed, before, batch, lately, now)
  if (state.state === 'stalled') log.warn('feed stalled', { feed, changedAt: state.changedAt })
  return store.transaction(async (parts) => {
    // A new version of what was announced in a gap says nothing of it: the archive does, and then it is news.
    const records = isGapOpen ? await withoutUnknownRevisions(batch.records, parts) : batch.records
    const stored = await parts.papers.put(records, now.toString())
    await parts.papers.markMatched(revisionsOfUnknown(records, stored))
    await parts.feeds.set(state)
    const report = reportOf(feed, state, batch, stored)
    if (report.offered > 0) await parts.feeds.recordReading(readingOf(report, batch, now))
    return report
  })
}

async function withoutUnknownRevisions(
  records: readonly PaperRecord[],
  { papers }: Pick<StoreParts, 'papers'>,
): Promise<PaperRecord[]> {
  const revisions = records.filter(({ announcement }) => announcement?.startsWith('replace'))
  const known = new Set((await papers.byIds(revisions.flatMap(({ ids }) => ids))).flatMap(({ ids }) => ids))
  return records.filter(({ announcement, ids }) => !announcement?.startsWith('replace') || ids.some((id) => known.has(id)))
}
