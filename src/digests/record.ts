// A message in parts, into the ledger: the first part, and the others in its thread.
import type { NewDelivery } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/ledger.ts'

/** All in the thread of `parent` where there is one. Where the first part brings nothing new, the others stand by themselves. */
export async function recordParts(
  ledger: Ledger,
  [first, ...rest]: readonly NewDelivery[],
  now: Temporal.Instant,
  parent?: string,
): Promise<void> {
  if (!first) return
  const [recorded] = await ledger.record([under(parent)(first)], now.toString())
  await ledger.record(rest.map(under(parent ?? recorded?.dedupeKey)), now.toString())
}

function under(parent: string | undefined): (delivery: NewDelivery) => NewDelivery {
  return (delivery) => (parent === undefined ? delivery : { ...delivery, parent })
}
