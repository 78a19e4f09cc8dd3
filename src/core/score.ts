// The computed score: 100 × percentile of a paper's attention among papers of its primary category and age, with its reasons.
//
// 1. Each signal becomes a part of the attention that grows with it and slows down, so that no single number rules.
// 2. Attention is their sum. A paper without any signal has no score, but stands in the cohort below those that have one.
// 3. The cohort is the primary category and the age; one of fewer than 20 papers widens to all categories of that age.
// 4. The percentile counts the papers below and half of those that are equal.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import type { ComputedScore, Paper } from '#core/paper.ts'
import { firstDay } from '#core/paper-view.ts'

/** Where a cohort of an age ends, in days since publication. */
const AGES = [7, 30, 91, 182, 365, 730, 1826]
const SMALLEST_COHORT = 20
const PAPERS_A_STEP = 300
const PARTS_SHOWN = 3
/** Keys are asked for twice a paper, and folding names is most of the work. */
const KEYS = new WeakMap<Paper, Set<AuthorKey>>()
const NO_VOTES: ReadonlyMap<number, number> = new Map()
const DAYS_A_MONTH = 30
/** The first month counts whole, so that a paper of yesterday does not win by one citation. */
const FEWEST_MONTHS = 1

/** What is known beside a paper itself. */
interface Around {
  readonly today: Temporal.PlainDate
  readonly records: ReadonlyMap<AuthorKey, number>
  readonly votes: number | undefined
}

interface Rated {
  readonly paper: Paper
  readonly age: number
  readonly attention: number
  readonly parts: ReadonlyMap<string, number>
}

/**
 * The score of every paper, by its number; null where there is no signal at all. Depends on nothing but the papers, in
 * any order, the group's votes, by number, and the day of `now`. With the other papers unchanged it never falls when a signal
 * rises.
 */
export function scorePapers(
  papers: readonly Paper[],
  now: Temporal.Instant,
  votes?: ReadonlyMap<number, number>,
): Map<number, ComputedScore | null> {
  const steps = scoring(papers, now, votes)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps of a few milliseconds, between which others may go on. */
export function* scoring(
  papers: readonly Paper[],
  now: Temporal.Instant,
  votes: ReadonlyMap<number, number> = NO_VOTES,
): Generator<void, Map<number, ComputedScore | null>> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const records = yield* authorRecords(papers)
  const rated: Rated[] = []
  for (const some of slices(papers)) {
    for (const paper of some) rated.push(rate(paper, { today, records, votes: votes.get(paper.number) }))
    yield
  }
  const byCategory = Map.groupBy(rated, cohort)
  const byAge = Map.groupBy(rated, (paper) => paper.age)
  const orders = new Map<readonly Rated[], Float64Array>()

  function percentile({ attention, age }: Rated, own: readonly Rated[]): number {
    const group = own.length >= SMALLEST_COHORT ? own : (byAge.get(age) ?? own)
    const order = orders.get(group) ?? Float64Array.from(group, (paper) => paper.attention).sort()
    orders.set(group, order)
    const below = countBelow(order, attention, false)
    const equal = countBelow(order, attention, true) - below
    return (100 * (below + equal / 2)) / order.length
  }

  const scores = new Map<number, ComputedScore | null>()
  for (const some of slices(rated)) {
    for (const one of some) {
      const value = Math.round(percentile(one, byCategory.get(cohort(one)) ?? []) * 10) / 10
      scores.set(one.paper.number, one.attention > 0 ? { value, parts: largestParts(one) } : null)
    }
    yield
  }
  return scores
}

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += PAPERS_A_STEP) yield all.slice(at, at + PAPERS_A_STEP)
}

/** A paper's attention and what it is made of, each part at least 0 and growing with its signal. */
function rate(paper: Paper, { today, records, votes }: Around): Rated {
  const days = ageInDays(paper, today)
  const citations = atLeastZero(paper.citations)
  const months = Math.max(FEWEST_MONTHS, days / DAYS_A_MONTH)
  const parts = new Map([
    ['citations', Math.log1p(citations)],
    ['citations a month', 2 * Math.log1p(citations / months)],
    ['upvotes', Math.log1p(atLeastZero(paper.upvotes))],
    // A vote of one's own people says more than one of everybody's.
    ['votes of the group', 2 * Math.log1p(atLeastZero(votes))],
    ['mentions in several sources', 0.5 * Math.log2(Math.max(1, mentions(paper)))],
    ['the authors’ record', 0.5 * Math.log1p(bestRecord(paper, records))],
  ])
  const attention = [...parts.values()].reduce((sum, part) => sum + part, 0)
  return { paper, parts, attention, age: AGES.findLastIndex((end) => days > end) + 1 }
}

/** The citations of each author's papers together. */
function* authorRecords(papers: readonly Paper[]): Generator<void, Map<AuthorKey, number>> {
  const records = new Map<AuthorKey, number>()
  for (const some of slices(papers)) {
    for (const paper of some) {
      const citations = atLeastZero(paper.citations)
      if (citations === 0) continue
      for (const key of authorKeys(paper)) records.set(key, (records.get(key) ?? 0) + citations)
    }
    yield
  }
  return records
}

/** The most citations one of the authors has by other papers: half its weight, so a paper's own always count for more. */
function bestRecord(paper: Paper, records: ReadonlyMap<AuthorKey, number>): number {
  if (records.size === 0) return 0
  const own = atLeastZero(paper.citations)
  let best = 0
  for (const key of authorKeys(paper)) best = Math.max(best, (records.get(key) ?? 0) - own)
  return best
}

function authorKeys(paper: Paper): Set<AuthorKey> {
  const known = KEYS.get(paper)
  if (known !== undefined) return known
  const keys = new Set(paper.authors.map(({ name }) => authorKey(name)))
  KEYS.set(paper, keys)
  return keys
}

/**
 * How many sources speak of it; arXiv's three services are one. What a person imported is no mention, nor what stands in a
 * catalogue, which has every paper.
 */
function mentions(paper: Paper): number {
  return new Set(paper.sources.map((source) => MENTIONS[source] ?? source).filter((source) => source !== '')).size
}

const MENTIONS: Readonly<Record<string, string>> = {
  'arxiv-api': 'arxiv',
  'arxiv-oai': 'arxiv',
  'arxiv-rss': 'arxiv',
  openalex: '',
  'semantic-scholar': '',
  crossref: '',
  bibtex: '',
  ndjson: '',
  sample: '',
}

function largestParts({ parts, attention }: Rated): ComputedScore['parts'] {
  return [...parts]
    .filter(([, part]) => part > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, PARTS_SHOWN)
    .map(([signal, part]) => ({ signal, share: part / attention }))
}

function cohort({ paper, age }: Rated): string {
  return `${paper.categories?.[0] ?? ''} ${age}`
}

/** Days since publication, since first seen where that is unknown; 0 for what is dated ahead. */
function ageInDays(paper: Paper, today: Temporal.PlainDate): number {
  const day = firstDay(paper.published ?? '') ?? paper.firstSeen.slice(0, 10)
  return Math.max(0, Temporal.PlainDate.from(day).until(today, { largestUnit: 'days' }).days)
}

function atLeastZero(count: number | undefined): number {
  return count === undefined || !(count > 0) ? 0 : count
}

/** How many of the ascending values are below, or with `orEqual` not above, a value. */
function countBelow(order: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = order[middle] ?? 0
    if (at < value || (orEqual && at === value)) low = middle + 1
    else high = middle
  }
  return low
}
