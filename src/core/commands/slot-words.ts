// A schedule and its next slot in words: "every Monday at 09:00 (Europe/Berlin)".
import type { Schedule } from '#core/schedule.ts'
import { counted } from './blocks.ts'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** What a month of 31 days has; the last day of a shorter one. */
export const LAST_DAY = 31

export function scheduleInWords({ frequency, day, time, zone }: Pick<Schedule, 'frequency' | 'day' | 'time' | 'zone'>): string {
  const at = `at ${time} (${zone})`
  if (frequency === 'daily') return `every day ${at}`
  if (frequency === 'weekly') return `every ${capital(WEEKDAYS[day - 1] ?? '')} ${at}`
  return day === LAST_DAY ? `on the last day of each month ${at}` : `on day ${day} of each month ${at}`
}

/** `Monday, Nov 30 at 09:00, in 5 days`, in the schedule's zone. */
export function slotInWords(slot: Temporal.Instant, zone: string, now: Temporal.Instant): string {
  const local = slot.toZonedDateTimeISO(zone)
  const today = now.toZonedDateTimeISO(zone)
  const days = local.toPlainDate().since(today.toPlainDate()).days
  const year = local.year === today.year ? {} : { year: 'numeric' as const }
  const date = local.toPlainDate().toLocaleString('en-US', { weekday: 'long', month: 'short', day: 'numeric', ...year })
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${counted(days, 'day')}`
  return `${date} at ${local.toPlainTime().toString({ smallestUnit: 'minute' })}, ${when}`
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
