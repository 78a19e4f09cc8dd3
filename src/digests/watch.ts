// Reads the due categories one after the other: records → papers, and only then the feed's own state moves on.
import type { SourceError } from '#core/errors.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import { categoryName, normalCategory } from '#core/text/category.ts'
import { type FeedReport, NOTHING_READ, readingOf, readSince, reportOf, revisionsOfUnknown } from './feed-report.ts'
import { afterBatch, afterFailure } from './feed-state.ts'
import { isBefore } from './instants.ts'
import type { TickDependencies } from './tick.ts'

/** One report for each watched category; one that is not to be asked yet is reported as it stands. */
export async function watchCategories(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const reports: FeedReport[] = []
  for (const feed of await watchedCategories(dependencies)) {
    if (dependencies.signal?.aborted) break
    const before = await dependencies.store.feeds.get(feed)
    const waits = before?.notBefore !== undefined && isBefore(now.toString(), before.notBefore)
    reports.push(waits ? { feed, state: before.state, ...NOTHING_READ } : await watch(feed, before, dependencies, now))
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
  const batch = await readSince(feed, before, source).catch((error: SourceError) => error)
  if (batch instanceof Error) {
    const state = afterFailure(feed, before, batch, now)
    log.warn('feed failed', { feed, failures: state.failures, notBefore: state.notBefore, error: batch })
    await store.feeds.set(state)
    return { feed, state: state.state, ...NOTHING_READ }
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
