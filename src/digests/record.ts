// A message in parts, into the ledger: the first part, and the others in its thread.
import type { NewDelivery } from '#core/delivery.ts'
import type { Ledger } from '#core/ports/store.ts'

/** Where the first part brings nothing that is new, the others stand by themselves. */
export async function recordParts(
  ledger: Ledger,
  [first, ...rest]: readonly NewDelivery[],
  now: Temporal.Instant,
): Promise<void> {
  if (!first) return
  const [parent] = await ledger.record([first], now.toString())
  await ledger.record(parent ? rest.map((part) => ({ ...part, parent: parent.dedupeKey })) : rest, now.toString())
}
