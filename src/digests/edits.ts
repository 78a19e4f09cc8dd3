// Brings posted messages up to date: what fails for a while is tried again, and what has to wait makes its whole channel
// wait; what cannot be edited stays as it is.
import type { Edit } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { withLinks } from './links.ts'
import { waitSeconds } from './outcome.ts'
import { isOfPlace, suspend } from './suspend.ts'
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
      if (signal?.aborted || !(await make(edit))) break
    }
  }

  /** False where its place takes nothing for now: then what is due is another question. */
  async function make(edit: Edit): Promise<boolean> {
    const { delivery } = edit
    try {
      const linked = await withLinks(delivery, clock.now(), { store, byName })
      if (linked) await byName.get(delivery.destination.platform)?.edit({ ...linked, ref: delivery.ref })
      await store.ledger.settleEdit(edit, linked ? 'done' : again(edit))
      return true
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      const { kind, message } = error
      const { platform, workspace, channel } = delivery.destination
      const later = again(edit, error.retryAfter)
      log.debug('edit failed', { delivery: delivery.id, attempt: edit.attempt + 1, error })
      const isPutOff = isOfPlace(kind) || kind === 'rate-limited'
      const isOver = kind === 'rejected' || (!isPutOff && edit.attempt + 1 >= MOST_ATTEMPTS)
      await store.ledger.settleEdit(edit, isOver ? 'done' : later)
      if (isOfPlace(kind)) await suspend(store, delivery, { kind, message }, clock.now())
      else if (isPutOff) await store.ledger.close({ platform, workspace, channel }, later.notBefore)
      return !isPutOff
    }
  }

  function again({ attempt }: Edit, retryAfter?: number): { notBefore: string } {
    return {
      notBefore: clock
        .now()
        .add({ seconds: waitSeconds(retryAfter, attempt + 1) })
        .toString(),
    }
  }
}
