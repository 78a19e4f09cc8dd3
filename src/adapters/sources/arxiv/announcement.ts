// As what arXiv announced a paper in a category, read off its versions' dates: its archive says when a paper changed, not how.
import type { Announcement, PaperRecord } from '#core/paper.ts'

const ZONE = 'America/New_York'
/** The hour until which a submission belongs to the day. */
const DEADLINE = 14
const FRIDAY = 5
/** Days that moderators or holidays may hold back what would have been announced. */
const HELD = 7

/**
 * Of a paper that changed on `from` (`2026-09-24`) or later: `new` or `cross` where its first version cannot have been
 * announced before, `replace` or `replace-cross` where its last one was submitted since, and undefined where only what
 * is said of the paper changed: a journal, a DOI, or a category to which it was added long after.
 */
export function announcementOf(record: PaperRecord, category: string, from: string): Announcement | undefined {
  const { published, updated, version = 1, categories } = record
  const home = categories?.[0] ?? ''
  const isHome = home === category || home.startsWith(`${category}.`)
  const first = announcedOn(published)
  if (first === undefined) return undefined
  const held = Temporal.PlainDate.from(from).subtract({ days: HELD }).toString()
  if (first >= from || (version === 1 && first >= held)) return isHome ? 'new' : 'cross'
  if (version > 1 && (announcedOn(updated) ?? '') >= held) return isHome ? 'replace' : 'replace-cross'
  return undefined
}

/**
 * The first day under whose date arXiv may announce what was submitted then: announcements are made on the evenings from
 * Sunday to Thursday, under the next day's date. https://info.arxiv.org/help/availability.html
 */
function announcedOn(submitted: string | undefined): string | undefined {
  if (!submitted?.endsWith('Z')) return undefined
  const local = Temporal.Instant.from(submitted).toZonedDateTimeISO(ZONE)
  let deadline = local.toPlainDate().add({ days: local.hour < DEADLINE ? 0 : 1 })
  while (deadline.dayOfWeek > FRIDAY) deadline = deadline.add({ days: 1 })
  return deadline.add({ days: deadline.dayOfWeek === FRIDAY ? 3 : 1 }).toString()
}
