// A schedule and its next slot in words: "every Monday at 09:00 (Europe/Berlin)".
import { shownDate } from '#core/paper-view.ts'
import type { Schedule } from '#core/schedule.ts'
import { counted } from './blocks.ts'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** What a month of 31 days has; the last day of a shorter one. */
export const LAST_DAY = 31

export function scheduleInWords({ frequency, day, time, zone }: Pick<Schedule, 'frequency' | 'day' | 'time' | 'zone'>): string {
  const at = `at ${time} (${zone})`
  if (frequency === 'daily') return `every day ${at}`
  if (frequency === 'weekly') return `every ${weekdayName(day)} ${at}`
  return day === LAST_DAY ? `on the last day of each month ${at}` : `on day ${day} of each month ${at}`
}

/** `Monday, Nov 30 at 09:00, in 5 days`, in the schedule's zone. */
export function slotInWords(slot: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  return `${dateAndTime(slot, zone, now)}, ${howFar(slot, zone, now)}`
}

/** The same where nothing beside it says which zone: `Monday, Nov 30 at 09:00 (Europe/Berlin), in 5 days`. */
export function momentInWords(moment: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  return `${dateAndTime(moment, zone, now)} (${zone}), ${howFar(moment, zone, now)}`
}

/** `Monday, Nov 30 at 09:00`, with the year where it is another. */
export function dateAndTime(slot: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  const local = slot.toZonedDateTimeISO(zone)
  const year = local.year === now.toZonedDateTimeISO(zone).year ? {} : { year: 'numeric' as const }
  const date = local.toPlainDate().toLocaleString('en-US', { weekday: 'long', month: 'short', day: 'numeric', ...year })
  return `${date} at ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** `Nov 30`, the day it is in the zone, with the year where it is another. */
export function dayOf(instant: string, zone: string, now: Temporal.Instant): string {
  return shownDate(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString(), now)
}

function howFar(slot: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  const [day, today] = [slot, now].map((instant) => instant.toZonedDateTimeISO(zone).toPlainDate())
  const days = day && today ? day.since(today).days : 0
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${counted(days, 'day')}`
}

/** `Monday` for 1 … `Sunday` for 7. */
export function weekdayName(day: number): string {
  const name = WEEKDAYS[day - 1] ?? ''
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
