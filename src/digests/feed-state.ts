// Where reading of a feed stands after a batch or a failure: fresh, waiting, quiet, stalled or failed.
import { PaperboyError, SourceError } from '#core/errors.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { backoff } from './backoff.ts'

/** Longer than any weekend with a holiday on either side of it. */
const STALLED_AFTER_HOURS = 120
/** A feed whose address had nothing (404) so often in a row is gone. */
const MOST_MISSING = 10

/**
 * `fresh`: the batch is another than before. `waiting`: it is the same still. `quiet`: the source announces nothing now.
 * `stalled`: nothing changed for so many hours, by default five days, which no weekend explains.
 */
export function afterBatch(
  feed: string,
  before: FeedState | undefined,
  batch: FeedBatch,
  now: Temporal.Instant,
  stalledAfter = STALLED_AFTER_HOURS,
): FeedState {
  const content = batch.kind === 'same' ? before?.batch : batch.digest
  const changed = content !== before?.batch
  const empty = batch.kind === 'same' ? before?.state === 'quiet' : batch.records.length === 0
  const changedAt = (changed && !empty) || before?.changedAt === undefined ? now.toString() : before.changedAt
  const hours = now.since(Temporal.Instant.from(changedAt)).total('hours')
  const etag = batch.etag ?? (batch.kind === 'same' ? before?.etag : undefined)
  const lastModified = batch.lastModified ?? (batch.kind === 'same' ? before?.lastModified : undefined)
  return {
    feed,
    state: hours >= stalledAfter ? 'stalled' : empty ? 'quiet' : changed ? 'fresh' : 'waiting',
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
    notBefore: now.add({ seconds: backoff(failures, error) }).toString(),
    ...(missing > 0 && { missing }),
    ...(isGone && { gone: now.toString() }),
    error: error instanceof PaperboyError ? error.message : 'The feed could not be read.',
  }
}
