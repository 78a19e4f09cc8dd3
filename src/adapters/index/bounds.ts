// A query's dates as bounds on the index's rows, which ascend by date.
import { dayBounds } from '#core/query/dates.ts'
import type { Expression } from '#core/query/query.ts'
import { FIRST_DATED_ROW, firstRowOf } from './rows.ts'

/** Rows `from ≤ row < below`; a paper without a date is never among them. */
export function rowBounds(
  date: Extract<Expression, { kind: 'since' | 'until' }>,
  now: Temporal.Instant,
): { from: number; below: number | null } {
  const { from, below } = dayBounds(date, now)
  return { from: from === null ? FIRST_DATED_ROW : firstRowOf(from), below: below === null ? null : firstRowOf(below) }
}
