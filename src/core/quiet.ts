// Quiet hours and days: whether a channel's clock asks for no alert now, and when it next allows one.
import type { Quiet } from './settings.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7]
/** Looked ahead at most: quiet that has no end within it is taken to last so long. */
const AHEAD = { days: 8 }

/**
 * Whether the wall clock of the zone stands in the quiet hours (`from` is within them, `to` is not) or on a quiet day. An
 * hour that a change of clocks repeats is quiet both times.
 */
export function isQuiet({ from, to, days, zone }: Quiet, now: Temporal.Instant): boolean {
  const wall = now.toZonedDateTimeISO(zone)
  if (days.includes(wall.dayOfWeek)) return true
  const begun = Temporal.PlainTime.compare(wall.toPlainTime(), from) >= 0
  const ended = Temporal.PlainTime.compare(wall.toPlainTime(), to) >= 0
  return Temporal.PlainTime.compare(from, to) <= 0 ? begun && !ended : begun || !ended
}

/** The first instant at or after `now` at which it is not quiet; eight days after `now` where there is none before that. */
export function quietUntil(quiet: Quiet, now: Temporal.Instant): Temporal.Instant {
  if (!isQuiet(quiet, now)) return now
  const wall = now.toZonedDateTimeISO(quiet.zone)
  const last = wall.add(AHEAD)
  const turns = [...turnsOfClock(wall, last), last.toInstant()]
  for (let day = wall.toPlainDate(); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const end = day.toPlainDateTime(quiet.to)
    turns.push(
      day.toZonedDateTime(quiet.zone).toInstant(),
      end.toZonedDateTime(quiet.zone, { disambiguation: 'earlier' }).toInstant(),
      end.toZonedDateTime(quiet.zone, { disambiguation: 'later' }).toInstant(),
    )
  }
  const within = turns.filter((turn) => Temporal.Instant.compare(turn, now) > 0).sort(Temporal.Instant.compare)
  return within.find((turn) => !isQuiet(quiet, turn)) ?? last.toInstant()
}

/** Whether no alert would ever come. */
export function isAlwaysQuiet({ days }: Pick<Quiet, 'days'>): boolean {
  return WEEK.every((day) => days.includes(day))
}

/** Where clocks change in (from, to]: there too, quiet may end. */
function turnsOfClock(from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): Temporal.Instant[] {
  const change = from.getTimeZoneTransition('next')
  if (change === null || Temporal.ZonedDateTime.compare(change, to) > 0) return []
  return [change.toInstant(), ...turnsOfClock(change, to)]
}
