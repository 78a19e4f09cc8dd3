// A query's dates as bounds on the index's rows, which ascend by date.
import type { Expression } from '#core/query/query.ts'
import { FIRST_DATED_ROW, firstRowOf } from './rows.ts'

/** Rows `from ≤ row < below`; a paper without a date is never among them. */
export function rowBounds(
  date: Extract<Expression, { kind: 'since' | 'until' }>,
  now: Temporal.Instant,
): { from: number; below: number | null } {
  const { first, after } = typeof date.date === 'string' ? daysOf(date.date) : dayBefore(date.date.days, now)
  return date.kind === 'since' ? { from: firstRowOf(first), below: null } : { from: FIRST_DATED_ROW, below: firstRowOf(after) }
}

/** The first day of a year, a month or a day, and the day after its last. */
function daysOf(date: string): { first: string; after: string } {
  const [year = '', month, day] = date.slice(0, 10).split('-')
  const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`)
  const length = day !== undefined ? { days: 1 } : month !== undefined ? { months: 1 } : { years: 1 }
  return { first: first.toString(), after: first.add(length).toString() }
}

function dayBefore(days: number, now: Temporal.Instant): { first: string; after: string } {
  const first = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days })
  return { first: first.toString(), after: first.add({ days: 1 }).toString() }
}
