// When a channel gets its digest, and the slots in which it is due (digests/schedule.ts computes them).
import type { Destination, Person } from '#core/subscription.ts'

export type Frequency = 'daily' | 'weekly' | 'monthly'

export interface Schedule {
  readonly id: string
  readonly destination: Destination
  readonly frequency: Frequency
  /** For weekly the weekday, 1 = Monday … 7 = Sunday as in ISO 8601; for monthly the day of the month (the last day where the month is shorter); daily ignores it. */
  readonly day: number
  /** Wall time `HH:MM` in `zone`. */
  readonly time: string
  /** IANA name: `Europe/Berlin`. */
  readonly zone: string
  /** A template's name without ending: `digest`. */
  readonly template: string
  readonly owner: Person
  /** What becomes of a digest without papers: nothing is posted, or a line that says so. */
  readonly whenEmpty: 'skip' | 'line'
  readonly createdAt: string
}

/** One due digest: papers first seen in [from, to), recorded once per (schedule, at). */
export interface Slot {
  readonly schedule: string
  /** The instant the slot stands for, in UTC. */
  readonly at: string
  readonly from: string
  readonly to: string
  readonly outcome: 'posted' | 'empty' | 'merged'
}
