// Brings posted messages up to date: what fails for a while is tried again, what cannot be edited stays as it is.
import { DeliveryError } from '#core/errors.ts'
import { backoffSeconds } from './outcome.ts'
import type { TickDependencies } from './tick.ts'

const AT_ONCE = 20
const MOST_ATTEMPTS = 10

/** Makes every edit that is due, one after the other. Rejects with StoreError. */
export async function deliverEdits({ store, clock, log, platforms, signal }: TickDependencies): Promise<void> {
  const byName = new Map(platforms.map((platform) => [platform.name, platform]))
  const names = [...byName.keys()]
  while (!signal?.aborted) {
    const due = await store.ledger.dueEdits({ now: clock.now().toString(), limit: AT_ONCE, platforms: names })
    if (due.length === 0) return
    for (const edit of due) {
      try {
        await byName.get(edit.delivery.destination.platform)?.edit(edit.delivery)
        await store.ledger.settleEdit(edit, 'done')
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error
        const isOver = !['rate-limited', 'transient', 'uncertain'].includes(error.kind) || edit.attempt + 1 >= MOST_ATTEMPTS
        const seconds = Math.max(Math.ceil(error.retryAfter ?? 0), backoffSeconds(edit.attempt + 1))
        const again = { notBefore: clock.now().add({ seconds }).toString() }
        log.debug('edit failed', { delivery: edit.delivery.id, attempt: edit.attempt + 1, error })
        await store.ledger.settleEdit(edit, isOver ? 'done' : again)
      }
    }
  }
}
