// Sends what the ledger holds. The order: attempts cut short become uncertain; uncertain ones are looked up before any
// repeat; then what is pending, destinations side by side and each in order; then edits of what was posted. The intent is
// committed before every call.
import type { Delivery, Outcome } from '#core/delivery.ts'
import { destinationKey } from '#core/subscription.ts'
import { deliverEdits } from './edits.ts'
import { createSender, putBack, type Sender, type Step, stateBefore } from './send.ts'
import type { TickDependencies } from './tick.ts'

/** In seconds. */
export interface OutboxTiming {
  /** How long a claimed delivery is this process's own; calls begin only in its first half. */
  readonly lease: number
  /** Waited after a lease or an unclear answer before anything is looked up: longer than any request takes. */
  readonly settle: number
}

export const outboxTiming: OutboxTiming = { lease: 240, settle: 120 }
/** Claimed together, and posted side by side: so many that waiting for a platform holds up little. */
const AT_ONCE = 32
const STEPS: readonly Step[] = ['claimUncertain', 'claim']

/** Posts everything that is due and answers how much arrived. Rejects with StoreError; what was under way is recovered later. */
export async function deliver(dependencies: TickDependencies): Promise<number> {
  const { store, clock, signal, timing = outboxTiming } = dependencies
  const platforms = dependencies.platforms.map(({ name }) => name)
  const sender = createSender(dependencies, timing)
  await store.ledger.expire(clock.now().subtract({ seconds: timing.settle }).toString(), clock.now().toString())

  let sent = 0
  for (const step of STEPS) {
    while (!signal?.aborted) {
      const now = clock.now()
      const leaseUntil = now.add({ seconds: timing.lease }).toString()
      const due = await store.ledger[step]({ now: now.toString(), leaseUntil, limit: AT_ONCE, platforms })
      if (due.length === 0) break
      const lanes = [...Map.groupBy(due, ({ destination }) => destinationKey(destination)).values()]
      const results = await Promise.allSettled(lanes.map((lane) => sendInOrder(lane, step, now, sender)))
      for (const result of results) {
        if (result.status === 'rejected') throw result.reason
        sent += result.value
      }
    }
  }
  await deliverEdits(dependencies)
  return sent

  async function sendInOrder(lane: readonly Delivery[], step: Step, claimedAt: Temporal.Instant, { send, settle }: Sender) {
    const isLate = () => clock.now().since(claimedAt).total('seconds') > timing.lease / 2
    let arrived = 0
    let waits: string | undefined
    for (const delivery of lane) {
      const outcome = held(step, isLate, waits) ?? (await send(delivery, step, isLate))
      if (await settle(delivery, outcome)) arrived++
      if (outcome.state === 'pending' || outcome.state === 'uncertain') waits = outcome.notBefore
    }
    return arrived
  }

  /** The outcome of a delivery that is not to be tried now: it goes back as it came. */
  function held(step: Step, isLate: () => boolean, waits: string | undefined): Outcome | undefined {
    if (waits !== undefined) {
      return { state: stateBefore(step), notBefore: waits, error: 'Waits for what was before it.', untried: true }
    }
    return isLate() || signal?.aborted ? putBack(step, clock.now()) : undefined
  }
}
