// How time goes by for replicas: fast, and for all of them alike, so that days of digests fit into minutes of kills.
import type { Clock } from '#core/ports/clock.ts'

/** Seconds of a second. */
export const PACE = 1000
/** Seconds of the machine: of a claimed delivery, of the wait before it is looked up, and of a turn. */
export const LEASE = 3
export const SETTLE = 2
export const TURN = 1.5
/** The exit code of a replica where something waits for another day. */
export const HELD = 3

export interface Pace {
  /** What the clock says at `since`. */
  readonly from: string
  /** Epoch milliseconds of the machine. */
  readonly since: number
}

export function clockOf({ from, since }: Pace): Clock {
  const beginning = Temporal.Instant.from(from)
  return { now: () => beginning.add({ milliseconds: Math.round((Date.now() - since) * PACE) }) }
}
