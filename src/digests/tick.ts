// One pass over everything that happens without being asked: watch, release what was held, match, score, digests, deliveries,
// in this order. What was missed is asked for a little at a time: where feeds are looked at, before the rest, so that digests
// have it; otherwise after the rest, so that nothing waits for it. While the store has no room for more, deliveries alone. Of
// several processes one at a time reads and decides; all of them deliver. In the end, what is to be forgotten is.
import type { Archive } from '#core/ports/archive.ts'
import type { Clock } from '#core/ports/clock.ts'
import { alwaysOurs, type Duties, type DutyOptions } from '#core/ports/duties.ts'
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
import { eraseUninstalled } from './leave.ts'
import { matchUnmatched } from './match.ts'
import { deliver, type OutboxTiming } from './outbox.ts'
import { releaseHeld } from './release.ts'
import { rescore } from './rescore.ts'
import { retireOld } from './retention.ts'
import { watchCategories } from './watch.ts'

/** The duty of looking at the feeds. */
export const FEEDS = 'feeds'
/** Processes wake at the same time by the same expression: one of them looks for all. */
const BY_ANY: DutyOptions = { unlessDoneWithin: 50 }

/** Longer than any platform goes on sending an event again. */
const EVENTS_KEPT = { hours: 24 }

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
  /** How long what is over is kept; for ever where it is 0 or not given. */
  readonly retentionDays?: number
  readonly clock: Clock
  readonly log: Log
  /** Once it aborts nothing more is begun; what is under way is finished. */
  readonly signal?: AbortSignal
  readonly timing?: OutboxTiming
  /** Lets whatever else the process has to do go first: between the steps of what computes long. */
  readonly turn?: (() => Promise<void>) | undefined
  /** Where several processes share the store: what one of them is to do at a time. */
  readonly duties?: Duties
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
  const { store, log } = dependencies
  if (!(await store.hasRoom())) {
    log.error('the disk is full: nothing is read or matched until there is room')
    return reportOf({ feeds: [], matched: 0 }, await deliver(dependencies), store)
  }
  const feeds = watch ? await onDuty(FEEDS, dependencies, (within) => readFeeds(within, now), BY_ANY) : undefined
  const matched = await onDuty('digests', dependencies, (within) => decide(within, now))
  const sent = await deliver(dependencies)
  if (!watch) await missedPapers(dependencies, now)
  await onDuty('forgetting', dependencies, (within) => forget(within, now))
  return reportOf({ feeds: feeds ?? [], matched: matched ?? 0 }, sent, store)
}

async function forget(dependencies: TickDependencies, now: Temporal.Instant): Promise<void> {
  await eraseUninstalled(dependencies, now)
  await retireOld(dependencies, now)
}

async function reportOf(found: Pick<TickReport, 'feeds' | 'matched'>, sent: number, { ledger }: Store): Promise<TickReport> {
  const { pending, sending, uncertain, dead } = await ledger.counts()
  return { ...found, deliveries: { sent, pending: pending + sending, uncertain, dead } }
}

/** Undefined where another process is at it, or has done it. */
async function onDuty<T>(
  name: string,
  dependencies: TickDependencies,
  work: (within: TickDependencies) => Promise<T>,
  options?: DutyOptions,
): Promise<T | undefined> {
  const { duties = alwaysOurs, signal } = dependencies
  const taken = await duties.take(name, (over) => work({ ...dependencies, signal: over }), { ...options, signal })
  return taken?.result
}

/** What becomes of the papers that are here; answers how many matches are new. */
async function decide(dependencies: TickDependencies, now: Temporal.Instant): Promise<number> {
  await dependencies.store.events.forget(now.subtract(EVENTS_KEPT).toString())
  await releaseHeld(dependencies, now)
  const matched = await matchUnmatched(dependencies, now)
  if (!dependencies.signal?.aborted) await rescore(dependencies, now)
  await postDigests(dependencies, now)
  return matched
}

async function readFeeds(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const announced = await watchCategories(dependencies, now)
  const missed = await missedPapers(dependencies, now)
  const feeds = await watchFollowedFeeds(dependencies, now)
  return addedUp([...announced, ...missed, ...feeds, ...(await watchAuthors(dependencies, now))])
}

async function missedPapers(dependencies: TickDependencies, now: Temporal.Instant): Promise<readonly FeedReport[]> {
  return (await onDuty('gaps', dependencies, (within) => fillGaps(within, now))) ?? []
}
