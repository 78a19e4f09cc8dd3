// As what arXiv announced a paper in a category, read off its versions' dates: its archive says when a paper changed, not how.
import { firstAnnounced } from '#core/announcement-days.ts'
import type { Announcement, PaperRecord } from '#core/paper.ts'

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

/** A date alone is a year or a month to arXiv's versions: it tells no day of announcement. */
function announcedOn(submitted: string | undefined): string | undefined {
  return submitted?.endsWith('Z') ? firstAnnounced(submitted) : undefined
}
