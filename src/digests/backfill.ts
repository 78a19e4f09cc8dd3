// Asks a category's archive for the days of announcements that were missed, a few days at a time, categories in turns, each page
// committed before the next: first what it says, then how far the category is known. Asked again after a crash it changes
// nothing. What was announced before the gap is no news.
import { daysAfter } from '#core/announcement-days.ts'
import { SourceError } from '#core/errors.ts'
import type { Archive } from '#core/ports/archive.ts'
import type { Coverage, Missing } from '#core/ports/feed-store.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { isMostlyUnread } from './canary.ts'
import { archiveBatch, settled } from './coverage.ts'
import { archiveReadingOf, type FeedReport, reportOf } from './feed-report.ts'
import { afterWait } from './feed-state.ts'
import { firstMissed, firstMissedOf, type Gap, gapsOf } from './gaps.ts'
import { isTooEarly, later } from './instants.ts'
import { noNews } from './missed-news.ts'
import type { TickDependencies } from './tick.ts'

/** Announcement days that are asked for at once; half as many after a failure, or where they took too long. */
const SPAN = 5
/** A pass begins to ask for nothing more after so long, and gives up what it asks for after so long: deliveries wait. */
const BEGUN_WITHIN = { seconds: 20 }
const LONGEST = { seconds: 45 }
/** A page of fewer papers says nothing of the archive's form. */
const FEWEST = 5

/** Goes on with what was missed; a report for each category of which the archive said anything. */
export async function fillGaps(dependencies: TickDependencies, now: Temporal.Instant): Promise<FeedReport[]> {
  const { archive, clock, signal } = dependencies
  if (archive === undefined) return []
  const end = clock.now().add(BEGUN_WITHIN)
  const last = clock.now().add(LONGEST)
  const reports: FeedReport[] = []
  while (!signal?.aborted && Temporal.Instant.compare(clock.now(), end) < 0) {
    const gaps = await gapsOf(dependencies, now)
    const [next] = gaps.filter(isDue(later(now, clock.now()))).toSorted(longestWaiting)
    if (next === undefined) break
    const since = firstMissedOf(gaps) ?? firstMissed(next)
    const { read, isRead } = await fill(next, { archive, since, last }, dependencies, now)
    reports.push(...read)
    // Whatever is wrong with the archive, the next pass finds it out for the next category.
    if (!isRead) break
  }
  return reports
}

function isDue(now: Temporal.Instant): (gap: Gap) => boolean {
  return ({ coverage: { missing } }) => !isTooEarly(now, missing?.notBefore, missing?.askedAt)
}

function longestWaiting({ coverage: a }: Gap, { coverage: b }: Gap): number {
  return (a.missing?.askedAt ?? '') < (b.missing?.askedAt ?? '') ? -1 : 1
}

/** `since`: the first day that was missed in any category; `last`: when to give up. */
async function fill(
  gap: Gap,
  { archive, since, last }: { readonly archive: Archive; readonly since: string; readonly last: Temporal.Instant },
  dependencies: TickDependencies,
  now: Temporal.Instant,
): Promise<{ readonly read: readonly FeedReport[]; readonly isRead: boolean }> {
  const { state, days } = gap
  const { store, clock, log, signal } = dependencies
  const { feed } = state
  const span = gap.coverage.missing?.span ?? SPAN
  const from = days[0] ?? since
  const until = days.slice(0, span).at(-1) ?? from
  // A day more on either side: what is read twice changes nothing. What was announced before the first day of all is not asked for.
  const asked = {
    from: [daysAfter(gap.coverage.from, 1), daysAfter(from, -1)].toSorted().at(-1) ?? from,
    until: until === days.at(-1) ? lastDay(until, later(now, clock.now())) : daysAfter(until, 1),
  }
  const missing: Missing = { ...gap.coverage.missing, from: firstMissed(gap), span, askedAt: clock.now().toString() }
  const reports: FeedReport[] = []
  let coverage: Coverage = { ...gap.coverage, missing }
  const fail = async (error: Error) => {
    const failures = (missing.failures ?? 0) + 1
    const halved = Math.max(1, Math.floor(span / 2))
    log.warn('missed days not read', { feed, from, until, failures, error })
    const wait = afterWait(failures, error, later(now, clock.now()))
    const after = { ...coverage, missing: { ...missing, span: halved, failures, ...wait } }
    await store.transaction((parts) => cover(parts, after))
    return { read: reports, isRead: false }
  }
  try {
    for await (const page of archive.changed(feed, asked.from, asked.until, signal)) {
      if (isMostlyUnread(page) && page.skipped.length >= FEWEST) {
        return await fail(new SourceError(`The archive of ${feed} has another form than before: most of it cannot be read.`))
      }
      const batch = archiveBatch(from, until, reports.length)
      const report = await store.transaction(async (parts) => {
        const stored = await parts.papers.put(page.records, now.toString())
        await parts.papers.markMatched(noNews(page, stored, { ...gap.coverage, since }))
        const report = reportOf(feed, state, page, stored)
        coverage = { ...coverage, fromArchive: (coverage.fromArchive ?? 0) + report.new }
        await cover(parts, coverage)
        const reading = archiveReadingOf(report, batch, now)
        if (reading.offered > 0) await parts.feeds.recordReading(reading)
        return report
      })
      reports.push(report)
      if (Temporal.Instant.compare(clock.now(), last) > 0 && span > 1) {
        return await fail(new SourceError(`The archive of ${feed} takes long.`, { retryAfter: 0 }))
      }
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return signal?.aborted ? { read: reports, isRead: false } : await fail(error)
  }
  const { failures, notBefore, error, ...rest } = missing
  const after = settled({ ...coverage, until, missing: { ...rest, span: SPAN } }, now)
  await store.transaction((parts) => cover(parts, after))
  log.info('missed days read', { feed, from, until, new: reports.reduce((sum, { new: added }) => sum + added, 0) })
  return { read: reports, isRead: true }

  /** Another process may have read the feed since, whose word on all else stays. */
  async function cover({ feeds }: Pick<StoreParts, 'feeds'>, coverage: Coverage): Promise<void> {
    await feeds.set({ ...((await feeds.get(feed)) ?? state), coverage })
  }
}

/**
 * After the last of the missed days all that the archive has: what was new on one of them may have changed since. On arXiv's
 * evening its archive is a day ahead of it already.
 */
function lastDay(until: string, now: Temporal.Instant): string {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate().toString()
  return [daysAfter(until, 1), today].toSorted().at(-1) ?? until
}
