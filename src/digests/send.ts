// One attempt: a look first where an earlier one may have arrived, then the post, and what its outcome means for its place.
// A message that the platform refuses is tried once more as text alone.
import type { Delivery, Outcome } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Person } from '#core/subscription.ts'
import { plainBlocks } from '#core/text/plain-blocks.ts'
import { withLinks } from './links.ts'
import type { OutboxTiming } from './outbox.ts'
import { outcomeOf } from './outcome.ts'
import { isOfPlace, suspend } from './suspend.ts'
import type { TickDependencies } from './tick.ts'

/** From which state it was taken: what is uncertain is looked up first. */
export type Step = 'claim' | 'claimUncertain'

export interface Sender {
  /**
   * Tries it once. Where `isLate` says so just before a post, there is none: this process stood still meanwhile, and another
   * may have taken it up. Rejects with StoreError alone.
   */
  send(delivery: Delivery, step: Step, isLate?: () => boolean): Promise<Outcome>
  /** Records the outcome; what has to wait makes its whole channel wait. True where it was sent. */
  settle(delivery: Delivery, outcome: Outcome): Promise<boolean>
}

/** `asker` waits for the answer, and is not told of a place that refuses it. */
export function createSender(
  { store, clock, log, platforms }: Pick<TickDependencies, 'store' | 'clock' | 'log' | 'platforms'>,
  timing: OutboxTiming,
  asker?: Person,
): Sender {
  const byName = new Map<string, Platform>(platforms.map((platform) => [platform.name, platform]))

  async function send(delivery: Delivery, step: Step, isLate: () => boolean = () => false): Promise<Outcome> {
    const platform = byName.get(delivery.destination.platform)
    if (!platform) return { state: 'dead', error: 'There is no such platform.' }
    const linked = await withLinks(delivery, clock.now(), { store, byName })
    if (!linked)
      return { state: stateBefore(step), notBefore: inAMinute(), error: 'Waits for the message it links to.', untried: true }
    let isLooking = step === 'claimUncertain'
    try {
      if (isLooking) {
        const found = await lookUp(platform, delivery)
        if (typeof found === 'object') return { state: 'sent', ref: found.found }
        if (found === 'unknown') log.warn('posting again what may have arrived', { delivery: delivery.id })
        isLooking = false
      }
      const ref = await post(platform, linked, isLate)
      return ref === undefined ? putBack(step, clock.now()) : { state: 'sent', ref }
    } catch (error) {
      // A look that the platform put off posted nothing that would have to settle.
      const isPutOff = isLooking && error instanceof DeliveryError && error.retryAfter !== undefined
      const failed = outcomeOf(error, delivery, clock.now(), isPutOff ? 0 : timing.settle)
      // A look that is refused does not tell whether the post arrived.
      const outcome: Outcome = isLooking && failed.state === 'pending' ? { ...failed, state: 'uncertain' } : failed
      log.warn('delivery failed', { delivery: delivery.id, attempt: delivery.attempt, state: outcome.state, error })
      if (error instanceof DeliveryError && isOfPlace(error.kind)) {
        await suspend(store, delivery, { kind: error.kind, message: error.message }, clock.now(), asker)
      }
      return outcome
    }
  }

  /** Undefined where it was too late. */
  async function post(platform: Platform, delivery: Delivery, isLate: () => boolean): Promise<string | undefined> {
    if (isLate()) return undefined
    try {
      return await platform.post(delivery)
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind !== 'rejected') throw error
      if (isLate()) return undefined
      log.warn('message refused, sent as text', { delivery: delivery.id, error })
      return platform.post({ ...delivery, blocks: plainBlocks(delivery.blocks, clock.now()) })
    }
  }

  function inAMinute(): string {
    return clock.now().add({ minutes: 1 }).toString()
  }

  return {
    send,
    async settle({ id, fence, destination }, outcome) {
      const now = clock.now().toString()
      const settled = await store.ledger.settle(id, fence, outcome, now)
      if (!settled || outcome.state === 'sent') return settled
      const { platform, workspace, channel } = destination
      if (outcome.state !== 'dead' && !outcome.untried)
        await store.ledger.close({ platform, workspace, channel }, outcome.notBefore)
      return false
    },
  }
}

/** The outcome of a delivery that is not to be tried now. */
export function putBack(step: Step, now: Temporal.Instant): Outcome {
  return { state: stateBefore(step), notBefore: now.toString(), error: 'Put back before it was tried.', untried: true }
}

/** What a delivery goes back to that was not tried. */
export function stateBefore(step: Step): 'pending' | 'uncertain' {
  return step === 'claim' ? 'pending' : 'uncertain'
}

/** Whatever fails here says nothing of the post itself, which stays uncertain; a channel that is gone stays gone. */
async function lookUp(platform: Platform, delivery: Delivery) {
  try {
    return await platform.lookUp(delivery)
  } catch (error) {
    if (error instanceof DeliveryError && isOfPlace(error.kind)) throw error
    const retryAfter = error instanceof DeliveryError && error.retryAfter !== undefined ? { retryAfter: error.retryAfter } : {}
    throw new DeliveryError('uncertain', 'Whether it arrived could not be looked up.', { cause: error, ...retryAfter })
  }
}
