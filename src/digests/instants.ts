// Instants as the texts that are stored: compared by time, whatever fractions of a second they carry.

export function isBefore(a: string, b: string): boolean {
  return Temporal.Instant.compare(a, b) < 0
}

export function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
