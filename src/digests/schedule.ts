// A schedule's slots: day, wall time and zone → instants. A wall time that a change of clocks leaves out stands for the
// change itself; one that comes twice stands for its first time.
import type { Schedule } from '#core/schedule.ts'

type Rule = Pick<Schedule, 'frequency' | 'day' | 'time' | 'zone'>

/** The first slot after `after`. */
export function nextSlot(rule: Rule, after: Temporal.Instant): Temporal.Instant {
  const today = after.toZonedDateTimeISO(rule.zone).toPlainDate()
  // Two days back: where a whole day is left out, an earlier day's slot is the change itself, which is later than that day.
  for (let day = dayOnOrAfter(rule, today.subtract({ days: 2 })); ; day = dayOnOrAfter(rule, day.add({ days: 1 }))) {
    const slot = instantOf(day, rule)
    if (Temporal.Instant.compare(slot, after) > 0) return slot
  }
}

/** All slots in (after, until], in order. */
export function slotsBetween(rule: Rule, after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[] {
  const slots: Temporal.Instant[] = []
  for (let slot = nextSlot(rule, after); Temporal.Instant.compare(slot, until) <= 0; slot = nextSlot(rule, slot)) slots.push(slot)
  return slots
}

/** One cadence before `slot`: the same wall time a day, a week or a month earlier. */
export function cadenceBefore(rule: Rule, slot: Temporal.Instant): Temporal.Instant {
  const day = slot.toZonedDateTimeISO(rule.zone).toPlainDate()
  const step = { daily: { days: 1 }, weekly: { weeks: 1 }, monthly: { months: 1 } }[rule.frequency]
  return instantOf(day.subtract(step), rule)
}

function instantOf(day: Temporal.PlainDate, { time, zone }: Rule): Temporal.Instant {
  const wall = day.toPlainDateTime(Temporal.PlainTime.from(time))
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(wall)) return earlier.toInstant()
  const change = earlier.getTimeZoneTransition('next')
  return (change ?? wall.toZonedDateTime(zone)).toInstant()
}

/** The first day the rule names that is not before `day`. */
function dayOnOrAfter(rule: Rule, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (rule.frequency) {
    case 'daily':
      return day
    case 'weekly':
      return day.add({ days: (rule.day - day.dayOfWeek + 7) % 7 })
    case 'monthly': {
      const inMonth = day.with({ day: rule.day }, { overflow: 'constrain' })
      if (Temporal.PlainDate.compare(inMonth, day) >= 0) return inMonth
      return day.with({ day: 1 }).add({ months: 1 }).with({ day: rule.day }, { overflow: 'constrain' })
    }
  }
}
