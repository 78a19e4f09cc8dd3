// Whether this process reaches Discord, as its connections tell: where it does not and others do, or may, it leaves them its shards
// for a while.
import type { Gateway } from '#adapters/chat/discord/gateway/gateway.ts'
import { type Pauses, pauseAfter } from '#adapters/chat/discord/gateway/pauses.ts'

/** Seconds without Discord's greeting on any connection. */
const LOST_AFTER = 90
/** Seconds to stay away, longer and longer. */
const ABSENCES: Pauses = { shortest: 120, longest: 3600 }

/** Given the connections there are, and whether others may do better: until when to leave them to those; undefined where to stay. */
export type Reach = (gateways: readonly Gateway[], hasBetter: boolean) => Temporal.Instant | undefined

export function createReach(now: () => Temporal.Instant): Reach {
  let lostSince: Temporal.Instant | undefined
  let awayUntil: Temporal.Instant | undefined
  let absences = 0

  function isLost(gateways: readonly Gateway[]): boolean {
    const isReached = gateways.some((gateway) => gateway.isReached())
    if (isReached) absences = 0
    lostSince = isReached || gateways.length === 0 ? undefined : (lostSince ?? now())
    return lostSince !== undefined && now().since(lostSince).total('seconds') >= LOST_AFTER
  }

  return (gateways, hasBetter) => {
    if (!isLost(gateways) || !hasBetter) return undefined
    if (awayUntil !== undefined && Temporal.Instant.compare(now(), awayUntil) < 0) return undefined
    const seconds = pauseAfter(absences, ABSENCES, Math.random())
    absences++
    awayUntil = now().add({ seconds: Math.round(seconds) })
    return awayUntil
  }
}
