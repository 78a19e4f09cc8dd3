// Which papers that an archive brings of missed days are news, and which were announced before.
import { daysAfter, firstAnnounced } from '#core/announcement-days.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { ArchivePage } from '#core/ports/archive.ts'
import type { Coverage } from '#core/ports/feed-store.ts'
import type { Stored } from '#core/ports/store.ts'

/** Days by which moderators may hold back what is announced as new in a gap. */
const HELD = 7

/** Unknown papers that were announced before the gap. */
export function noNews({ records }: ArchivePage, stored: readonly Stored[], known: Known): number[] {
  return records.flatMap((record, at) => {
    const one = stored[at]
    return one?.outcome === 'added' && !isNews(record, known) ? [one.number] : []
  })
}

/** What was announced after `from` is known, but for what was since `since`. */
type Known = Pick<Coverage, 'from'> & { readonly since: string }

/** What could have been announced before the gap was not, where it would be known then; otherwise the archive's word counts. */
function isNews({ published, announcement }: PaperRecord, { from, since }: Known): boolean {
  if (!mayBeAnnouncedSince(published, since)) return false
  const first = published === undefined ? undefined : firstAnnounced(published)
  return announcement === 'new' || announcement === 'cross' || (first !== undefined && first > from)
}

/** By its date of submission, however exact that is: moderators hold some papers back. */
export function mayBeAnnouncedSince(published: string | undefined, day: string): boolean {
  return published === undefined || published >= daysAfter(day, -HELD).slice(0, published.length)
}
