// Which categories are missing days of announcements, and since when.
import type { Coverage, FeedState } from '#core/ports/feed-store.ts'
import { missedDays } from './coverage.ts'
import type { TickDependencies } from './tick.ts'
import { watchedCategories } from './watched-categories.ts'

/** A category of which days were missed. */
export interface Gap {
  readonly state: FeedState
  readonly coverage: Coverage
  readonly days: readonly string[]
}

/** Categories of which days were missed. */
export async function gapsOf(
  { store, categories }: Pick<TickDependencies, 'store' | 'categories'>,
  now: Temporal.Instant,
): Promise<Gap[]> {
  const gaps: Gap[] = []
  for (const { feed } of await watchedCategories({ store, categories })) {
    const state = await store.feeds.get(feed)
    if (state?.coverage === undefined) continue
    const days = missedDays(state.coverage, now)
    if (days.length > 0) gaps.push({ state, coverage: state.coverage, days })
  }
  return gaps
}

/** The first day that was missed in any of them. */
export function firstMissedOf(gaps: readonly Gap[]): string | undefined {
  return gaps.map(firstMissed).toSorted()[0]
}

export function firstMissed({ coverage, days }: Gap): string {
  return coverage.missing?.from ?? days[0] ?? coverage.until
}
