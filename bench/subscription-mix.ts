// The subscriptions that matching is measured with, made of what the records say, and the plain loop over them.
import { authorKey } from '#core/author-name.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import { termsOf } from '#core/query/terms.ts'
import type { Destination, Subscription, Target } from '#core/subscription.ts'
import { wordsOf } from '#core/text/analyse.ts'
import { seededRandom } from './corpus.ts'

const CHANNELS = 10_000
const OWNER = { id: 'ada', name: 'Ada' }
const channels = Array.from({ length: CHANNELS }, (_, at): Destination => {
  return { platform: 'slack', workspace: 'T1', channel: `C${at}` }
})

/** Four in ten follow an author, six in ten a topic made of long words that follow each other in some paper: of a hundred, about one selects a paper. */
export function* targetsTo(records: readonly PaperRecord[], size: number): Generator<Target> {
  const random = seededRandom(size)
  const one = <T>(some: readonly T[]): T | undefined => some[Math.floor(random() * some.length)]
  const printed = new Map<string, string>()
  const long = new Map<PaperRecord, string[]>()
  for (let at = 0; at < size; at++) {
    const record = one(records)
    const name = random() < 0.4 ? one(record?.authors ?? [])?.name : undefined
    yield name !== undefined
      ? { kind: 'author', key: authorKey(name), name }
      : { kind: 'topic', query: canonical(topic(record, random, long), printed) }
  }
}

/** The subscription number `at`, from 0. */
export function subscriptionTo(target: Target, at: number): Subscription {
  return {
    id: String(at),
    destination: channels[at % CHANNELS] as Destination,
    target,
    cadence: 'both',
    owner: OWNER,
    createdAt: '2026-11-01T00:00:00Z',
  }
}

/** For a paper the pairs `<number> <id>`, in the order of the subscriptions. Everything is parsed before; each paper's terms and authors are made once. */
export function plainLoop(subscriptions: readonly Subscription[], now: Temporal.Instant): (paper: Paper) => string[] {
  const all = subscriptions.map(({ id, target }) => {
    return { id, target, query: target.kind === 'topic' ? parseQuery(target.query) : null }
  })
  return (paper) => {
    const terms = termsOf(paper)
    const keys = paper.authors.map(({ name }) => authorKey(name))
    return all.flatMap(({ id, target, query }) => {
      const isSelected = query === null ? target.kind === 'author' && keys.includes(target.key) : matches(query, terms, now)
      return isSelected ? [`${paper.number} ${id}`] : []
    })
  }
}

function topic(record: PaperRecord | undefined, random: () => number, long: Map<PaperRecord, string[]>): string {
  const words = (record && long.get(record)) ?? wordsOf(`${record?.title} ${record?.abstract}`).filter((word) => word.length > 6)
  if (record !== undefined) long.set(record, words)
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
