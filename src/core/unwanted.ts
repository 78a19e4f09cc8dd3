// Alerts that wait to be posted though nothing that is followed brings them any more.
import type { StoreParts } from './ports/store.ts'
import type { Destination } from './subscription.ts'

/** Drops the alerts about one paper that wait in the destination and that nothing followed there has selected; answers how many. */
export async function dropUnwanted(
  { subscriptions, ledger }: Pick<StoreParts, 'subscriptions' | 'ledger'>,
  destination: Destination,
  now: Temporal.Instant,
): Promise<number> {
  const followed = new Set((await subscriptions.ofDestination(destination)).map(({ id }) => id))
  const waiting = (await ledger.ofDestination(destination, ['pending'])).filter(({ kind }) => kind === 'alert')
  const inParts = new Set(waiting.filter(({ part }) => part > 0).map(({ subject }) => subject))
  let dropped = 0
  for (const delivery of waiting) {
    const [claim, ...more] = await ledger.claimsOf(delivery)
    if (!claim || more.length > 0 || inParts.has(delivery.subject)) continue
    const matches = await subscriptions.matchesOfPaper(destination, claim.paper)
    if (matches.some(({ subscription }) => followed.has(subscription))) continue
    if (await ledger.drop(delivery.id, now.toString())) dropped++
  }
  return dropped
}
