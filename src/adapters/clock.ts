// The two clocks there are: the machine's, and one that stands still at a given instant.
import type { Clock } from '#core/ports/clock.ts'

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that always says the same: for `--at`. */
export function fixedClock(now: Temporal.Instant): Clock {
  return { now: () => now }
}
