// Asks other sources what they know of papers that are here: citations, upvotes, affiliations, people, a summary in a sentence.
//
// 1. Every source by itself: one that fails is left alone for a while (backoff.ts), and holds up no other.
// 2. Whatever became due last comes first: of new papers the newest, so that what people read now is never behind a backlog.
// 3. A paper is asked about again after a day while it is younger than a week, after a week while it is younger than 90 days,
//    and then after 30 days, whether or not the source knew it.
// 4. Each failure halves what is asked next, down to one paper; one that a source fails on again and again is passed over.
// 5. What is said of a paper younger than 30 days may be news, such as an organisation that a topic asks for; the rest is kept.
import { PaperboyError } from '#core/errors.ts'
import { newsSince } from '#core/news.ts'
import type { Paper, PaperRecord, SourceName } from '#core/paper.ts'
import { firstDay } from '#core/paper-view.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { EnricherState } from '#core/ports/enrichment-store.ts'
import type { Log } from '#core/ports/log.ts'
import type { Store } from '#core/ports/store.ts'
import { backoff } from './backoff.ts'
import { isTooEarly } from './instants.ts'
import type { TickDependencies } from './tick.ts'

/** Papers taken in at once, which takes milliseconds. */
const ENROLLED = 5000
/** Papers whose records are merged in one transaction, for which others have to wait. */
const KEPT_AT_ONCE = 50
/** Up to so many days of age a paper is asked about again after so many; later after LATER_AGAIN. */
const TURNS = [
  { upTo: 7, again: 1 },
  { upTo: 90, again: 7 },
] as const
const LATER_AGAIN = 30
/** Papers looked through for some that the source may know, where the first are none. */
const LOOKED_THROUGH = 500
/** Failures in a row after which the paper asked about alone is passed over: about a day. */
const PASSED_OVER_AFTER = 9
/** Failures in a row before anybody is told: one is an accident. */
const TOLD_AFTER = 2

export interface EnrichDependencies extends Pick<TickDependencies, 'turn'> {
  readonly store: Store
  readonly enrichers: readonly Enricher[]
  readonly clock: Clock
  readonly log: Log
  /** Once it aborts nothing more is begun, and what has no answer yet is given up. */
  readonly signal?: AbortSignal
}

/** What a pass does at most with each source. */
export interface EnrichBounds {
  readonly batches: number
  readonly papers: number
  /** No batch begins after so long. */
  readonly longest: Temporal.DurationLike
}

/** Asks each source about papers that are due, all of them side by side; none while the store has no room. Rejects with StoreError alone. */
export async function enrich(dependencies: EnrichDependencies, bounds: EnrichBounds): Promise<void> {
  if (!(await dependencies.store.hasRoom())) return
  await Promise.all(dependencies.enrichers.map((enricher) => askAround(enricher, dependencies, bounds)))
}

async function askAround(enricher: Enricher, dependencies: EnrichDependencies, bounds: EnrichBounds): Promise<void> {
  const { store, clock, signal } = dependencies
  const until = clock.now().add(bounds.longest)
  let left = bounds.papers
  await store.enrichments.enrol(enricher.name, ENROLLED)
  for (let batch = 0; batch < bounds.batches && left > 0; batch++) {
    if (signal?.aborted || Temporal.Instant.compare(clock.now(), until) >= 0) return
    const asked = await askBatch(enricher, Math.min(left, enricher.most), dependencies)
    if (asked === undefined) return
    left -= asked
  }
}

/** Answers about how many papers the source was asked; undefined where there is nothing more to do for now. */
async function askBatch(
  enricher: Enricher,
  limit: number,
  { store, clock, log, signal, turn }: EnrichDependencies,
): Promise<number | undefined> {
  const { name } = enricher
  const now = clock.now()
  const before = await store.enrichments.state(name)
  if (isTooEarly(now, before?.notBefore, before?.askedAt)) return undefined
  const size = Math.max(1, Math.floor(limit / 2 ** (before?.failures ?? 0)))
  const { due, known } = await dueOf(enricher, size, store, now)
  if (due.length === 0) return undefined
  const records = known.length === 0 ? [] : await enricher.enrich(known, signal).catch((error: Error) => error)
  if (records instanceof Error) {
    if (signal?.aborted) return undefined
    const state = failed(name, before, records, now)
    const { failures, notBefore } = state
    log[failures === TOLD_AFTER ? 'warn' : 'debug']('source does not answer', {
      source: name,
      failures,
      notBefore,
      error: records,
    })
    await store.enrichments.setState(state)
    if (known.length === 1 && failures >= PASSED_OVER_AFTER) await keep(name, known, [], { store, turn, now })
    return undefined
  }
  await keep(name, due, records, { store, turn, now })
  if (known.length === 0) return 0
  if (before !== undefined && before.failures >= TOLD_AFTER) log.info('source answers again', { source: name })
  const at = now.toString()
  await store.enrichments.setState({ source: name, askedAt: at, answeredAt: at, failures: 0 })
  return known.length
}

/** What is due next, and those of it that the source may know: at most so many. */
async function dueOf(enricher: Enricher, size: number, store: Store, now: Temporal.Instant) {
  const look = async (limit: number) => {
    const due = await store.enrichments.due(enricher.name, now.toString(), limit)
    return { due, known: due.filter((paper) => enricher.knows(paper)) }
  }
  const first = await look(size)
  if (first.known.length > 0 || first.due.length < size) return first
  const { due, known } = await look(LOOKED_THROUGH)
  const later = new Set(known.slice(size))
  return { due: due.filter((paper) => !later.has(paper)), known: known.slice(0, size) }
}

/** What was said of the papers, with when each is asked about next: some of them at a time. */
async function keep(
  source: SourceName,
  due: readonly Paper[],
  records: readonly PaperRecord[],
  { store, turn, now }: Pick<EnrichDependencies, 'store' | 'turn'> & { readonly now: Temporal.Instant },
): Promise<void> {
  const since = newsSince(now)
  const byId = Map.groupBy(
    records.flatMap((record) => record.ids.map((id) => ({ id, record }))),
    ({ id }) => id,
  )
  for (let at = 0; at < due.length; at += KEPT_AT_ONCE) {
    const some = due.slice(at, at + KEPT_AT_ONCE)
    // A record of no paper that was asked about would become a paper of its own.
    const said = new Set(some.flatMap(({ ids }) => ids.flatMap((id) => byId.get(id) ?? []).map(({ record }) => record)))
    const asked = some.map((paper) => ({ paper: paper.number, nextAt: nextTime(paper, now) }))
    await store.transaction(async ({ papers, enrichments }) => {
      await papers.put([...said], now.toString(), { newsSince: since })
      await enrichments.asked(source, asked)
    })
    await turn?.()
  }
}

function nextTime({ published = '', firstSeen }: Paper, now: Temporal.Instant): string {
  const day = firstDay(published) ?? firstSeen.slice(0, 'YYYY-MM-DD'.length)
  const days = TURNS.find(({ upTo }) => day > dayBefore(now, upTo))?.again ?? LATER_AGAIN
  return now.add({ hours: 24 * days }).toString()
}

function dayBefore(now: Temporal.Instant, days: number): string {
  return now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days }).toString()
}

function failed(source: SourceName, before: EnricherState | undefined, error: Error, now: Temporal.Instant): EnricherState {
  const failures = (before?.failures ?? 0) + 1
  return {
    ...before,
    source,
    askedAt: now.toString(),
    failures,
    notBefore: now.add({ seconds: backoff(failures, error) }).toString(),
    error: error instanceof PaperboyError ? error.message : 'It could not be asked.',
  }
}
