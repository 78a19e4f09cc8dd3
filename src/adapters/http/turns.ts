// Turns in lanes that several processes share: a request waits until no other process of the same store is within one, nor
// within the pause after it. A turn is a lease, which ends by itself where its process dies.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '#core/ports/clock.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import { takeTurn } from './leased-turn.ts'

/** Milliseconds between two questions of one who waits: from the shorter to the longer, by chance, so that nobody is always first. */
const SHORTER = 100
const LONGER = 250
/** Milliseconds: nobody lets others wait so long, so a turn that still is not over was taken by a clock that is wrong. */
const TOO_LONG = 180_000

export interface TurnBounds {
  /** Milliseconds from the end of one process's work to the start of the next one's. */
  readonly pause: number
  /** Milliseconds that the work may take at most: whoever died within it keeps others waiting no longer. */
  readonly longest: number
  /** Once it aborts, nobody waits for the turn any more, and the work has to see that for itself. */
  readonly signal?: AbortSignal | undefined
}

export interface Turns {
  /**
   * Does the work in turn. Where the store cannot be asked it is done at once: then each process paces itself alone. One
   * call of a lane at a time in each process.
   */
  inTurn<T>(lane: string, bounds: TurnBounds, work: () => Promise<T>): Promise<T>
}

export interface TurnsOptions {
  readonly leases: Pick<LeaseStore, 'take' | 'renew'>
  /** The one by which all that use the store go: by one that was set, turns would be of another time. */
  readonly clock: Clock
  readonly log: Log
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

export function createTurns({ leases, clock, log, wait = sleep }: TurnsOptions): Turns {
  /** Epoch milliseconds from which on a lane's next turn may be this process's: by then others who wait have asked. */
  const ours = new Map<string, number>()
  const milliseconds = () => clock.now().epochMilliseconds
  const after = (duration: number) => clock.now().add({ milliseconds: duration }).toString()

  return {
    async inTurn(lane, { pause, longest, signal }, work) {
      const name = `lane ${lane}`
      const early = Math.min((ours.get(lane) ?? 0) - milliseconds(), LONGER)
      if (early > 0 && !signal?.aborted) await wait(early)
      const turn = { lasts: longest + pause, shortest: SHORTER, longest: LONGER, tooLong: TOO_LONG, signal }
      const fence = await takeTurn(name, turn, { leases, now: () => clock.now(), wait }).catch((error) => {
        log.warn('no turn among all processes could be taken', { lane, error })
        return undefined
      })
      if (fence === undefined) return work()
      try {
        return await work()
      } finally {
        ours.set(lane, milliseconds() + pause + LONGER)
        await leases
          .renew(name, fence, after(pause))
          .catch((error) => log.warn('a turn among all processes could not be ended', { lane, error }))
      }
    },
  }
}
