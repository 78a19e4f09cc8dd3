// What commands need to know of digests, which are made elsewhere: when the next one is, and what it would say.
import type { DigestModel } from '#core/ports/templates.ts'
import type { Schedule } from '#core/schedule.ts'
import type { Destination } from '#core/subscription.ts'

export interface Digests {
  /** The first slot of this schedule after `after`. */
  next(schedule: Schedule, after: Temporal.Instant): Promise<Temporal.Instant>
  /**
   * What a digest of the destination would say now, over the window since its last one. Where the window is empty it holds
   * the newest matches, or the newest papers where nothing is followed, and `example` is true; where nothing known here
   * matches it has no papers.
   */
  preview(destination: Destination, now: Temporal.Instant): Promise<DigestModel>
}
