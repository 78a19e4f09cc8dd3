// A query's dates as days: from the first day of `since`, to before the day after `until`.
import type { Expression } from './query.ts'

/** Days as `2024-03-15`, `from` included, `below` not; relative dates count back from the day of `now` in UTC. */
export function dayBounds(
  { kind, date }: Extract<Expression, { kind: 'since' | 'until' }>,
  now: Temporal.Instant,
): { from: string | null; below: string | null } {
  if (typeof date !== 'string') {
    const day = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: date.days })
    return kind === 'since' ? { from: day.toString(), below: null } : { from: null, below: day.add({ days: 1 }).toString() }
  }
  const [year, month, day] = date.slice(0, 10).split('-')
  const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`)
  if (kind === 'since') return { from: first.toString(), below: null }
  const length = day !== undefined ? { days: 1 } : month !== undefined ? { months: 1 } : { years: 1 }
  return { from: null, below: first.add(length).toString() }
}
