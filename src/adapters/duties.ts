// Duties by leases in the store, renewed for as long as the work goes on.
import type { Clock } from '#core/ports/clock.ts'
import type { Duties } from '#core/ports/duties.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'

export interface LeasedDutiesOptions {
  readonly leases: LeaseStore
  /** That of all who share the store: by another one, or one that was set, leases would be of another time. */
  readonly clock: Clock
  readonly log: Log
  /** Seconds after which another takes over from a process that died or stands still. */
  readonly lease?: number
}

const LEASE = 30
/** So many times it may fail to be renewed before it is over. */
const RENEWALS = 3
/** By which the clocks of processes may be apart: it is nobody's for so long before another can take it. */
const CLOCKS_APART = { seconds: 1 }

export function createLeasedDuties({ leases, clock, log, lease = LEASE }: LeasedDutiesOptions): Duties {
  /** Since when another has been at it. */
  const missed = new Map<string, Temporal.Instant>()
  const end = () => clock.now().add({ milliseconds: lease * 1000 })

  /** Renews until it is stopped; `onLost` is called where another has the lease, or may have it. */
  function renewing(name: string, fence: number, first: Temporal.Instant, onLost: () => void) {
    let until = first
    let underWay = 0
    const renew = async () => {
      // The store may say nothing for longer than the lease lasts.
      if (underWay > 0 && Temporal.Instant.compare(clock.now(), until) >= 0) onLost()
      const next = end()
      underWay++
      try {
        if (await leases.renew(name, fence, next.toString())) until = next
        else onLost()
      } catch (error) {
        log.warn('a lease could not be renewed', { name, error })
        if (Temporal.Instant.compare(clock.now(), until) >= 0) onLost()
      } finally {
        underWay--
      }
    }
    const timer = setInterval(renew, (lease * 1000) / RENEWALS)
    return {
      stop: () => clearInterval(timer),
      lasts: () => Temporal.Instant.compare(clock.now(), until.subtract(CLOCKS_APART)) < 0,
    }
  }

  return {
    async take(name, work, { signal, unlessDoneWithin } = {}) {
      const now = clock.now()
      const until = end()
      const since = (missed.get(name) ?? now).subtract({ seconds: unlessDoneWithin ?? 0 }).toString()
      const taken = await leases.take(name, {
        now: now.toString(),
        until: until.toString(),
        ...(unlessDoneWithin !== undefined && { unlessDoneSince: since }),
      })
      if (taken === 'held' && !missed.has(name)) missed.set(name, now)
      if (taken !== 'held') missed.delete(name)
      if (typeof taken === 'string') return undefined
      const lost = new AbortController()
      const renewal = renewing(name, taken, until, () => {
        if (!lost.signal.aborted) log.warn('a lease is lost', { name })
        lost.abort()
      })
      const over = AbortSignal.any([lost.signal, ...(signal === undefined ? [] : [signal])])
      let done = false
      try {
        const result = await work(over, () => !over.aborted && renewal.lasts())
        done = !over.aborted
        return { result }
      } finally {
        renewal.stop()
        const givenBack = leases
          .giveBack(name, taken, { now: clock.now().toString(), done })
          .catch((error) => log.warn('a lease could not be given back', { name, error }))
        // What is lost is lost: the store may be silent for a while, and the next time does not wait for that.
        if (!lost.signal.aborted) await givenBack
      }
    },
    isMissed: (name) => missed.has(name),
  }
}
