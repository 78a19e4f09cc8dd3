// Reads the due feeds one after the other: records → papers, and only then the feed's own state moves on.
import type { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { Stored } from '#core/ports/store.ts'
import { categoryName, normalCategory } from '#core/text/category.ts'
import { afterBatch, afterFailure } from './feed-state.ts'
import { isBefore } from './instants.ts'
import type { TickDependencies } from './tick.ts'

/** offered = new + merged + skipped + failed. */
export interface FeedReport {
  readonly feed: string
  readonly state: FeedState['state']
  readonly offered: number
  readonly new: number
  readonly merged: number
  /** Known already, word for word. */
  readonly skipped: number
  /** Could not be read. */
  readonly failed: number
}

const NOTHING = { offered: 0, new: 0, merged: 0, skipped: 0, failed: 0 }

/** One report for each watched category; one that is not to be asked yet is reported as it stands. */
export async function watchFeeds(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const reports: FeedReport[] = []
  for (const feed of await watchedCategories(dependencies)) {
    if (dependencies.signal?.aborted) break
    const before = await dependencies.store.feeds.get(feed)
    const waits = before?.notBefore !== undefined && isBefore(now.toString(), before.notBefore)
    reports.push(waits ? { feed, state: before.state, ...NOTHING } : await watch(feed, before, dependencies, now))
  }
  return reports
}

/** Those of the operator and those anyone follows, each once; archives and badges are no feeds of their own. */
async function watchedCategories({ store, categories }: TickDependencies): Promise<string[]> {
  const subscriptions = await store.subscriptions.all()
  const followed = subscriptions.flatMap(({ target }) => (target.kind === 'category' ? [target.category] : []))
  const feeds = new Map(categories.map((category) => [normalCategory(category), category]))
  for (const category of followed) {
    const key = normalCategory(category)
    if (categoryName(category) !== undefined && !feeds.has(key)) feeds.set(key, category)
  }
  return [...feeds.values()]
}

async function watch(
  feed: string,
  before: FeedState | undefined,
  { store, source, log }: TickDependencies,
  now: Temporal.Instant,
): Promise<FeedReport> {
  const batch = await read(feed, before, source).catch((error: SourceError) => error)
  if (batch instanceof Error) {
    const state = afterFailure(feed, before, batch, now)
    log.warn('feed failed', { feed, failures: state.failures, notBefore: state.notBefore, error: batch })
    await store.feeds.set(state)
    return { feed, state: state.state, ...NOTHING }
  }
  const state = afterBatch(feed, before, batch, now)
  if (state.state === 'stalled') log.warn('feed stalled', { feed, changedAt: state.changedAt })
  return store.transaction(async (parts) => {
    const stored = await parts.papers.put(batch.records, now.toString())
    await parts.papers.markMatched(revisionsOfUnknown(batch.records, stored))
    await parts.feeds.set(state)
    const report = reportOf(feed, state, batch, stored)
    if (report.offered > 0) await parts.feeds.recordReading(readingOf(report, batch, now))
    return report
  })
}

function reportOf(feed: string, { state }: FeedState, { records, skipped }: FeedBatch, stored: readonly Stored[]): FeedReport {
  const count = (outcome: Stored['outcome']) => stored.filter((one) => one.outcome === outcome).length
  return {
    feed,
    state,
    offered: records.length + skipped.length,
    new: count('added'),
    merged: count('merged'),
    skipped: count('unchanged'),
    failed: skipped.length,
  }
}

function readingOf(
  { feed, offered, new: added, merged, failed }: FeedReport,
  { digest }: FeedBatch,
  now: Temporal.Instant,
): Reading {
  return { feed, batch: digest, at: now.toString(), offered, added, merged, failed }
}

function read(feed: string, before: FeedState | undefined, source: TickDependencies['source']): Promise<FeedBatch> {
  const { etag, lastModified } = before ?? {}
  return source.read(feed, { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) })
}

/** Papers announced only as a new version and not known before are kept, but they are no news to anyone. */
function revisionsOfUnknown(records: readonly PaperRecord[], stored: readonly Stored[]): number[] {
  return records.flatMap((record, at) => {
    const one = stored[at]
    return one?.outcome === 'added' && record.announcement?.startsWith('replace') ? [one.number] : []
  })
}
