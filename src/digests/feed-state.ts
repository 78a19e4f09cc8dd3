// Where reading of a feed stands after a batch or a failure: fresh, waiting, quiet, stalled or failed.
import { PaperboyError, SourceError } from '#core/errors.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'

/** Longer than any weekend with a holiday on either side of it. */
const STALLED_AFTER_HOURS = 120
const FIRST_BACKOFF_MINUTES = 5
const LONGEST_BACKOFF_MINUTES = 6 * 60
const SHORTEST_WAIT_SECONDS = 60
const LONGEST_WAIT_SECONDS = 24 * 3600

/**
 * `fresh`: the batch is another than before. `waiting`: it is the same still. `quiet`: the source announces nothing now.
 * `stalled`: nothing changed for five days, which no weekend explains.
 */
export function afterBatch(feed: string, before: FeedState | undefined, batch: FeedBatch, now: Temporal.Instant): FeedState {
  const content = batch.kind === 'same' ? before?.batch : batch.digest
  const changed = content !== before?.batch
  const empty = batch.kind === 'same' ? before?.state === 'quiet' : batch.records.length === 0
  const changedAt = (changed && !empty) || before?.changedAt === undefined ? now.toString() : before.changedAt
  const hours = now.since(Temporal.Instant.from(changedAt)).total('hours')
  const etag = batch.etag ?? (batch.kind === 'same' ? before?.etag : undefined)
  const lastModified = batch.lastModified ?? (batch.kind === 'same' ? before?.lastModified : undefined)
  return {
    feed,
    state: hours >= STALLED_AFTER_HOURS ? 'stalled' : empty ? 'quiet' : changed ? 'fresh' : 'waiting',
    checkedAt: now.toString(),
    changedAt,
    failures: 0,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    ...(content !== undefined && { batch: content }),
  }
}

/** Asked again after 5, 10, 20 … minutes, at most six hours; or when the source said, between a minute and a day. */
export function afterFailure(feed: string, before: FeedState | undefined, error: Error, now: Temporal.Instant): FeedState {
  const failures = (before?.failures ?? 0) + 1
  const asked = error instanceof SourceError ? error.retryAfter : undefined
  const seconds =
    asked === undefined
      ? Math.min(LONGEST_BACKOFF_MINUTES, FIRST_BACKOFF_MINUTES * 2 ** Math.min(failures - 1, 20)) * 60
      : Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(asked)))
  return {
    ...before,
    feed,
    state: 'failed',
    checkedAt: now.toString(),
    failures,
    notBefore: now.add({ seconds }).toString(),
    error: error instanceof PaperboyError ? error.message : 'The feed could not be read.',
  }
}
