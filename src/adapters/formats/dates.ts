// The dates of feeds and files, brought into the forms of a PublicationDate.

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?\d*(?:Z|[+-]\d\d:?\d\d)$/i
const UTC_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
/** One that every calendar has, which most are. */
const SURELY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
const ISO_DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/
const MAIL_DATE =
  /^(?:[a-z]{3},\s{1,3})?(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))? ?(gmt|utc?|z|[+-]\d{4})$/i
const OFFSET = /\d/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** An instant to the second in UTC, from ISO 8601 with a zone. */
export function isoInstant(text: string | undefined): string | undefined {
  const bare = text?.trim() ?? ''
  if (SURELY.test(bare)) return bare
  if (!ISO_INSTANT.test(bare)) return undefined
  try {
    const instant = Temporal.Instant.from(bare)
    return UTC_SECOND.test(bare) ? bare : instant.toString({ smallestUnit: 'second' })
  } catch {
    return undefined
  }
}

/** What was made of the last one: all announcements of a day carry the same. */
let lastMail: { readonly text: string; readonly date: MailDate | undefined } = { text: '', date: undefined }

interface MailDate {
  readonly instant: string
  readonly day: string
}

/** The moment and the wall day of an RFC 5322 date, `Thu, 24 Sep 2026 00:00:00 -0400`. */
export function mailDate(text: string | undefined): MailDate | undefined {
  if (text === undefined) return undefined
  if (text !== lastMail.text) lastMail = { text, date: parseMailDate(text) }
  return lastMail.date
}

function parseMailDate(text: string): MailDate | undefined {
  const [, day = '', name = '', year = '', hour = '', minute = '', second = '00', zone = ''] = MAIL_DATE.exec(text.trim()) ?? []
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  if (month === 0) return undefined
  const wall = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = isoInstant(`${wall}T${hour.padStart(2, '0')}:${minute}:${second}${OFFSET.test(zone) ? zone : 'Z'}`)
  return instant === undefined ? undefined : { instant, day: wall }
}

/** A year, month, day or instant as it stands, where it exists in the calendar. */
export function publicationDate(text: string | undefined): string | undefined {
  const bare = text?.trim() ?? ''
  const [, year, month = '01', day = '01'] = ISO_DATE.exec(bare) ?? []
  if (year === undefined) return isoInstant(bare)
  try {
    Temporal.PlainDate.from(`${year}-${month}-${day}`)
    return bare
  } catch {
    return undefined
  }
}

/** The number of an English month's name or of its first three letters. */
export function monthNumber(name: string): number | undefined {
  const month = MONTHS.indexOf(name.trim().slice(0, 3).toLowerCase()) + 1
  return month === 0 ? undefined : month
}
