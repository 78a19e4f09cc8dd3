// What matched a destination since an instant, whether or not it was posted: one ranked list of it.
import type { Delivery } from '#core/delivery.ts'
import { judgedAgain } from '#core/judged.ts'
import type { CaughtUp } from '#core/ports/digests.ts'
import type { Store } from '#core/ports/store.ts'
import { type Destination, type Reason, type Target, targetKey } from '#core/subscription.ts'
import { best } from './order.ts'
import { whySpans } from './why.ts'

/** As Digests.catchUp says. */
export async function catchUp(
  store: Store,
  destination: Destination,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Promise<CaughtUp[]> {
  const held = (await store.holds.ofDestination(destination)).map(({ paper }) => paper)
  const reasons = await reasonsOf(store, destination, { since, to: now.add({ nanoseconds: 1 }), held })
  const waiting = new Set(held)
  const numbers = [...reasons.keys()]
  const votes = await store.votes.counts(destination, numbers)
  const ranked = (await store.papers.byNumbers(numbers)).toSorted((a, b) => best(a, b, votes))
  const all: CaughtUp[] = []
  for (const paper of ranked) {
    const own = reasons.get(paper.number) ?? []
    const deliveries = await store.ledger.ofPaper(destination, paper.number)
    const state = stateOf(deliveries, waiting.has(paper.number))
    all.push({ paper, why: whySpans(own), targets: targetsOf(own), state })
  }
  return all
}

/** By paper: of what was seen in [since, to), and of what is held, however long. */
async function reasonsOf(
  store: Pick<Store, 'subscriptions' | 'papers'>,
  destination: Destination,
  { since, to, held }: { since: Temporal.Instant; to: Temporal.Instant; held: readonly number[] },
): Promise<Map<number, Reason[]>> {
  const { subscriptions } = store
  const matches = [...(await subscriptions.matchesBetween(destination, since.toString(), to.toString()))]
  const known = new Set(matches.map(({ paper }) => paper))
  for (const paper of held) if (!known.has(paper)) matches.push(...(await subscriptions.matchesOfPaper(destination, paper)))
  const standing = await judgedAgain(matches, await subscriptions.ofDestination(destination), store)
  return new Map([...Map.groupBy(standing, ({ paper }) => paper)].map(([paper, of]) => [paper, of.map(({ reason }) => reason)]))
}

function stateOf(deliveries: readonly Delivery[], isHeld: boolean): CaughtUp['state'] {
  const states = new Set(deliveries.map(({ state }) => state))
  if (states.has('sent')) return 'posted'
  if (states.has('pending') || states.has('sending') || states.has('uncertain')) return 'coming'
  if (isHeld) return 'held'
  return states.size > 0 ? 'failed' : 'open'
}

function targetsOf(reasons: readonly Reason[]): Target[] {
  return [...new Map(reasons.map(({ target }) => [targetKey(target), target])).values()]
}
