// How far a category's announcements are known. A day is, once its batch was read twice as it stands, nothing of it could not
// be read, it is not far smaller than usual and no batch of an earlier day; and every day before it is. An empty answer says
// nothing of its day. Days that are over and not known are missed, and the archive is asked for them.
import { announcementDays, arxivDay, daysAfter } from '#core/announcement-days.ts'
import type { Coverage, FeedState, Reading } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'

/** What was missed longer ago is not asked for. */
const LONGEST_GAP = 30
/** Batches of which the largest tells how many papers are usual: where most were cut short, the middle one tells nothing. */
const MOST_COMPARED = 10
/** Marks what the archive brought among a feed's readings. */
const ARCHIVE = 'archive '

/** Where nothing was missed before `since`, when it was first asked for or read last. */
export function coverageSince(since: Temporal.Instant): Coverage {
  const day = daysAfter(arxivDay(since), -1)
  return { from: day, until: day }
}

/** Without what a clock that was ahead made of it: the days to come are not known. In the evening the next day's batch may be there. */
export function untilNow(coverage: Coverage, now: Temporal.Instant): Coverage {
  const latest = daysAfter(arxivDay(now), 1)
  const { day, ...rest } = coverage
  const kept = day !== undefined && day > latest ? rest : coverage
  if (coverage.until <= latest) return kept
  const { until } = coverageSince(now)
  return { ...kept, until, from: coverage.from < until ? coverage.from : until }
}

/** The announcement days of the last thirty that are over and not known. */
export function missedDays({ until }: Pick<Coverage, 'until'>, now: Temporal.Instant): string[] {
  const today = arxivDay(now)
  const earliest = daysAfter(today, -LONGEST_GAP - 1)
  return announcementDays(until < earliest ? earliest : until, daysAfter(today, -1))
}

/** Whether it is a batch of an earlier day than the one read last, whatever day it says it is of. */
export function isOfEarlierDay(
  batch: FeedBatch,
  before: FeedState | undefined,
  lately: readonly Reading[],
  now: Temporal.Instant,
): boolean {
  if (isEmpty(batch) || batch.kind === 'same') return false
  const day = batch.day ?? arxivDay(now)
  const last = before?.coverage?.day
  if ((last !== undefined && day < last) || batch.digest === before?.coverage?.old) return true
  if (day === last && batch.digest === before?.batch) return false
  const first = lately.find((reading) => reading.batch === batch.digest)
  return first !== undefined && arxivDay(Temporal.Instant.from(first.at)) < day
}

export interface Compared {
  /** It was the last one before. */
  readonly isAgain: boolean
  /** It is of an earlier day. */
  readonly isOld: boolean
  /** The digest of the last one before. */
  readonly last: string | undefined
  readonly lately: readonly Reading[]
}

/** After a batch. */
export function coverageAfter(
  before: Coverage,
  batch: FeedBatch,
  { isAgain, isOld, last, lately }: Compared,
  now: Temporal.Instant,
): Coverage {
  if (batch.kind === 'same') return settled(before.isEmpty ? before : known(before), now)
  const { isEmpty: _, ...rest } = before
  if (isEmpty(batch)) return settled({ ...rest, isEmpty: true }, now)
  if (isAgain) return settled(known(rest), now)
  const { day: __, isPartial: ___, fromArchive: ____, ...kept } = rest
  const day = batch.day ?? arxivDay(now)
  const isPartial = isOld || batch.skipped.length > 0 || day > daysAfter(arxivDay(now), 1) || isFarFewer(batch, lately)
  // However late the last one was read, it is of an earlier day now.
  const old = last !== undefined && before.day !== undefined && day > before.day ? last : kept.old
  return settled({ ...kept, day, ...(old !== undefined && { old }), ...(isPartial && { isPartial }) }, now)
}

/** Once nothing is missing, nothing is told of it. */
export function settled(coverage: Coverage, now: Temporal.Instant): Coverage {
  if (coverage.missing === undefined || missedDays(coverage, now).length > 0) return coverage
  const { missing, ...rest } = coverage
  return rest
}

/** How the archive's pages are called among a feed's readings. */
export function archiveBatch(from: string, until: string, page: number): string {
  return `${ARCHIVE}${from} ${until} ${page}`
}

/** Whether a reading is of the archive, and not of the feed itself. */
export function isOfArchive({ batch }: Pick<Reading, 'batch'>): boolean {
  return batch.startsWith(ARCHIVE)
}

/** With the last batch's day, where all days before it are known. */
function known(coverage: Coverage): Coverage {
  const { day, isPartial, until } = coverage
  if (day === undefined || isPartial || day <= until) return coverage
  return announcementDays(until, daysAfter(day, -1)).length > 0 ? coverage : { ...coverage, until: day }
}

function isEmpty({ kind, records, skipped }: FeedBatch): boolean {
  return kind === 'records' && records.length + skipped.length === 0
}

/** Fewer than half of what is usual, as far as anything was read before. */
function isFarFewer({ records, skipped }: FeedBatch, lately: readonly Reading[]): boolean {
  const own = lately.filter((reading) => !isOfArchive(reading))
  const usual = Math.max(0, ...own.slice(-MOST_COMPARED).map(({ offered }) => offered))
  return (records.length + skipped.length) * 2 < usual
}
