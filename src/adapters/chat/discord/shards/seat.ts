// A process's seat: as many of them are held as there are processes that live and reach Discord, so that each knows how many it
// divides by.
import { type Passes, whenAborted } from '#adapters/chat/discord/gateway/waits.ts'
import type { Duties } from '#core/ports/duties.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import { census, PREFIX, SEATS, seatName } from './names.ts'

/** Seconds between looks for a free seat. */
const LOOK = 1
/** Seconds until another look whether Discord is reached by one who was away. */
const REACHED = 60

export interface SeatOptions {
  readonly duties: Duties
  readonly leases: Pick<LeaseStore, 'held'>
  /** Whether Discord says anything; asked of who was away before it has a seat again. */
  readonly reaches: () => Promise<boolean>
  readonly now: () => Temporal.Instant
  readonly passes: Passes
  readonly log: Log
}

export interface Seat {
  /** Undefined where there is none, or none any more. */
  number(): number | undefined
  /** Gives it back, and takes none until then, and until Discord is reached, unless nobody else has one. */
  leave(until: Temporal.Instant): void
  isAway(): boolean
  /** Takes the first free one, and another where it is lost. Resolves once it is given back. Never rejects. */
  keep(signal: AbortSignal): Promise<void>
}

export function createSeat({ duties, leases, reaches, now, passes, log }: SeatOptions): Seat {
  let own: number | undefined
  let leaving = new AbortController()
  let awayUntil: Temporal.Instant | undefined

  async function staysAway(others: number): Promise<boolean> {
    if (awayUntil === undefined) return false
    if (others > 0 && Temporal.Instant.compare(now(), awayUntil) < 0) return true
    if (others > 0 && !(await reaches())) {
      awayUntil = now().add({ seconds: REACHED })
      return true
    }
    awayUntil = undefined
    return false
  }

  async function takeFirst(signal: AbortSignal): Promise<void> {
    const { seats } = census(await leases.held(PREFIX, now().toString()))
    if ((await staysAway(seats.length)) || signal.aborted) return
    const free = Array.from({ length: SEATS }, (_, seat) => seat).find((seat) => !seats.includes(seat))
    if (free === undefined) return log.warn('there are too many processes for discord: this one has no shards')
    const sit = async (over: AbortSignal) => {
      own = free
      leaving = new AbortController()
      await whenAborted(AbortSignal.any([over, leaving.signal]))
      own = undefined
    }
    await duties.take(seatName(free), sit, { signal })
  }

  return {
    number: () => own,
    leave(until) {
      awayUntil = until
      leaving.abort()
    },
    isAway: () => awayUntil !== undefined,
    async keep(signal) {
      do {
        await takeFirst(signal).catch((error) => log.warn('no seat among the processes for discord', { error }))
      } while (await passes(LOOK * (0.5 + Math.random()), signal))
    },
  }
}
