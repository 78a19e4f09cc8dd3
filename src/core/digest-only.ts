// Which papers come in the digest alone, whatever the cadence: alerts keep to it, and `why` says so.
import type { Paper } from './paper.ts'
import { firstDay } from './paper-view.ts'

/** Older than this when it was first seen, a paper is no news. */
export const OLDEST_DAYS = 60
/** With more authors, a paper would reach whoever follows anyone. */
export const MOST_AUTHORS = 50

/** Why the paper makes no alert; nothing where it may make one. A paper without a date counts as new. */
export function digestOnly({
  published,
  firstSeen,
  authors,
  authorsOmitted = 0,
}: Pick<Paper, 'published' | 'firstSeen' | 'authors' | 'authorsOmitted'>): ('old' | 'many-authors')[] {
  const day = published === undefined ? undefined : firstDay(published)
  const seen = Temporal.Instant.from(firstSeen).toZonedDateTimeISO('UTC').toPlainDate()
  const isOld = day !== undefined && seen.since(Temporal.PlainDate.from(day)).days > OLDEST_DAYS
  return [
    ...(isOld ? ['old' as const] : []),
    ...(authors.length + authorsOmitted > MOST_AUTHORS ? ['many-authors' as const] : []),
  ]
}
