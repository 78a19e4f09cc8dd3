// New papers × subscriptions → matches with reasons, for a million subscriptions. Equal targets are one: topics are asked
// a batch of papers at once, authors and categories are looked up by what a paper names; words only for what was selected.
import { authorKey } from '#core/author-name.ts'
import type { Paper } from '#core/paper.ts'
import type { Reason, Subscription, Target } from '#core/subscription.ts'
import { categoryForms, normalCategory } from '#core/text/category.ts'
import { apart, createMembers, joined } from './matcher/members.ts'
import { createTopics } from './matcher/topics.ts'

/** Papers at once: eight words of bits, few enough for the engine to keep them in its own heap. */
const BATCH = 256

export interface Selection {
  readonly subscription: Subscription
  readonly paper: Paper
  readonly reason: Reason
}

export interface Matcher {
  /** Subscriptions after those it has; each is kept, so that they may be read page by page. Their ids are not compared. */
  add(subscriptions: Iterable<Subscription>): void
  /** Papers in their order, each with its subscriptions in theirs; `now` resolves relative dates. */
  match(papers: readonly Paper[], now: Temporal.Instant): Selection[]
  /** The same one by one, for more than memory holds. Add nothing before the last of them is taken. */
  matchEach(papers: readonly Paper[], now: Temporal.Instant): IteratorObject<Selection>
}

type Why = Pick<Reason, 'words' | 'crossListed'>

/**
 * Selects what `matches` selects of a topic, papers by an author of exactly the followed key, papers in a category in any
 * of its forms, or with it as their primary one. A feed selects nothing here: its papers come from the feed. A topic that
 * parses no more selects nothing. It may be kept and matched with as often as there are papers; nothing can be taken out.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []): Matcher {
  const members = createMembers()
  const topics = createTopics(members)
  const byQuery = new Map<string, number>()
  const byAuthor = new Map<string, number>()
  const byCategory = new Map<string, number>()
  const byPrimary = new Map<string, number>()
  let count = 0
  add(subscriptions)

  return { add, matchEach, match: (papers, now) => matchEach(papers, now).toArray() }

  function add(more: Iterable<Subscription>): void {
    for (const subscription of more) {
      const group = groupOf(subscription.target)
      if (group !== undefined) members.add(subscription, group)
    }
  }

  function groupOf(target: Target): number | undefined {
    switch (target.kind) {
      case 'topic':
        return grouped(byQuery, target.query, (group) => topics.add(target.query, group))
      case 'author':
        // People of one name are selected together: identity.ts tells them apart.
        return grouped(byAuthor, target.key)
      case 'category':
        return grouped(target.primaryOnly ? byPrimary : byCategory, normalCategory(target.category))
      case 'feed':
        return undefined
    }
  }

  function grouped(groups: Map<string, number>, key: string, begin?: (group: number) => void): number {
    const known = groups.get(key)
    if (known !== undefined) return known
    const group = count++
    groups.set(key, group)
    begin?.(group)
    return group
  }

  function* matchEach(papers: readonly Paper[], now: Temporal.Instant): Generator<Selection, undefined> {
    for (let from = 0; from < papers.length; from += BATCH) {
      const batch = papers.slice(from, from + BATCH)
      const found = topics.select(batch, now)
      const wording = topics.wording()
      for (const [at, paper] of batch.entries()) {
        const pairs: number[] = []
        found.eachSubscription(at, (number, place) => pairs.push(joined(number, place)))
        // The words alone: of what is kept for so many, an object each would be taken for long-lived, and heaped up.
        const words: (readonly string[])[] = []
        const wordsOf = wording(paper)
        for (let place = 0; place < found.count(at); place++) words.push(wordsOf(found.wanted(at, place)))
        const crossLists = new Set<number>()
        for (const [group, why] of namedBy(paper)) {
          const place = words.push(why.words) - 1
          if (why.crossListed) crossLists.add(place)
          for (const number of members.of(group)) pairs.push(joined(number, place))
        }
        for (const pair of new Float64Array(pairs).sort()) {
          const { subscription: number, place } = apart(pair)
          const subscription = members.subscription(number)
          const reason = { subscription: subscription.id, target: subscription.target, words: words[place] ?? [] }
          yield { subscription, paper, reason: crossLists.has(place) ? { ...reason, crossListed: true } : reason }
        }
      }
    }
    return undefined
  }

  /** Authors and categories, each for the first name or category of the paper that answers to it. */
  function namedBy(paper: Paper): Map<number, Why> {
    const named = new Map<number, Why>()
    for (const { name } of byAuthor.size > 0 ? paper.authors : []) {
      const group = byAuthor.get(authorKey(name))
      if (group !== undefined && !named.has(group)) named.set(group, { words: [name] })
    }
    for (const [at, category] of (paper.categories ?? []).entries()) {
      for (const form of categoryForms(category)) {
        const group = byCategory.get(form)
        if (group !== undefined && !named.has(group)) {
          named.set(group, at === 0 ? { words: [category] } : { words: [category], crossListed: true })
        }
        const primary = at === 0 ? byPrimary.get(form) : undefined
        if (primary !== undefined) named.set(primary, { words: [category] })
      }
    }
    return named
  }
}
