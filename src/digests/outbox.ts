// Sends what the ledger holds. The order: attempts cut short become uncertain; uncertain ones are looked up before any
// repeat; then what is pending, destinations side by side and each in order. The intent is committed before every call.
import type { Delivery, Outcome } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import { destinationKey } from '#core/subscription.ts'
import { outcomeOf } from './outcome.ts'
import type { TickDependencies } from './tick.ts'

/** In seconds. */
export interface OutboxTiming {
  /** How long a claimed delivery is this process's own; calls begin only in its first half. */
  readonly lease: number
  /** Waited after a lease or an unclear answer before anything is looked up: longer than any request takes. */
  readonly settle: number
}

const outboxTiming: OutboxTiming = { lease: 240, settle: 120 }
const AT_ONCE = 8

/** Posts everything that is due and answers how much arrived. Rejects with StoreError; what was under way is recovered later. */
export async function deliver(dependencies: TickDependencies): Promise<number> {
  const { store, clock, signal, timing = outboxTiming } = dependencies
  const platforms = new Map<string, Platform>(dependencies.platforms.map((platform) => [platform.name, platform]))
  const names = [...platforms.keys()]
  /** Until when a destination is left alone. */
  const paused = new Map<string, Temporal.Instant>()
  await store.ledger.expire(clock.now().subtract({ seconds: timing.settle }).toString(), clock.now().toString())

  let sent = 0
  for (const step of ['claimUncertain', 'claim'] as const) {
    while (!signal?.aborted) {
      const now = clock.now()
      const leaseUntil = now.add({ seconds: timing.lease }).toString()
      const due = await store.ledger[step]({ now: now.toString(), leaseUntil, limit: AT_ONCE, platforms: names })
      if (due.length === 0) break
      const lanes = [...Map.groupBy(due, ({ destination }) => destinationKey(destination)).values()]
      const results = await Promise.allSettled(lanes.map((lane) => sendInOrder(lane, step, now)))
      for (const result of results) {
        if (result.status === 'rejected') throw result.reason
        sent += result.value
      }
    }
  }
  return sent

  async function sendInOrder(lane: readonly Delivery[], step: 'claimUncertain' | 'claim', claimedAt: Temporal.Instant) {
    let arrived = 0
    for (const delivery of lane) {
      const outcome = held(delivery, step, claimedAt) ?? (await attempt(delivery, step))
      if (outcome.state === 'pending' || outcome.state === 'uncertain') {
        paused.set(destinationKey(delivery.destination), Temporal.Instant.from(outcome.notBefore))
      }
      const settled = await store.ledger.settle(delivery.id, delivery.fence, outcome, clock.now().toString())
      if (settled && outcome.state === 'sent') arrived++
    }
    return arrived
  }

  /** The outcome of a delivery that is not to be tried now: it goes back as it came. */
  function held(delivery: Delivery, step: 'claimUncertain' | 'claim', claimedAt: Temporal.Instant): Outcome | undefined {
    const state = step === 'claim' ? 'pending' : 'uncertain'
    const now = clock.now()
    const until = paused.get(destinationKey(delivery.destination))
    if (until && Temporal.Instant.compare(now, until) < 0) {
      return { state, notBefore: until.toString(), error: 'Waits for what was before it.' }
    }
    const isLate = now.since(claimedAt).total('seconds') > timing.lease / 2
    return isLate || signal?.aborted ? { state, notBefore: now.toString(), error: 'Put back before it was tried.' } : undefined
  }

  async function attempt(delivery: Delivery, step: 'claimUncertain' | 'claim'): Promise<Outcome> {
    const platform = platforms.get(delivery.destination.platform)
    if (!platform) return { state: 'dead', error: 'There is no such platform.' }
    const { log } = dependencies
    try {
      if (step === 'claimUncertain') {
        const found = await lookUp(platform, delivery)
        if (typeof found === 'object') return { state: 'sent', ref: found.found }
        if (found === 'unknown') log.warn('posting again what may have arrived', { delivery: delivery.id })
      }
      return { state: 'sent', ref: await platform.post(delivery) }
    } catch (error) {
      const outcome = outcomeOf(error, delivery, clock.now(), timing.settle)
      log.warn('delivery failed', { delivery: delivery.id, attempt: delivery.attempt, state: outcome.state, error })
      return outcome
    }
  }
}

/** Whatever fails here says nothing of the post itself, which stays uncertain; a channel that is gone stays gone. */
async function lookUp(platform: Platform, delivery: Delivery) {
  try {
    return await platform.lookUp(delivery)
  } catch (error) {
    if (error instanceof DeliveryError && (error.kind === 'gone' || error.kind === 'forbidden')) throw error
    const retryAfter = error instanceof DeliveryError && error.retryAfter !== undefined ? { retryAfter: error.retryAfter } : {}
    throw new DeliveryError('uncertain', 'Whether it arrived could not be looked up.', { cause: error, ...retryAfter })
  }
}
