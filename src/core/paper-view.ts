// What of a paper is shown in a listing: badge, score, date, people, link.
import type { Paper, PublicationDate } from '#core/paper.ts'
import { idUrl } from '#core/paper-id.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T.*)?)?)?$/s
const ARCHIVE = /^[^.]*\./
const HTTP = /^https?:\/\/\S+$/i
const SHOWN_AUTHORS = 3

/** The primary category without its archive: cs.LG → LG, hep-th → hep-th; undefined where no category is known. */
export function badge(paper: Pick<Paper, 'categories'>): string | undefined {
  const primary = paper.categories?.[0]
  return primary?.replace(ARCHIVE, '') || primary
}

/** 0–100 with one decimal, the source's own before the computed one; undefined for papers older than twelve months. */
export function shownScore(
  paper: Pick<Paper, 'published' | 'score' | 'computedScore'>,
  now: Temporal.Instant,
): number | undefined {
  const score = paper.score ?? paper.computedScore?.value
  const day = paper.published === undefined ? undefined : firstDay(paper.published)
  if (score === undefined || day === undefined) return undefined
  const twelveMonthsAgo = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: 12 })
  return day < twelveMonthsAgo.toString() ? undefined : Math.round(score * 10) / 10
}

/**
 * As exact as known: `Apr 23` in the year of `now` (UTC), else `Mar 23, 2023`, `Mar 2023` or `2023`. A text that is no
 * publication date is given back.
 */
export function shownDate(published: PublicationDate, now: Temporal.Instant): string {
  const [, year = published, month, day] = DATE.exec(published) ?? []
  if (month === undefined) return year
  const name = MONTHS[Number(month) - 1]
  if (day === undefined) return `${name} ${year}`
  const thisYear = Number(year) === now.toZonedDateTimeISO('UTC').year
  return thisYear ? `${name} ${Number(day)}` : `${name} ${Number(day)}, ${year}`
}

/** All authors up to three; from four on, or where the source left some out, the first three and `et al.` */
export function shownAuthors(paper: Pick<Paper, 'authors' | 'authorsOmitted'>): string {
  const names = paper.authors.slice(0, SHOWN_AUTHORS).map((author) => author.name)
  const more = paper.authors.length > SHOWN_AUTHORS || (paper.authorsOmitted ?? 0) > 0
  return names.length > 0 && more ? `${names.join(', ')} et al.` : names.join(', ')
}

/** Where the paper is read: its page on arXiv, else the page its source names, else that of its best id; http(s) only. */
export function paperUrl(paper: Pick<Paper, 'ids' | 'url'>): string | undefined {
  const arxiv = paper.ids.find((id) => id.startsWith('arxiv:'))
  if (arxiv !== undefined) return idUrl(arxiv)
  if (paper.url !== undefined && HTTP.test(paper.url)) return paper.url
  return paper.ids.map(idUrl).find((url) => url !== undefined)
}

/** The earliest day a publication date can mean, `2024-03` → `2024-03-01`; undefined where it is no such date. */
export function firstDay(published: PublicationDate): string | undefined {
  const [, year, month = '01', day = '01'] = DATE.exec(published) ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}
