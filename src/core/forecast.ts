// How much a subscription will bring, said before it is saved, from the papers of the last four weeks.
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Store } from '#core/ports/store.ts'
import type { Expression, Query } from '#core/query/query.ts'

const DAYS = 28

export interface Forecast {
  /** Papers of the last 28 days, by publication, that the query selects. */
  readonly recent: number
  /** All papers known here that it selects. */
  readonly known: number
  /** A week's papers at the rate of the days known; null where no paper of the last 28 days is known at all. */
  readonly perWeek: number | null
  /** The most on one day of the 28. */
  readonly busiestDay: number
  /** The alternative of an OR without which most of them would not come, and their share of 0–1; null where the query has no OR. */
  readonly cause: { readonly expression: Expression; readonly share: number } | null
}

/** Counts what the query would have brought; `now` ends the 28 days. */
export async function forecast(
  query: Query,
  { store, index }: { store: Store; index: PaperIndex },
  now: Temporal.Instant,
): Promise<Forecast> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const from = today.subtract({ days: DAYS - 1 })
  const count = async (parts: readonly (Expression | null)[]) => (await index.select(all(parts), now)).length
  const since: Expression = { kind: 'since', date: from.toString() }
  const recent = await count([query.expression, since])
  const knownDays = recent === 0 ? null : await daysKnown(from, today, { store, index }, now)
  return {
    recent,
    known: await count([query.expression]),
    perWeek: knownDays === null ? await zeroOrNull(since, index, now) : (recent / knownDays) * 7,
    busiestDay: recent === 0 ? 0 : await busiest(query, from, index, now),
    cause: recent === 0 ? null : await mainCause(query, since, recent, count),
  }
}

/** The same of the papers whose primary category it is. */
export async function primaryForecast(
  category: string,
  { store, index }: { store: Store; index: PaperIndex },
  now: Temporal.Instant,
): Promise<Forecast> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const from = today.subtract({ days: DAYS - 1 })
  const since: Expression = { kind: 'since', date: from.toString() }
  const days = await store.papers.primaryByDay(category)
  const recent = days.filter(({ day }) => day >= from.toString())
  const count = sum(recent)
  return {
    recent: count,
    known: sum(days),
    perWeek:
      count === 0 ? await zeroOrNull(since, index, now) : (count / (await daysKnown(from, today, { store, index }, now))) * 7,
    busiestDay: Math.max(0, ...recent.map(({ papers }) => papers)),
    cause: null,
  }
}

function sum(days: readonly { readonly papers: number }[]): number {
  return days.reduce((all, { papers }) => all + papers, 0)
}

/** Zero where papers of these days are known and none is selected; null where none are known. */
async function zeroOrNull(since: Expression, index: PaperIndex, now: Temporal.Instant): Promise<0 | null> {
  const { total } = await index.search(all([since]), { offset: 0, limit: 1 }, now)
  return total > 0 ? 0 : null
}

/** From the oldest paper known of the window until today: fewer than 28 in a store that began last week. */
async function daysKnown(
  from: Temporal.PlainDate,
  today: Temporal.PlainDate,
  { store, index }: { store: Store; index: PaperIndex },
  now: Temporal.Instant,
): Promise<number> {
  const window: Query = { expression: { kind: 'since', date: from.toString() }, sort: 'recent' }
  const { total } = await index.search(window, { offset: 0, limit: 1 }, now)
  const { numbers } = await index.search(window, { offset: Math.max(0, total - 1), limit: 1 }, now)
  const [oldest] = await store.papers.byNumbers(numbers)
  const day = oldest?.published?.slice(0, 10)
  const first = day?.length === 10 ? Temporal.PlainDate.from(day) : from
  return Math.max(1, today.since(first).days + 1)
}

async function busiest(query: Query, from: Temporal.PlainDate, index: PaperIndex, now: Temporal.Instant): Promise<number> {
  let most = 0
  for (let at = 0; at < DAYS; at++) {
    const date = from.add({ days: at }).toString()
    const day: Expression[] = [
      { kind: 'since', date },
      { kind: 'until', date },
    ]
    most = Math.max(most, (await index.select(all([query.expression, ...day]), now)).length)
  }
  return most
}

/** Of the alternatives of every OR among the query's parts, the one without which fewest papers are left. */
async function mainCause(
  { expression }: Query,
  since: Expression,
  recent: number,
  count: (parts: readonly (Expression | null)[]) => Promise<number>,
): Promise<Forecast['cause']> {
  const parts = expression?.kind === 'and' ? expression.of : expression ? [expression] : []
  let cause: Forecast['cause'] = null
  for (const part of parts) {
    if (part.kind !== 'or') continue
    const rest = parts.filter((other) => other !== part)
    for (const alternative of part.of) {
      const left = await count([...rest, eitherOf(part.of.filter((other) => other !== alternative)), since])
      const share = 1 - left / recent
      if (share > (cause?.share ?? 0)) cause = { expression: alternative, share }
    }
  }
  return cause
}

function eitherOf(alternatives: readonly Expression[]): Expression | null {
  const [only] = alternatives
  return alternatives.length > 1 ? { kind: 'or', of: alternatives } : (only ?? null)
}

function all(parts: readonly (Expression | null)[]): Query {
  const present = parts.filter((part) => part !== null)
  const [only] = present
  return { expression: present.length > 1 ? { kind: 'and', of: present } : (only ?? null), sort: 'recent' }
}
