// Whether this machine's clock agrees with Discord's: digests come by it, and so do the limits of what may be looked up again.
import { DefaultUserAgent } from 'discord.js'
import type { Check } from '#core/ports/platform.ts'

const DISCORD = 'https://discord.com/api'
const WITHIN_MS = 4000
/** Seconds that are no reason to look at the clock. */
const CLOSE = 60

/** Nothing where Discord cannot be asked: others say so. Never rejects. */
export async function checkClock(apiUrl: string = DISCORD, now: () => Temporal.Instant): Promise<Check[]> {
  const theirs = await timeAt(apiUrl)
  if (theirs === undefined) return []
  const about = 'clock'
  const seconds = Math.round((now().epochMilliseconds - theirs) / 1000)
  const apart = Math.abs(seconds)
  if (apart <= CLOSE) return [{ about, state: 'fine', found: "This machine's clock agrees with Discord's." }]
  return [
    {
      about,
      state: 'warning',
      found: `This machine's clock is ${apart} seconds ${seconds > 0 ? 'ahead of' : 'behind'} Discord's, so that digests come at another time than was asked for.`,
      mend: 'Set the clock, and have it kept right by NTP.',
    },
  ]
}

/** In milliseconds since 1970; undefined where Discord did not say. */
async function timeAt(apiUrl: string): Promise<number | undefined> {
  try {
    const headers = { 'user-agent': DefaultUserAgent }
    const response = await fetch(`${apiUrl}/v10/gateway`, { headers, signal: AbortSignal.timeout(WITHIN_MS) })
    await response.body?.cancel()
    const date = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(date) ? undefined : date
  } catch {
    return undefined
  }
}
