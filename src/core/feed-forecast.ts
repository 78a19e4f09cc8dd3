// How much a feed will bring, from the dates of the entries that it has now.
import type { PaperRecord } from '#core/paper.ts'

const DAYS = 28
const DAY = 'YYYY-MM-DD'.length

export interface FeedForecast {
  /** Entries a week over the last 28 days, or over those since the oldest entry; null where no entry is dated. */
  readonly perWeek: number | null
  /** The most on one day of these. */
  readonly busiestDay: number
  /** The day of the latest entry. */
  readonly latest?: string
}

/** Days are those of UTC; `now` ends the 28. */
export function feedForecast(records: readonly PaperRecord[], now: Temporal.Instant): FeedForecast {
  const days = records.flatMap(({ published = '' }) => (published.length >= DAY ? [published.slice(0, DAY)] : [])).toSorted()
  const [oldest, latest] = [days[0], days.at(-1)]
  if (oldest === undefined || latest === undefined) return { perWeek: null, busiestDay: 0 }
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const from = today.subtract({ days: DAYS - 1 }).toString()
  const recent = days.filter((day) => day >= from)
  const covered = oldest > from ? Math.max(1, today.since(Temporal.PlainDate.from(oldest)).days + 1) : DAYS
  const perDay = [...Map.groupBy(recent, (day) => day).values()].map(({ length }) => length)
  return { perWeek: (recent.length / covered) * 7, busiestDay: Math.max(0, ...perDay), latest }
}
