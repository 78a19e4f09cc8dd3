// How fast one person may ask: a bucket of tokens each (https://en.wikipedia.org/wiki/Token_bucket), filled again by the clock.
import type { Clock } from './ports/clock.ts'
import type { Destination, Person } from './subscription.ts'

/** A person may ask so much at once, */
const BURST = 120
/** and so much a second in the long run. */
const PER_SECOND = 2
/** So many people are remembered; whoever has asked nothing for longest is forgotten first, and then has a full bucket. */
const REMEMBERED = 10_000

interface Bucket {
  readonly tokens: number
  readonly at: number
}

export interface Asking {
  readonly destination: Pick<Destination, 'platform' | 'workspace'>
  readonly person: Pick<Person, 'id'>
}

/** Takes a token of the person's, the same in all channels of a workspace: 0 where there was one, else the seconds, 1 or more, until there is. */
export function createRateLimit({ now }: Clock): (asking: Asking) => number {
  const buckets = new Map<string, Bucket>()
  return ({ destination: { platform, workspace }, person }) => {
    const key = JSON.stringify([platform, workspace, person.id])
    const at = now().epochMilliseconds
    const { tokens, at: before } = buckets.get(key) ?? { tokens: BURST, at }
    // A clock that was put back takes nothing away.
    const filled = Math.min(BURST, tokens + (Math.max(0, at - before) / 1000) * PER_SECOND)
    const left = filled >= 1 ? filled - 1 : filled
    buckets.delete(key)
    buckets.set(key, { tokens: left, at })
    if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value ?? '')
    return filled >= 1 ? 0 : Math.ceil((1 - left) / PER_SECOND)
  }
}
