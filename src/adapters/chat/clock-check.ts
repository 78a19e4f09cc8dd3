// Whether this machine's clock agrees with a platform's, which says its time with every answer.
import type { Check } from '#core/ports/platform.ts'

const WITHIN_MS = 4000
/** Seconds that are no reason to look at the clock. */
const CLOSE = 60

export interface TheirClock {
  /** The platform's name. */
  readonly name: string
  ask(signal: AbortSignal): Promise<Response>
  /** How bad it is to be so many seconds apart, and what comes of it. */
  consequence(apart: number): { readonly state: 'warning' | 'wrong'; readonly so: string }
}

/** Nothing where the platform cannot be asked: others say so. Never rejects. */
export async function checkClock({ name, ask, consequence }: TheirClock, now: () => Temporal.Instant): Promise<Check[]> {
  const theirs = await timeOf(ask)
  if (theirs === undefined) return []
  const about = 'clock'
  const seconds = Math.round((now().epochMilliseconds - theirs) / 1000)
  const apart = Math.abs(seconds)
  if (apart <= CLOSE) return [{ about, state: 'fine', found: `This machine's clock agrees with ${name}'s.` }]
  const { state, so } = consequence(apart)
  const found = `This machine's clock is ${apart} seconds ${seconds > 0 ? 'ahead of' : 'behind'} ${name}'s${so}.`
  return [{ about, state, found, mend: 'Set the clock, and have it kept right by NTP.' }]
}

/** In milliseconds since 1970; undefined where they did not say. */
async function timeOf(ask: TheirClock['ask']): Promise<number | undefined> {
  try {
    const response = await ask(AbortSignal.timeout(WITHIN_MS))
    await response.body?.cancel()
    const date = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(date) ? undefined : date
  } catch {
    return undefined
  }
}
