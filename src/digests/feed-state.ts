// Where reading of a feed stands after a batch or a failure: fresh, waiting, quiet, stalled or failed.
import { announcementDays, arxivDay, daysAfter } from '#core/announcement-days.ts'
import { PaperboyError, SourceError } from '#core/errors.ts'
import type { Coverage, FeedState, Reading } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { backoff } from './backoff.ts'
import { fieldsOf } from './canary.ts'
import { coverageAfter, coverageSince, isOfEarlierDay, missedDays, untilNow } from './coverage.ts'

/** arXiv has two holidays in a row at most: the third day without an announcement is none. */
const STALLED_AFTER_DAYS = 3
/** Reasons that are kept of what could not be read. */
const MOST_REASONS = 3
/** A feed whose address had nothing (404) so often in a row is gone. */
const MOST_MISSING = 10

/** By arXiv's calendar; `lately`: what was read of the feed in the last thirty days. */
export function afterAnnouncements(
  feed: string,
  before: FeedState | undefined,
  batch: FeedBatch,
  lately: readonly Reading[],
  now: Temporal.Instant,
): FeedState {
  const coverage = coverageOf(before, now)
  const isOld = isOfEarlierDay(batch, before && { ...before, coverage }, lately, now)
  if (before !== undefined && isOld) {
    const { notBefore, error, missing, ...rest } = before
    const isStalled = isOverdue(before.changedAt ?? now.toString(), now)
    return {
      ...rest,
      state: isStalled ? 'stalled' : 'waiting',
      checkedAt: now.toString(),
      failures: 0,
      coverage: { ...coverage, old: batch.digest },
    }
  }
  const isAgain = batch.kind === 'same' || batch.digest === before?.batch
  const after = coverageAfter(coverage, batch, { isAgain, isOld, last: before?.batch, lately }, now)
  // Nothing at all is no other batch: the last one stays the one that it is compared with.
  const read = after.isEmpty && before?.batch !== undefined ? { ...batch, digest: before.batch } : batch
  const state = afterBatch(feed, before, read, now, (changedAt) => {
    if (!isOverdue(changedAt, now)) return false
    return !after.isEmpty || (after.fromArchive ?? 0) > 0 || missedDays(after, now).length > 0
  })
  const had = fieldsOf(batch) ?? before?.had
  const unread = batch.kind === 'same' ? (before?.unread ?? []) : reasonsOf(batch)
  return {
    ...state,
    ...(state.state === 'waiting' && after.isEmpty && { state: 'quiet' }),
    coverage: after,
    ...(had && { had }),
    ...(unread.length > 0 && { unread }),
  }
}

/** After a failure of a category: the days from the first attempt on count. */
export function withCoverage(state: FeedState, before: FeedState | undefined, now: Temporal.Instant): FeedState {
  return { ...state, coverage: coverageOf(before, now) }
}

/** What was read before coverage was kept counts as far as that reading. */
function coverageOf(before: FeedState | undefined, now: Temporal.Instant): Coverage {
  const coverage = before?.coverage ?? coverageSince(before?.readAt === undefined ? now : Temporal.Instant.from(before.readAt))
  return untilNow(coverage, now)
}

/** Whether so many announcements should have come since, whatever the holidays. */
function isOverdue(changedAt: string, now: Temporal.Instant): boolean {
  const [changed, today] = [arxivDay(Temporal.Instant.from(changedAt)), arxivDay(now)]
  return announcementDays(changed, daysAfter(today, -1)).length >= STALLED_AFTER_DAYS
}

function reasonsOf({ skipped }: FeedBatch): NonNullable<FeedState['unread']> {
  const byReason = Map.groupBy(skipped, ({ why }) => why)
  const reasons = [...byReason].map(([why, of]) => ({ why, papers: of.length }))
  return reasons.toSorted((a, b) => b.papers - a.papers).slice(0, MOST_REASONS)
}

/**
 * `fresh`: the batch is another than before. `waiting`: it is the same still. `quiet`: the source announces nothing now.
 * `stalled`: nothing changed for so long that it should have.
 */
export function afterBatch(
  feed: string,
  before: FeedState | undefined,
  batch: FeedBatch,
  now: Temporal.Instant,
  isStalled: (changedAt: string) => boolean,
): FeedState {
  const content = batch.kind === 'same' ? before?.batch : batch.digest
  const changed = content !== before?.batch
  const empty = batch.kind === 'same' ? before?.state === 'quiet' : batch.records.length === 0
  const changedAt = (changed && !empty) || before?.changedAt === undefined ? now.toString() : before.changedAt
  const etag = batch.etag ?? (batch.kind === 'same' ? before?.etag : undefined)
  const lastModified = batch.lastModified ?? (batch.kind === 'same' ? before?.lastModified : undefined)
  return {
    feed,
    state: isStalled(changedAt) ? 'stalled' : empty ? 'quiet' : changed ? 'fresh' : 'waiting',
    checkedAt: now.toString(),
    changedAt,
    readAt: now.toString(),
    failures: 0,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(content !== undefined && { batch: content }),
  }
}

/** Asked again once its backoff is over. One that is gone (410, or 404 ten times in a row) says since when. */
export function afterFailure(feed: string, before: FeedState | undefined, error: Error, now: Temporal.Instant): FeedState {
  const failures = (before?.failures ?? 0) + 1
  const status = error instanceof SourceError ? error.status : undefined
  const missing = (before?.missing ?? 0) + (status === 404 ? 1 : 0)
  const isGone = status === 410 || missing >= MOST_MISSING
  return {
    ...before,
    feed,
    state: 'failed',
    checkedAt: now.toString(),
    failures,
    ...afterWait(failures, error, now),
    ...(missing > 0 && { missing }),
    ...(isGone && { gone: now.toString() }),
  }
}

/** When to ask again after so many failures, and what to say of the last one. */
export function afterWait(failures: number, error: Error, now: Temporal.Instant): { notBefore: string; error: string } {
  return {
    notBefore: now.add({ seconds: backoff(failures, error) }).toString(),
    error: error instanceof PaperboyError ? error.message : 'The feed could not be read.',
  }
}
