// Discord lets a bot begin one session in five seconds for each rate-limit key: processes that share a store take turns, each of
// which is a lease that runs out.
import type { Passes } from '#adapters/chat/discord/gateway/waits.ts'
import { takeTurn } from '#adapters/http/leased-turn.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import { turnName } from './names.ts'

/** In milliseconds. */
const TURN = {
  /** Discord's five seconds, and one by which clocks may be apart. */
  lasts: 6000,
  shortest: 200,
  longest: 600,
  tooLong: 300_000,
}

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
    const take: LeaseStore['take'] = (...lease) =>
      leases.take(...lease).catch((error) => {
        log.warn('no turn to begin a discord session', { error })
        return 'held'
      })
    const wait = (milliseconds: number) => passes(milliseconds / 1000, signal)
    const fence = await takeTurn(turnName(key), { ...TURN, signal }, { leases: { take }, now, wait })
    if (fence === undefined) signal.throwIfAborted()
  }

  return (key, signal) => {
    const turn = (lines.get(key) ?? Promise.resolve()).then(() => taken(key, signal))
    const over = turn.catch(() => undefined)
    lines.set(key, over)
    return turn
  }
}
