// Papers no tick has seen → matches and alerts. What is to be posted is rendered first; then the matches, the alerts and
// the papers' marks are committed together.
import { createMatcher } from '#core/matcher.ts'
import type { Paper } from '#core/paper.ts'
import type { Unmatched } from '#core/ports/store.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { alertsOf } from './alerts.ts'
import { isBefore } from './instants.ts'
import { recordParts } from './record.ts'
import type { TickDependencies } from './tick.ts'

/** Papers at once; alerts to one destination are grouped within it. */
const PAGE = 2000

export interface Selected {
  readonly subscription: Subscription
  readonly paper: Paper
  readonly reason: Match['reason']
}

/** Matches every unmatched paper, whatever it came from; answers how many matches are new. */
export async function matchUnmatched(dependencies: TickDependencies, now: Temporal.Instant): Promise<number> {
  const { store, signal } = dependencies
  let matched = 0
  while (!signal?.aborted) {
    const unmatched = await store.papers.unmatched(PAGE)
    if (unmatched.length === 0) break
    const selected = selectedFrom(await store.subscriptions.all(), unmatched, now)
    const alerts = await alertsOf(selected, dependencies)
    const matches = selected.map(({ subscription, paper, reason }): Match => {
      return { subscription: subscription.id, paper: paper.number, reason, matchedAt: now.toString(), seenAt: paper.firstSeen }
    })
    matched += await store.transaction(async (parts) => {
      const fresh = await parts.subscriptions.recordMatches(matches)
      for (const alert of alerts) await recordParts(parts.ledger, alert, now)
      await parts.papers.markMatched(unmatched.map(({ paper }) => paper.number))
      return fresh.length
    })
  }
  return matched
}

/** What the subscriptions select of these papers; papers seen before a subscription was made are no news to it. */
export function selectedFrom(
  subscriptions: readonly Subscription[],
  unmatched: readonly Unmatched[],
  now: Temporal.Instant,
): Selected[] {
  const [oldest] = subscriptions.map(({ createdAt }) => createdAt).sort(Temporal.Instant.compare)
  if (oldest === undefined) return []
  const recent = unmatched.map(({ paper }) => paper).filter(({ firstSeen }) => !isBefore(firstSeen, oldest))
  return createMatcher(subscriptions)
    .match(recent, now)
    .filter(({ subscription, paper }) => !isBefore(paper.firstSeen, subscription.createdAt))
}
