// How long a source is left alone that failed.
import { SourceError } from '#core/errors.ts'

const FIRST_MINUTES = 5
const LONGEST_MINUTES = 6 * 60
const SHORTEST_SECONDS = 60
const LONGEST_SECONDS = 24 * 3600

/** In seconds: 5, 10, 20 … minutes after so many failures in a row, at most six hours; or what the source said, between a minute and a day. */
export function backoff(failures: number, error: Error): number {
  const asked = error instanceof SourceError ? error.retryAfter : undefined
  if (asked !== undefined) return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, Math.ceil(asked)))
  return Math.min(LONGEST_MINUTES, FIRST_MINUTES * 2 ** Math.min(failures - 1, 20)) * 60
}
