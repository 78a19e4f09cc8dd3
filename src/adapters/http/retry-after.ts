// Retry-After (RFC 9110, section 10.2.3): how long a source wants to be left alone, between a minute and a day.

const SECONDS = /^\d+$/
const SHORTEST = 60
const LONGEST = 86_400

/** Seconds from `now`, whatever was asked for: at least a minute, at most a day; undefined where nothing readable was. */
export function retryAfterSeconds(header: string | null, now: Temporal.Instant): number | undefined {
  const text = header?.trim() ?? ''
  const seconds = SECONDS.test(text) ? Number(text) : (Date.parse(text) - now.epochMilliseconds) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(seconds)))
}
