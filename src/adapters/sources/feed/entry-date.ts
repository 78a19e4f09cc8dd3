// The dates of any feed, of every sort: as RSS and Atom write them, else whatever JavaScript can read.
import { isoInstant, mailDate, publicationDate } from '#adapters/formats/dates.ts'

const LONGEST = 100
const ZONED = /(?:z|[+-]\d\d:?\d\d|[a-z]{2,4})$/i
const EARLIEST = Date.UTC(1500, 0)
/** A day's difference of zones, and clocks that run fast. */
const AHEAD_MS = 48 * 3_600_000

/** The first that can be read and lies between 1500 and `latest`, as a PublicationDate. */
export function entryDate(texts: readonly string[], latest: number): string | undefined {
  for (const text of texts) {
    const date = readDate(text.trim().slice(0, LONGEST))
    const time = date === undefined ? Number.NaN : Date.parse(date)
    if (time >= EARLIEST && time <= latest + AHEAD_MS) return date
  }
  return undefined
}

function readDate(text: string): string | undefined {
  const strict = mailDate(text)?.instant ?? publicationDate(text)
  if (strict !== undefined || text === '') return strict
  const time = Date.parse(ZONED.test(text) ? text : `${text} UTC`)
  return Number.isNaN(time) ? undefined : isoInstant(new Date(time).toISOString())
}
