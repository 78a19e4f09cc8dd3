// Into how many shards Discord is divided, the same for all processes that share a store: what Discord recommended when nobody had
// any, until it recommends twice as many or takes no session any more. Where it changes, all give up what they have before any
// of the new ones is taken.
import type { Duties } from '#core/ports/duties.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import type { MetaStore } from '#core/ports/store.ts'
import { census, PREFIX, type Shard } from './names.ts'

/** The duty of asking Discord, and the fact that is kept. */
const SIZE = 'discord size'
/** Seconds between questions, while shards are held; and while nobody has any. */
const HOUR = 3600
const SOON = 5

export interface SizeOptions {
  readonly duties: Duties
  readonly leases: Pick<LeaseStore, 'held'>
  readonly meta: MetaStore
  /** What Discord recommends now. */
  readonly recommended: () => Promise<number>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

export interface Size {
  /**
   * The number, given the shards that somebody has; undefined where another process is about to say. Rejects with StoreError and,
   * where nobody has any, with what asking Discord rejects with.
   */
  agreed(held: readonly Shard[]): Promise<number | undefined>
  /** The number that is kept. */
  stored(): Promise<number | undefined>
  /** Discord takes no sessions of so few as these. */
  outgrown(of: number): void
}

export function createSize({ duties, leases, meta, recommended, now, log }: SizeOptions): Size {
  /** The largest number that was too small: each process hears so by itself, and another may have changed it already. */
  let tooFew = 0
  let askedAt: Temporal.Instant | undefined

  async function stored(): Promise<number | undefined> {
    const kept = Number(await meta.get(SIZE))
    return Number.isSafeInteger(kept) && kept > 0 ? kept : undefined
  }

  async function ask(): Promise<void> {
    const wished = await recommended()
    const [known, held] = await Promise.all([stored(), leases.held(PREFIX, now().toString())])
    const next = nextSize(known, census(held).shards.length > 0, wished)
    if (next === known) return
    await meta.set(SIZE, `${next}`)
    log.info('discord is divided anew', { shards: next, before: known })
  }

  function nextSize(known: number | undefined, isHeld: boolean, wished: number): number {
    if (known !== undefined && known <= tooFew) return Math.max(wished, known * 2)
    return known === undefined || !isHeld || wished >= known * 2 ? wished : known
  }

  return {
    async agreed(held) {
      const isUrgent = held.length === 0 || held.some(({ of }) => of <= tooFew)
      const isDue = askedAt === undefined || now().since(askedAt).total('seconds') >= HOUR
      if (isUrgent || isDue) {
        askedAt = now()
        await duties.take(SIZE, ask, { unlessDoneWithin: isUrgent ? SOON : HOUR }).catch((error) => {
          if (held.length === 0) throw error
          log.warn('discord does not say how many shards it recommends', { error })
        })
      }
      return held.length === 0 && duties.isMissed(SIZE) ? undefined : stored()
    },
    stored,
    outgrown(of) {
      tooFew = Math.max(tooFew, of)
    },
  }
}
