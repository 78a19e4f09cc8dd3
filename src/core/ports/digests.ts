// What commands need to know of digests, which are made elsewhere: when the next one is, what it would say, and what matched.
import type { Paper } from '#core/paper.ts'
import type { DigestModel } from '#core/ports/templates.ts'
import type { Span } from '#core/reply.ts'
import type { Schedule } from '#core/schedule.ts'
import type { Destination, Target } from '#core/subscription.ts'

export interface Digests {
  /** The first slot of this schedule after `after`. */
  next(schedule: Schedule, after: Temporal.Instant): Promise<Temporal.Instant>
  /**
   * What a digest of the destination would say now, over the window since its last one. Where the window is empty it holds
   * the newest matches, or the newest papers where nothing is followed, and `example` is true; where nothing known here
   * matches it has no papers.
   */
  preview(destination: Destination, now: Temporal.Instant): Promise<DigestModel>
  /**
   * All that matched in the destination and was seen since an instant, and all that is held there, best first, with what
   * became of it.
   */
  catchUp(destination: Destination, since: Temporal.Instant, now: Temporal.Instant): Promise<readonly CaughtUp[]>
}

export interface CaughtUp {
  readonly paper: Paper
  readonly why: readonly Span[]
  /** What it matched, each once. */
  readonly targets: readonly Target[]
  /** `coming`: in a message on its way; `failed`: its message was refused or dropped; `open`: in no message yet. */
  readonly state: 'posted' | 'coming' | 'held' | 'failed' | 'open'
}
