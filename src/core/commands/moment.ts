// Points in time as people type them: `2026-12-24`, `monday 9:00`, `2 weeks`, an instant; ahead of now or back from it.
// The order: an instant with its zone; a span from now; a day, with a time or from its beginning.
import { UserInputError } from '#core/errors.ts'
import { WEEKDAYS } from './slot-words.ts'
import { readWallTime } from './wall-time.ts'

/** On which side of now the text is to lie: a span counts that way, and a weekday is the nearest one there. */
export type Way = 'ahead' | 'back'

/** Farther from now nobody means it, and dates are no longer texts that sort. */
const MOST_YEARS = 100
const FILLER = /^(?:until|till|for|in|since|from|the|next|last|past|an?)\s+/i
const AGO = /\s+(?:ago|from now)$/i
const INSTANT = /^\d{4}-\d{2}-\d{2}[t ]\d.*(?:z|[+-]\d{2}:?\d{2})$/i
const SPAN = /^(\d{1,4})?\s*([a-z]+)$/i
const DAY_AND_TIME = /^(\S+?)(?:,?\s+(?:at\s+)?|t)(\d.*)$/i
const DATE = /^\d{4}-\d{2}-\d{2}$/
const DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const PLURAL = /s$/
const UNITS = new Map<string, 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'>([
  ['min', 'minutes'],
  ['minute', 'minutes'],
  ['h', 'hours'],
  ['hour', 'hours'],
  ['d', 'days'],
  ['day', 'days'],
  ['w', 'weeks'],
  ['week', 'weeks'],
  ['month', 'months'],
  ['y', 'years'],
  ['year', 'years'],
])

/** The moment the text means in the zone; a UserInputError with examples where it means none, or one too far from now or on its wrong side. */
export function momentOf(text: string, way: Way, { now, zone }: { now: Temporal.Instant; zone: string }): Temporal.Instant {
  const moment = readMoment(text, way, now.toZonedDateTimeISO(zone))
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  if (moment === undefined) {
    throw new UserInputError(`“${shown}” is not a time.`, {
      hint: `It is written like ${way === 'ahead' ? '2026-12-24, monday 9:00' : '2026-11-01, monday'}, 2 weeks or 10d.`,
    })
  }
  if (Math.abs(now.until(moment).total('hours')) > MOST_YEARS * 366 * 24) {
    throw new UserInputError(`“${shown}” is too far from now.`, { hint: 'For example: 2 weeks, 10d or monday.' })
  }
  if (isOn(way, moment, now)) return moment
  throw new UserInputError(
    way === 'ahead' ? `“${shown}” is past: it has to end later than now.` : `“${shown}” is not past: it has to begin before now.`,
    { hint: 'For example: 2 weeks, 10d or monday.' },
  )
}

/** Undefined where the text is no time; on which side of now it lies is not looked at. */
function readMoment(text: string, way: Way, now: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  const bare = withoutFillers(text.trim())
  if (INSTANT.test(bare)) return attempt(() => Temporal.Instant.from(bare))
  const span = readSpan(bare)
  if (span) return attempt(() => (way === 'ahead' ? now.add(span) : now.subtract(span)).toInstant())
  const [, dayText = bare, timeText] = DAY_AND_TIME.exec(bare) ?? []
  const time = timeText === undefined ? '00:00' : readWallTime(timeText)
  if (time === undefined) return undefined
  return daysMeant(dayText.toLowerCase(), way, now)
    .map((day) =>
      (timeText === undefined
        ? day.toZonedDateTime(now.timeZoneId)
        : day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: time })
      ).toInstant(),
    )
    .find((moment, at, all) => at === all.length - 1 || isOn(way, moment, now.toInstant()))
}

function withoutFillers(text: string): string {
  const shorter = text.replace(AGO, '').replace(FILLER, '')
  return shorter === text ? text : withoutFillers(shorter)
}

/** `2 weeks`, `10d`, `week`; a single letter needs its number. */
function readSpan(text: string): Temporal.DurationLike | undefined {
  const [, count, word = ''] = SPAN.exec(text) ?? []
  const unit = UNITS.get(word.toLowerCase().replace(PLURAL, ''))
  return unit === undefined || (count === undefined && word.length === 1) ? undefined : { [unit]: Number(count ?? 1) }
}

/** The days a word may mean, the nearest first: of a weekday today too, which counts where its time lies on the right side. */
function daysMeant(word: string, way: Way, now: Temporal.ZonedDateTime): Temporal.PlainDate[] {
  const today = now.toPlainDate()
  if (Object.hasOwn(DAYS, word)) return [today.add({ days: DAYS[word] ?? 0 })]
  if (DATE.test(word)) return [attempt(() => Temporal.PlainDate.from(word))].filter((day) => day !== undefined)
  const weekday = word.length < 3 ? 0 : WEEKDAYS.findIndex((name) => name.startsWith(word)) + 1
  if (weekday === 0) return []
  const ahead = (weekday - today.dayOfWeek + 7) % 7
  const nearest = way === 'ahead' || ahead === 0 ? ahead : ahead - 7
  return [today.add({ days: nearest }), today.add({ days: nearest + (way === 'ahead' ? 7 : -7) })]
}

function isOn(way: Way, moment: Temporal.Instant, now: Temporal.Instant): boolean {
  const side = Temporal.Instant.compare(moment, now)
  return way === 'ahead' ? side > 0 : side < 0
}

/** Temporal says by a RangeError that there is no such date. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
