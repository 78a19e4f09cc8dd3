// Alerts that wait to be posted though nothing that is followed brings them any more.
import type { StoreParts } from './ports/store.ts'
import type { Destination } from './subscription.ts'

const ONE_PAPER = /^\d+$/

/** Drops the alerts about one paper that wait in the destination and that nothing followed there has selected; answers how many. */
export async function dropUnwanted(
  { subscriptions, ledger }: Pick<StoreParts, 'subscriptions' | 'ledger'>,
  destination: Destination,
  now: Temporal.Instant,
): Promise<number> {
  const followed = new Set((await subscriptions.ofDestination(destination)).map(({ id }) => id))
  let dropped = 0
  for (const { id, kind, subject } of await ledger.ofDestination(destination, ['pending'])) {
    if (kind !== 'alert' || !ONE_PAPER.test(subject)) continue
    const matches = await subscriptions.matchesOfPaper(destination, Number(subject))
    if (matches.some(({ subscription }) => followed.has(subscription))) continue
    if (await ledger.drop(id, now.toString())) dropped++
  }
  return dropped
}
