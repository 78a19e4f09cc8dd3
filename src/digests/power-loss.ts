// Whether the store remembers all that was posted. A power loss may take back what was committed last, and a copy knows nothing
// of what came after it: then nothing is posted for a while without a look whether it is there already.
import type { Log } from '#core/ports/log.ts'
import type { Store, StoreParts } from '#core/ports/store.ts'
import { isBefore, later } from './instants.ts'

/** What the store keeps of the process that began to post from it last. */
interface Posting {
  /** The store's id: a copy has another one. */
  readonly store: string
  /** The running of the machine that it was part of. */
  readonly boot: string
  readonly at: string
}

const KEY = 'posting'
/** By then every feed has been read again, and what it brings is recorded. */
const DOUBT = { hours: 24 }

/**
 * To be called once before the first delivery of a process; `boot` is another text whenever the machine has started or, with
 * PostgreSQL, the server is not the one it was. Where it is another one since somebody posted last, or the store is a copy,
 * the ledger doubts what it holds and what is recorded in the next day. Whether the machine went down in order cannot be told: the end of the log that says so may be what is lost.
 */
export async function doubtAfterPowerLoss(store: Store, boot: string, now: Temporal.Instant, log: Log): Promise<void> {
  const doubted = await store.transaction(async (parts) => {
    const kept = await parts.meta.get(KEY)
    const posting: Posting = { store: store.id, boot, at: now.toString() }
    await parts.meta.set(KEY, JSON.stringify(posting))
    if (kept === undefined) return undefined
    const before: Posting = JSON.parse(kept)
    if (before.store === store.id && before.boot === boot) return undefined
    const since = await lastSign(parts, before, now)
    return parts.ledger.doubt({ since: since.toString(), until: now.add(DOUBT).toString() })
  })
  if (doubted !== undefined)
    log.info('looking before posting, as the machine has started anew or the database is a copy', { doubted, hours: DOUBT.hours })
}

/** The latest instant that the store remembers: whatever it has forgotten came after it. */
async function lastSign({ feeds }: StoreParts, { at }: Posting, now: Temporal.Instant): Promise<Temporal.Instant> {
  const signs = [at, ...(await feeds.all()).map(({ checkedAt }) => checkedAt)]
  // A clock that was set for trying out may have run ahead.
  const [first, ...rest] = signs.filter((sign) => isBefore(sign, now.toString())).map((sign) => Temporal.Instant.from(sign))
  return first === undefined ? now.subtract(DOUBT) : rest.reduce(later, first)
}
