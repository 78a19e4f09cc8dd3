// Discord lets a bot begin one session in five seconds for each rate-limit key: processes that share a store take turns, each of
// which is a lease that runs out.
import type { Passes } from '#adapters/chat/discord/gateway/waits.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import { turnName } from './names.ts'

/** Seconds: Discord's five, and one by which clocks may be apart. */
const TURN = 6
/** Seconds between two questions whether it is free. */
const LOOK = 0.4
/** Seconds: so long no others come first, so a turn that still is not over was taken by a clock that was wrong. */
const TOO_LONG = 300
const AFTER_ALL = '9999-12-31T23:59:59Z'

/** Resolves once a session with this rate-limit key may be begun; rejects where the signal aborts first. */
export type Turn = (key: number, signal: AbortSignal) => Promise<void>

export interface TurnOptions {
  readonly leases: Pick<LeaseStore, 'take'>
  readonly now: () => Temporal.Instant
  readonly passes: Passes
  readonly log: Log
}

/** One of this process's own asks the store at a time, for each key. */
export function createTurns({ leases, now, passes, log }: TurnOptions): Turn {
  const lines = new Map<number, Promise<void>>()

  async function taken(key: number, signal: AbortSignal): Promise<void> {
    for (let waited = 0; !signal.aborted; ) {
      const at = now()
      const lease = { now: waited < TOO_LONG ? at.toString() : AFTER_ALL, until: at.add({ seconds: TURN }).toString() }
      const turn = await leases
        .take(turnName(key), lease)
        .catch((error) => log.warn('no turn to begin a discord session', { error }))
      if (typeof turn === 'number') return
      const rest = LOOK * (0.5 + Math.random())
      await passes(rest, signal)
      waited += rest
    }
    signal.throwIfAborted()
  }

  return (key, signal) => {
    const turn = (lines.get(key) ?? Promise.resolve()).then(() => taken(key, signal))
    const over = turn.catch(() => undefined)
    lines.set(key, over)
    return turn
  }
}
