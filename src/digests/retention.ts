// What is over and older than it is to be kept is deleted, once a day all of it is gone through: a few pages a pass, so that
// nobody waits for it.
import type { Round } from '#core/ports/erasure.ts'
import type { TickDependencies } from './tick.ts'

const KEY = 'retention'
const PAGES_A_PASS = 20
const PAGE = 500
const BETWEEN_ROUNDS = { hours: 24 }

/** Where the last round stands, or when it began. */
interface State {
  readonly beganAt: string
  readonly round?: Round
}

export async function retireOld({ store, signal, retentionDays = 0 }: TickDependencies, now: Temporal.Instant): Promise<void> {
  if (retentionDays === 0) return
  for (let page = 0; page < PAGES_A_PASS && !signal?.aborted; page++) {
    const isOver = await store.transaction(async ({ meta, erasure }) => {
      const kept = await meta.get(KEY)
      const state: State | undefined = kept === undefined ? undefined : JSON.parse(kept)
      if (state?.round === undefined && state !== undefined && !isDue(state, now)) return true
      const beganAt = state?.round === undefined ? now.toString() : state.beganAt
      const before = now.subtract({ hours: 24 * retentionDays }).toString()
      const round = await erasure.retire(state?.round ?? { before, step: 0 }, PAGE)
      await meta.set(KEY, JSON.stringify({ beganAt, ...(round && { round }) } satisfies State))
      return round === undefined
    })
    if (isOver) return
  }
}

/** A clock that was set back does not keep what is old for ever. */
function isDue({ beganAt }: State, now: Temporal.Instant): boolean {
  return (
    Temporal.Instant.compare(now, Temporal.Instant.from(beganAt).add(BETWEEN_ROUNDS)) >= 0 ||
    Temporal.Instant.compare(now, beganAt) < 0
  )
}
