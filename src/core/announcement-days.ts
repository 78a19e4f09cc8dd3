// arXiv's calendar: it announces on the evenings from Sunday to Thursday, under the next day's date, so from Monday to Friday.
// Its holidays are not told beforehand: on them nothing comes. https://info.arxiv.org/help/availability.html

const ZONE = 'America/New_York'
/** The hours until which a submission belongs to a day, and at which it becomes public. */
const DEADLINE = 14
const EVENING = 20
const FRIDAY = 5
const DAY = 'YYYY-MM-DD'.length

/** The date at arXiv, `2026-09-24`. */
export function arxivDay(now: Temporal.Instant): string {
  return now.toZonedDateTimeISO(ZONE).toPlainDate().toString()
}

/** So many days after a day; before it where they are below zero. */
export function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The days after `after` up to `until`, itself included, under whose dates arXiv announces; holidays among them. */
export function announcementDays(after: string, until: string): string[] {
  const days: string[] = []
  for (let day = daysAfter(after, 1); day <= until; day = daysAfter(day, 1)) if (isWeekday(day)) days.push(day)
  return days
}

/**
 * The first day under whose date arXiv may announce what was submitted then; later where moderators held it back. Undefined
 * where the text does not tell the day.
 */
export function firstAnnounced(submitted: string): string | undefined {
  if (submitted.length < DAY) return undefined
  const local =
    submitted.length === DAY
      ? Temporal.PlainDate.from(submitted).toPlainDateTime({ hour: 23 })
      : Temporal.Instant.from(submitted).toZonedDateTimeISO(ZONE).toPlainDateTime()
  let deadline = daysAfter(local.toPlainDate().toString(), local.hour < DEADLINE ? 0 : 1)
  while (!isWeekday(deadline)) deadline = daysAfter(deadline, 1)
  return announcementDays(deadline, daysAfter(deadline, 3))[0]
}

/** When what is announced under a date becomes public: on the evening before. */
export function publicAt(day: string): Temporal.Instant {
  const evening = Temporal.PlainDate.from(day).subtract({ days: 1 })
  return evening.toZonedDateTime({ timeZone: ZONE, plainTime: { hour: EVENING } }).toInstant()
}

function isWeekday(day: string): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek <= FRIDAY
}
