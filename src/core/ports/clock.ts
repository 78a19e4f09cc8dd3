// The time, always asked for here: core and digests never look at the machine's own clock.
export interface Clock {
  now(): Temporal.Instant
}
