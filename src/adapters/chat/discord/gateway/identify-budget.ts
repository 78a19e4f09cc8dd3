// Spreads what Discord counts a day: new sessions. A thousand are allowed; who asks for more has the token reset.

/** Of a day's sessions, so many may be begun at once, and so many come back over the day; the rest is for restarts. */
const AT_ONCE = 0.1
const A_DAY = 0.7
const DAY_MS = 24 * 60 * 60 * 1000

/** Milliseconds to wait before the next session is begun, of `total` that Discord allows a day. Whoever asks takes one. */
export type IdentifyBudget = (total: number) => number

/** `now` is in milliseconds, and never goes backwards. */
export function createIdentifyBudget(now: () => number): IdentifyBudget {
  let taken = 0
  let at = now()
  return (total) => {
    const perMillisecond = (total * A_DAY) / DAY_MS
    taken = Math.max(0, taken - (now() - at) * perMillisecond) + 1
    at = now()
    return Math.max(0, Math.ceil((taken - Math.max(1, total * AT_ONCE)) / perMillisecond))
  }
}
