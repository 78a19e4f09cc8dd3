// How fast 1,000 new papers are matched against many subscriptions, against the plain loop over all of them; the selections
// of the two have to be the same.
import { authorKey } from '#core/author-name.ts'
import { createMatcher } from '#core/matcher.ts'
import { fromRecord } from '#core/merge.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import { termsOf } from '#core/query/terms.ts'
import type { Subscription, Target } from '#core/subscription.ts'
import { wordsOf } from '#core/text/analyse.ts'
import { corpus, seededRandom } from './corpus.ts'
import { type Figure, median } from './figure.ts'

const RUNS = 5
const PAPERS = 1000
const SIZES = [1000, 10_000, 100_000]
/** The loop is measured on so few papers that one run of it takes seconds, and given per paper. */
const LOOPED: Readonly<Record<number, number>> = { 1000: 1000, 10000: 400, 100000: 60 }
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')

/** The matcher and the loop take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  const records = await corpus()
  const step = Math.floor(records.length / PAPERS)
  const papers = records
    .filter((_, at) => at % step === 0)
    .slice(0, PAPERS)
    .map(paperOf)
  return SIZES.map((size) => measured(size, subscriptionsTo(records, size), papers))
}

function measured(size: number, subscriptions: readonly Subscription[], papers: readonly Paper[]): Figure {
  const matcher = createMatcher(subscriptions)
  const loop = plainLoop(subscriptions)
  const looped = papers.filter((_, at) => at % Math.ceil(papers.length / (LOOPED[size] ?? papers.length)) === 0)
  const ours: number[] = []
  const plain: number[] = []
  for (let turn = 0; turn < RUNS; turn++) {
    let began = performance.now()
    const selections = matcher.match(papers, NOW)
    ours.push(papers.length / ((performance.now() - began) / 1000))
    began = performance.now()
    const expected = looped.flatMap(loop)
    plain.push(looped.length / ((performance.now() - began) / 1000))
    if (turn > 0) continue
    const numbers = new Set(looped.map(({ number }) => number))
    const selected = selections.filter(({ paper }) => numbers.has(paper.number))
    const pairs = selected.map(({ subscription, paper }) => `${paper.number} ${subscription.id}`)
    if (expected.length !== pairs.length || expected.some((pair, at) => pair !== pairs[at])) {
      throw new Error(`With ${size} subscriptions the matcher selects ${pairs.length} pairs, the plain loop ${expected.length}.`)
    }
  }
  return {
    bench: 'match',
    metric: `papers per second, ${size} subscriptions`,
    value: median(ours),
    unit: '1/s',
    against: `the plain loop, same matches (${looped.length} of ${papers.length} papers looped over)`,
    ratio: median(ours) / median(plain),
  }
}

/** Everything parsed before; each paper's terms and authors are made once. */
function plainLoop(subscriptions: readonly Subscription[]): (paper: Paper) => string[] {
  const all = subscriptions.map(({ id, target }) => {
    return { id, target, query: target.kind === 'topic' ? parseQuery(target.query) : null }
  })
  return (paper) => {
    const terms = termsOf(paper)
    const keys = paper.authors.map(({ name }) => authorKey(name))
    return all.flatMap(({ id, target, query }) => {
      const isSelected = query === null ? target.kind === 'author' && keys.includes(target.key) : matches(query, terms, NOW)
      return isSelected ? [`${paper.number} ${id}`] : []
    })
  }
}

/** Four in ten follow an author, six in ten a topic made of long words that follow each other in some paper: of a hundred, about one selects a paper. */
function subscriptionsTo(records: readonly PaperRecord[], size: number): Subscription[] {
  const random = seededRandom(size)
  const one = <T>(some: readonly T[]): T | undefined => some[Math.floor(random() * some.length)]
  const printed = new Map<string, string>()
  return Array.from({ length: size }, (_, at) => {
    const record = one(records)
    const name = random() < 0.4 ? one(record?.authors ?? [])?.name : undefined
    const target: Target =
      name !== undefined
        ? { kind: 'author', key: authorKey(name), name }
        : { kind: 'topic', query: canonical(topic(record, random), printed) }
    return {
      id: String(at),
      destination: { platform: 'terminal', workspace: 'local', channel: 'terminal' },
      target,
      cadence: 'both',
      owner: { id: 'ada', name: 'Ada' },
      createdAt: '2026-11-01T00:00:00Z',
    }
  })
}

function topic(record: PaperRecord | undefined, random: () => number): string {
  const words = wordsOf(`${record?.title} ${record?.abstract}`).filter((word) => word.length > 6)
  const from = Math.floor(random() * Math.max(1, words.length - 3))
  const [first = 'model', second = 'data', third = 'graph'] = words.slice(from, from + 3)
  const kind = random()
  if (kind < 0.3) return `"${first} ${second}"`
  if (kind < 0.6) return `${first} ${second}`
  if (kind < 0.75) return `${first} ${second} cat:${record?.categories?.[0] ?? 'cs.LG'}`
  if (kind < 0.9) return `"${first} ${second}" OR title:${third}`
  return `${first} ${second} -${third}`
}

/** As a topic is saved. */
function canonical(text: string, known: Map<string, string>): string {
  const query = known.get(text) ?? printQuery(parseQuery(text))
  known.set(text, query)
  return query
}

function paperOf(record: PaperRecord, at: number): Paper {
  return { ...fromRecord(record), number: at + 1, firstSeen: '2026-11-21T09:00:00Z' }
}
