// New papers × subscriptions → matches with reasons. Equal targets are one; papers are bits, so that a target is asked once
// a batch: topics by their expression, authors and categories by hash; matched words only for what was selected.
import { authorKey } from '#core/author-name.ts'
import { UserInputError } from '#core/errors.ts'
import type { Paper } from '#core/paper.ts'
import { locatePaper, wordsIn } from '#core/query/matched-words.ts'
import { parseQuery } from '#core/query/parse.ts'
import type { Expression, Query } from '#core/query/query.ts'
import { type TextLeaf, wantedTexts } from '#core/query/wanted-texts.ts'
import { type Reason, type Subscription, type Target, targetKey } from '#core/subscription.ts'
import { categoryForms, normalCategory } from '#core/text/category.ts'
import { createBatch, unitsOf } from './matcher/batch.ts'
import { fullBits, numbersOf } from './matcher/bits.ts'
import { createEvaluation } from './matcher/evaluate.ts'

/** Papers at once: enough to use whole words of bits, few enough for the bits to stay in the processor's cache. */
const BATCH = 1024

export interface Selection {
  readonly subscription: Subscription
  readonly paper: Paper
  readonly reason: Reason
}

export interface Matcher {
  /** Papers in their order, each with its subscriptions in theirs; `now` resolves relative dates. */
  match(papers: readonly Paper[], now: Temporal.Instant): Selection[]
}

/** Subscriptions that share a target. */
interface Group {
  readonly target: Target
  readonly query: Query | null
  /** What of the query can be shown as a reason. */
  readonly texts: readonly TextLeaf[]
  readonly subscriptions: { readonly at: number; readonly subscription: Subscription }[]
}

/**
 * Selects what `matches` selects of a topic, papers by an author of exactly the followed key, papers in a category in any
 * of its forms. A feed selects nothing here: its papers come from the feed. A topic that parses no more selects nothing.
 */
export function createMatcher(subscriptions: readonly Subscription[]): Matcher {
  const groups = new Map<string, Group>()
  for (const [at, subscription] of subscriptions.entries()) {
    const key = groupKey(subscription.target)
    let group = groups.get(key)
    if (group === undefined) {
      const query = queryOf(subscription.target)
      group = { target: subscription.target, query, texts: wantedTexts(query?.expression ?? null), subscriptions: [] }
      groups.set(key, group)
    }
    group.subscriptions.push({ at, subscription })
  }
  const all = [...groups.values()]
  const topics = all.filter(({ query }) => query !== null)
  const authors = all.filter(({ target }) => target.kind === 'author')
  const categories = all.filter(({ target }) => target.kind === 'category')
  const asked = new Set(topics.flatMap(({ query }) => unitsIn(query?.expression ?? null)))

  return {
    match(papers, now) {
      const selections: Selection[] = []
      for (let from = 0; from < papers.length; from += BATCH) {
        for (const selection of matchBatch(papers.slice(from, from + BATCH), now)) selections.push(selection)
      }
      return selections
    },
  }

  function matchBatch(papers: readonly Paper[], now: Temporal.Instant): Selection[] {
    const batch = createBatch(papers, asked)
    const evaluate = createEvaluation(batch, now)
    const found: Group[][] = papers.map(() => [])
    for (const group of topics) {
      const expression = group.query?.expression ?? null
      const bits = expression === null ? fullBits(papers.length) : evaluate(expression)
      for (const at of numbersOf(bits)) found[at]?.push(group)
    }
    for (const group of categories) {
      for (const at of numbersOf(batch.value('category', categoryOf(group.target)))) found[at]?.push(group)
    }
    return papers.flatMap((paper, at) => selectionsOf(paper, found[at] ?? []))
  }

  /** Paper by paper, so that one paper's words are at hand while its reasons are made. */
  function selectionsOf(paper: Paper, found: readonly Group[]): Selection[] {
    const located = found.some(({ query }) => query !== null) ? locatePaper(paper) : undefined
    const selections: (Selection & { at: number })[] = []
    for (const group of found) {
      const isTopic = located !== undefined && group.query !== null
      add(group, isTopic ? wordsIn(group.texts, located) : carried(paper, categoryOf(group.target)))
    }
    for (const [key, name] of authors.length > 0 ? namesOf(paper) : []) {
      const group = groups.get(key)
      if (group !== undefined) add(group, [name])
    }
    return selections.sort((a, b) => a.at - b.at).map(({ subscription, reason }) => ({ subscription, paper, reason }))

    function add(group: Group, words: readonly string[]): void {
      for (const { at, subscription } of group.subscriptions) {
        selections.push({
          at,
          subscription,
          paper,
          reason: { subscription: subscription.id, target: subscription.target, words },
        })
      }
    }
  }
}

/** People of one name are selected together: identity.ts tells them apart. */
function groupKey(target: Target): string {
  return target.kind === 'author' ? `author:${target.key}` : targetKey(target)
}

/** Each author's group key with the first name that has it. */
function namesOf(paper: Paper): Map<string, string> {
  const names = new Map<string, string>()
  for (const { name } of paper.authors) {
    const key = `author:${authorKey(name)}`
    if (!names.has(key)) names.set(key, name)
  }
  return names
}

function categoryOf(target: Target): string {
  return target.kind === 'category' ? normalCategory(target.category) : ''
}

/** Null where the target is no topic, or one that an earlier version saved and this one cannot read. */
function queryOf(target: Target): Query | null {
  if (target.kind !== 'topic') return null
  try {
    return parseQuery(target.query)
  } catch (error) {
    if (error instanceof UserInputError) return null
    throw error
  }
}

function unitsIn(expression: Expression | null): readonly string[] {
  switch (expression?.kind) {
    case 'text':
      return unitsOf(expression.terms)
    case 'not':
      return unitsIn(expression.of)
    case 'and':
    case 'or':
      return expression.of.flatMap(unitsIn)
    default:
      return []
  }
}

/** The category as the paper carries it: `cs.LG` for `lg`. */
function carried(paper: Paper, category: string): readonly string[] {
  const own = paper.categories?.find((one) => categoryForms(one).includes(category))
  return own === undefined ? [] : [own]
}
