// What is news, where no source says so: papers published within the last thirty days.

const DAYS = 30

/** The day, `2026-09-24`, before which what was published is no news at `now`. */
export function newsSince(now: Temporal.Instant): string {
  return now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: DAYS }).toString()
}
