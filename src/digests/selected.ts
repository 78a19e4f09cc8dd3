// What subscriptions select of papers that no tick has matched. The order: a paper that is older than the follow is no news;
// one that changed since is, to whoever follows an author or a category that it got with the change, and, where it was news when
// it came, to those whose topic or author it fits only now; what a feed brings as news is, to whoever follows the feed.
import { createMatcher } from '#core/matcher.ts'
import { newsSince } from '#core/news.ts'
import type { Paper } from '#core/paper.ts'
import { isNoChange, type PaperChange } from '#core/paper-change.ts'
import type { Unmatched } from '#core/ports/store.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { categoryForms, normalCategory } from '#core/text/category.ts'
import { earliest, isBefore } from './instants.ts'

export interface Selected {
  readonly subscription: Subscription
  readonly paper: Paper
  readonly reason: Match['reason']
  /** Where the paper was known before, and changed. */
  readonly change?: PaperChange
  /** One of so many that a feed brought at once that they come in digests alone. */
  readonly isFlood?: true
}

export function selectedFrom(
  subscriptions: readonly Subscription[],
  unmatched: readonly Unmatched[],
  now: Temporal.Instant,
): Selected[] {
  const oldest = earliest(subscriptions.map(({ createdAt }) => createdAt))
  if (oldest === undefined) return []
  const recent = unmatched.filter(({ paper, change }) => (change ? !isNoChange(change) : !isBefore(paper.firstSeen, oldest)))
  const changes = new Map(recent.map(({ paper, change }) => [paper, change]))
  const selections = createMatcher(subscriptions).matchEach(
    recent.map(({ paper }) => paper),
    now,
  )
  const selected = selections.flatMap((selection): Selected[] => {
    const { subscription, paper } = selection
    const change = changes.get(paper)
    return isNews(paper, change, subscription) ? [{ ...selection, ...(change && { change }) }] : []
  })
  return [...selected, ...broughtByFeeds(subscriptions, unmatched)]
}

function isNews(paper: Paper, change: PaperChange | undefined, subscription: Subscription): boolean {
  const cameSince = !isBefore(paper.firstSeen, subscription.createdAt)
  if (change === undefined) return cameSince
  if (brings(change, paper, subscription)) return true
  return cameSince && subscription.target.kind !== 'category' && wasNews(paper)
}

/** A paper that was older when it came was no news then, and a new version of it is none either. */
function wasNews({ published, firstSeen }: Paper): boolean {
  return published === undefined || published >= newsSince(Temporal.Instant.from(firstSeen))
}

function broughtByFeeds(subscriptions: readonly Subscription[], unmatched: readonly Unmatched[]): Selected[] {
  const followers = Map.groupBy(subscriptions, ({ target }) => (target.kind === 'feed' ? target.url : undefined))
  return unmatched.flatMap(({ paper, change, feeds = [] }) =>
    feeds.flatMap(({ feed, at, isFlood }) =>
      (followers.get(feed) ?? [])
        .filter(({ createdAt }) => !isBefore(at, createdAt))
        .map((subscription): Selected => {
          const reason = { subscription: subscription.id, target: subscription.target, words: [] }
          return { subscription, paper, reason, ...(change && { change }), ...(isFlood && { isFlood }) }
        }),
    ),
  )
}

/** Whether it is the change that makes the subscription select the paper; of a topic nobody can tell. */
function brings({ authors, categories }: PaperChange, paper: Paper, { target }: Subscription): boolean {
  switch (target.kind) {
    case 'author':
      return authors.includes(target.key)
    case 'category':
      return categories
        .filter((category) => !target.primaryOnly || category === paper.categories?.[0])
        .some((category) => categoryForms(category).includes(normalCategory(target.category)))
    default:
      return false
  }
}
