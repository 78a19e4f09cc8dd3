// Spreads what Discord counts a day: new sessions. A thousand are allowed; who asks for more has the token reset.
import type { APIGatewaySessionStartLimit } from 'discord.js'

/** Of a day's sessions, so many may be begun at once, and so many come back over the day; the rest is for restarts. */
const AT_ONCE = 0.1
const A_DAY = 0.7
const FOR_RESTARTS = 1 - AT_ONCE - A_DAY
const DAY_MS = 24 * 60 * 60 * 1000
/** Milliseconds after which what Discord says of those that remain has been asked anew. */
const SAID_ANEW_MS = 30_000

/** What Discord allows: its own words, https://docs.discord.com/developers/events/gateway#session-start-limit-object. */
export type SessionLimit = Pick<APIGatewaySessionStartLimit, 'total' | 'remaining' | 'reset_after'>

/**
 * Milliseconds to wait before the next session is begun. Whoever asks takes one. Once only those remain that are for restarts, each
 * start waits too: a process that dies again and again knows nothing of the sessions before, and Discord alone does.
 */
export type IdentifyBudget = (limit: SessionLimit) => number

/** `now` is in milliseconds, and never goes backwards. */
export function createIdentifyBudget(now: () => number): IdentifyBudget {
  let taken = 0
  let at = now()
  /** What Discord said remains, when, and how many were taken since. */
  let said = { remaining: Number.NaN, at, taken: 0 }

  function untilOwn(total: number): number {
    const perMillisecond = (total * A_DAY) / DAY_MS
    taken = Math.max(0, taken - (now() - at) * perMillisecond) + 1
    at = now()
    return (taken - Math.max(1, total * AT_ONCE)) / perMillisecond
  }

  function whileFew({ total, remaining, reset_after }: SessionLimit): number {
    if (remaining !== said.remaining || now() - said.at > SAID_ANEW_MS) said = { remaining, at: now(), taken: 0 }
    said.taken++
    return remaining < total * FOR_RESTARTS ? (said.taken * reset_after) / Math.max(1, remaining) : 0
  }

  return (limit) => Math.max(0, Math.ceil(Math.max(untilOwn(limit.total), whileFew(limit))))
}
