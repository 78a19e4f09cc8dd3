// Whether this machine's clock agrees with Slack's: requests are signed with the time, and others than fresh ones are refused.
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import type { Check } from '#core/ports/platform.ts'

const SLACK = 'https://slack.com/api/'
const WITHIN_MS = 4000
/** Seconds that are no reason to look at the clock. */
const CLOSE = 60

/** Nothing where Slack cannot be asked: others say so. Never rejects. */
export async function checkClock(apiUrl: string = SLACK, now: () => Temporal.Instant): Promise<Check[]> {
  const theirs = await timeAt(apiUrl)
  if (theirs === undefined) return []
  const about = 'clock'
  const seconds = Math.round((now().epochMilliseconds - theirs) / 1000)
  const apart = Math.abs(seconds)
  if (apart <= CLOSE) return [{ about, state: 'fine', found: "This machine's clock agrees with Slack's." }]
  const refuses = apart > LIMITS.skew
  return [
    {
      about,
      state: refuses ? 'wrong' : 'warning',
      found: `This machine's clock is ${apart} seconds ${seconds > 0 ? 'ahead of' : 'behind'} Slack's${refuses ? ', so that requests over HTTP are refused as stale' : ''}.`,
      mend: 'Set the clock, and have it kept right by NTP.',
    },
  ]
}

/** In milliseconds since 1970; undefined where Slack did not say. */
async function timeAt(apiUrl: string): Promise<number | undefined> {
  try {
    const response = await fetch(new URL('api.test', apiUrl), { method: 'POST', signal: AbortSignal.timeout(WITHIN_MS) })
    await response.body?.cancel()
    const date = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(date) ? undefined : date
  } catch {
    return undefined
  }
}
