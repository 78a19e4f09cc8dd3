// A process's seat: as many of them are held as there are processes that live, so that each knows how many it divides by.
import { type Passes, whenAborted } from '#adapters/chat/discord/gateway/waits.ts'
import type { Duties } from '#core/ports/duties.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import { census, PREFIX, SEATS, seatName } from './names.ts'

/** Seconds between looks for a free seat. */
const LOOK = 1

export interface SeatOptions {
  readonly duties: Duties
  readonly leases: Pick<LeaseStore, 'held'>
  readonly now: () => Temporal.Instant
  readonly passes: Passes
  readonly log: Log
}

export interface Seat {
  /** Undefined where there is none, or none any more. */
  number(): number | undefined
  /** Takes the first free one, and another where it is lost. Resolves once it is given back. Never rejects. */
  keep(signal: AbortSignal): Promise<void>
}

export function createSeat({ duties, leases, now, passes, log }: SeatOptions): Seat {
  let own: number | undefined

  async function takeFirst(signal: AbortSignal): Promise<void> {
    const { seats } = census(await leases.held(PREFIX, now().toString()))
    const free = Array.from({ length: SEATS }, (_, seat) => seat).find((seat) => !seats.includes(seat))
    if (free === undefined) return log.warn('there are too many processes for discord: this one has no shards')
    const sit = async (over: AbortSignal) => {
      own = free
      await whenAborted(over)
      own = undefined
    }
    await duties.take(seatName(free), sit, { signal })
  }

  return {
    number: () => own,
    async keep(signal) {
      do {
        await takeFirst(signal).catch((error) => log.warn('no seat among the processes for discord', { error }))
      } while (await passes(LOOK * (0.5 + Math.random()), signal))
    },
  }
}
