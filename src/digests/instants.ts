// Instants as the texts that are stored: compared by time, whatever fractions of a second they carry.

/** Texts of the same length, as nearly all are, sort by time as they stand: a tick compares millions. */
export function isBefore(a: string, b: string): boolean {
  return a.length === b.length && a.endsWith('Z') && b.endsWith('Z') ? a < b : Temporal.Instant.compare(a, b) < 0
}

/** Undefined of none. */
export function earliest(instants: Iterable<string>): string | undefined {
  let first: string | undefined
  for (const instant of instants) if (first === undefined || isBefore(instant, first)) first = instant
  return first
}

export function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}

export function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}

/** Whether it is too early, by what was decided at `since`; what a clock decided that was put back meanwhile holds for nothing. */
export function isTooEarly(now: Temporal.Instant, notBefore: string | undefined, since: string | undefined): boolean {
  if (notBefore === undefined || !isBefore(now.toString(), notBefore)) return false
  return since === undefined || !isBefore(now.toString(), since)
}
