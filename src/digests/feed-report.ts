// What reading a feed once comes to: what is asked for, what of it was new, and what a report and the receipt say of it.
import type { PaperRecord } from '#core/paper.ts'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { FeedBatch, FeedSource } from '#core/ports/source.ts'
import type { Stored } from '#core/ports/store.ts'

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

export const NOTHING_READ = { offered: 0, new: 0, merged: 0, skipped: 0, failed: 0 }

/** `stored` answers the batch's records; those it has no answer for were known word for word. */
export function reportOf(
  feed: string,
  { state }: FeedState,
  { records, skipped }: Pick<FeedBatch, 'records' | 'skipped'>,
  stored: readonly Stored[],
): FeedReport {
  const count = (outcome: Stored['outcome']) => stored.filter((one) => one.outcome === outcome).length
  return {
    feed,
    state,
    offered: records.length + skipped.length,
    new: count('added'),
    merged: count('merged'),
    skipped: records.length - count('added') - count('merged'),
    failed: skipped.length,
  }
}

/** A report a feed, of all that was read of it. */
export function addedUp(reports: readonly FeedReport[]): FeedReport[] {
  const sum = (a: FeedReport, b: FeedReport): FeedReport => ({
    feed: a.feed,
    state: b.state,
    offered: a.offered + b.offered,
    new: a.new + b.new,
    merged: a.merged + b.merged,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
  })
  return [...Map.groupBy(reports, ({ feed }) => feed).values()].map((of) => of.reduce(sum))
}

export function readingOf(
  { feed, offered, new: added, merged, failed }: FeedReport,
  { digest }: FeedBatch,
  now: Temporal.Instant,
): Reading {
  return { feed, batch: digest, at: now.toString(), offered, added, merged, failed }
}

/** Of a page of an archive, which says again what is known: only what it added counts. */
export function archiveReadingOf({ feed, new: added, failed }: FeedReport, batch: string, now: Temporal.Instant): Reading {
  return { feed, batch, at: now.toString(), offered: added + failed, added, merged: 0, failed }
}

/** Asks for what came since the feed was read last. */
export function readSince(feed: string, before: FeedState | undefined, source: FeedSource): Promise<FeedBatch> {
  const { etag, lastModified } = before ?? {}
  return source.read(feed, { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) })
}

/** Papers announced only as a new version and not known before are kept, but they are no news to anyone. */
export function revisionsOfUnknown(records: readonly PaperRecord[], stored: readonly Stored[]): number[] {
  return records.flatMap((record, at) => {
    const one = stored[at]
    return one?.outcome === 'added' && record.announcement?.startsWith('replace') ? [one.number] : []
  })
}
