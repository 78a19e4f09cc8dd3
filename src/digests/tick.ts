// One pass over everything that happens without being asked: watch, release what was held, match, score, digests, deliveries,
// in this order. What was missed is asked for a little at a time: where feeds are looked at, before the rest, so that digests
// have it; otherwise after the rest, so that nothing waits for it. While the store has no room for more, deliveries alone.
import type { Archive } from '#core/ports/archive.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { FeedSource } from '#core/ports/source.ts'
import type { Store } from '#core/ports/store.ts'
import type { Templates } from '#core/ports/templates.ts'
import { fillGaps } from './backfill.ts'
import { postDigests } from './digests-due.ts'
import { addedUp, type FeedReport } from './feed-report.ts'
import { watchAuthors } from './followed-authors.ts'
import { watchFollowedFeeds } from './followed-feeds.ts'
import { matchUnmatched } from './match.ts'
import { deliver, type OutboxTiming } from './outbox.ts'
import { releaseHeld } from './release.ts'
import { rescore } from './rescore.ts'
import { watchCategories } from './watch.ts'

export interface TickDependencies {
  readonly store: Store
  readonly templates: Templates
  /** Where deliveries can go; those for other platforms wait. */
  readonly platforms: readonly Platform[]
  /** Reads a category's announcements. */
  readonly source: FeedSource
  /** Asked for what announcements did not bring; without one that stays missing. */
  readonly archive?: Archive
  /** Reads a feed that people follow, by its address. */
  readonly feedSource: FeedSource
  /** Categories read whoever follows them; followed ones are added. */
  readonly categories: readonly string[]
  readonly clock: Clock
  readonly log: Log
  /** Once it aborts nothing more is begun; what is under way is finished. */
  readonly signal?: AbortSignal
  readonly timing?: OutboxTiming
  /** Lets whatever else the process has to do go first: between the steps of what computes long. */
  readonly turn?: (() => Promise<void>) | undefined
}

export interface TickOptions {
  /** Whether feeds are looked at: true unless given. */
  readonly watch?: boolean
}

export interface TickReport {
  readonly feeds: readonly FeedReport[]
  /** New matches of papers and subscriptions. */
  readonly matched: number
  /** `sent` in this pass; the others are what the ledger holds after it. */
  readonly deliveries: { readonly sent: number; readonly pending: number; readonly uncertain: number; readonly dead: number }
}

/**
 * Does whatever is due at `now`. Running it again at the same time posts nothing again. A feed, a platform or a template
 * that fails is logged and tried again another time; rejects with StoreError where the storage fails, and then the next
 * pass goes on from what was committed.
 */
export async function tick(
  dependencies: TickDependencies,
  now: Temporal.Instant,
  { watch = true }: TickOptions = {},
): Promise<TickReport> {
  const { store, signal, log } = dependencies
  if (!(await store.hasRoom())) {
    log.error('the disk is full: nothing is read or matched until there is room')
    return reportOf({ feeds: [], matched: 0 }, await deliver(dependencies), store)
  }
  const feeds = watch ? await readFeeds(dependencies, now) : []
  await releaseHeld(dependencies, now)
  const matched = await matchUnmatched(dependencies, now)
  if (!signal?.aborted) await rescore(dependencies, now)
  await postDigests(dependencies, now)
  const sent = await deliver(dependencies)
  if (!watch) await fillGaps(dependencies, now)
  return reportOf({ feeds, matched }, sent, store)
}

async function reportOf(found: Pick<TickReport, 'feeds' | 'matched'>, sent: number, { ledger }: Store): Promise<TickReport> {
  const { pending, sending, uncertain, dead } = await ledger.counts()
  return { ...found, deliveries: { sent, pending: pending + sending, uncertain, dead } }
}

async function readFeeds(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const announced = await watchCategories(dependencies, now)
  const missed = await fillGaps(dependencies, now)
  const feeds = await watchFollowedFeeds(dependencies, now)
  return addedUp([...announced, ...missed, ...feeds, ...(await watchAuthors(dependencies, now))])
}
