// A test post: recorded, claimed and sent at once as everything is that is posted, but tried only once.
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import { wholeWorkspace } from '#core/place-settings.ts'
import type { Posted, Posting } from '#core/ports/posting.ts'
import type { Destination, Person } from '#core/subscription.ts'
import { outboxTiming } from './outbox.ts'
import { createSender, type Step } from './send.ts'
import { lift } from './suspend.ts'
import type { TickDependencies } from './tick.ts'

/** The promises of Posting, over the platforms and the ledger. */
export function createPosting(dependencies: Pick<TickDependencies, 'store' | 'clock' | 'log' | 'platforms' | 'timing'>): Posting {
  const { store, clock, timing = outboxTiming } = dependencies

  /** Recorded and taken in one transaction, so that no pass of the outbox takes it in between. */
  async function take(notice: NewDelivery): Promise<{ delivery: Delivery; step: Step } | undefined> {
    const now = clock.now()
    const options = { now: now.toString(), leaseUntil: now.add({ seconds: timing.lease }).toString() }
    return store.transaction(async ({ ledger }) => {
      const [recorded] = await ledger.record([notice], options.now)
      if (!recorded) return undefined
      const step = recorded.state === 'uncertain' ? 'claimUncertain' : 'claim'
      const [delivery] = await ledger[step]({ ...options, limit: 1, platforms: [notice.destination.platform], only: recorded.id })
      return delivery && { delivery, step }
    })
  }

  async function send({ delivery, step }: { delivery: Delivery; step: Step }, asker: Person): Promise<Posted> {
    const sender = createSender(dependencies, timing, asker)
    const outcome = await sender.send(delivery, step)
    await sender.settle(delivery, outcome)
    if (outcome.state === 'sent') return { ok: true }
    // Another test is for a person to ask for: this one would come as a surprise, once the place can be posted to.
    await store.ledger.drop(delivery.id, clock.now().toString())
    return { ok: false, kind: outcome.failure ?? 'rejected', message: outcome.error }
  }

  return {
    async test(destination, blocks, asker) {
      const subject = `test ${clock.now()}`
      const taken = await take({ destination, kind: 'notice', subject, part: 0, blocks, claims: [] })
      if (!taken) return { ok: false, kind: 'transient', message: 'Another test is being posted at this moment.' }
      const posted = await send(taken, asker)
      if (posted.ok) await open(destination)
      return posted
    },
  }

  async function open({ platform, workspace, channel }: Destination): Promise<void> {
    const places = [{ platform, workspace, channel }, wholeWorkspace({ platform, workspace })]
    for (const place of places) await store.transaction((parts) => lift(parts, place, clock.now()))
  }
}
