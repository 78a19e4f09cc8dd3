// The mix of queries a search is measured with, made of what the records say: each as an expression and as FTS5's own text.
import { firstRowOf } from '#adapters/index/rows.ts'
import { valueToken } from '#adapters/index/tokens.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Expression } from '#core/query/query.ts'
import { analyse } from '#core/text/analyse.ts'
import { normalCategory } from '#core/text/category.ts'

export interface RawQuery {
  readonly expression: Expression
  readonly match: string
  /** The lowest row. */
  readonly from: number
}

export interface Mix {
  readonly kind: string
  readonly queries: readonly RawQuery[]
}

/** `each` queries of every kind, always the same ones for the same records. */
export function mixOf(records: readonly PaperRecord[], each: number): Mix[] {
  const abstracts = records.map((record) => analyse(record.abstract ?? ''))
  const frequencies = new Map<string, number>()
  for (const terms of abstracts) for (const term of new Set(terms)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  const between = (low: number, high: number) =>
    [...frequencies].filter(([term, papers]) => term.length > 2 && papers >= low && papers <= high).map(([term]) => term)
  const common = between(records.length / 10, records.length)
  const rare = between(2, 20)
  /** A place in each of `each` abstracts, spread over all of them. */
  const places = Array.from({ length: each }, (_, at) => {
    const abstract = abstracts[Math.floor((at * abstracts.length) / each)] ?? []
    return { at, abstract, middle: abstract.length >> 1 }
  })
  const words = ({ abstract, middle }: (typeof places)[number]) =>
    [abstract[middle], abstract[middle + 7], abstract[middle + 13]].map((word) => word ?? 'model')
  return [
    { kind: 'rare word', queries: places.map(({ at }) => textQuery(spread(rare, at, each))) },
    { kind: 'common word', queries: places.map(({ at }) => textQuery(spread(common, at, each))) },
    {
      kind: 'three words AND',
      queries: places.map((place) =>
        joined(
          'and',
          words(place).map((word) => textQuery(word)),
        ),
      ),
    },
    {
      kind: 'three words OR',
      queries: places.map(({ at }) =>
        joined(
          'or',
          [at, at + 11, at + 23].map((one) => textQuery(spread(common, one % each, each))),
        ),
      ),
    },
    { kind: 'phrase', queries: places.map(({ abstract, middle }) => textQuery(...abstract.slice(middle, middle + 2))) },
    { kind: 'category and date', queries: places.map(({ at }) => filtered(textQuery(spread(common, at, each)), records[at])) },
  ]
}

function spread(words: readonly string[], at: number, each: number): string {
  return words[Math.floor((at * words.length) / each)] ?? 'model'
}

function textQuery(first = 'model', ...rest: string[]): RawQuery {
  const terms = [first, ...rest] as const
  const text = terms.join(' ')
  return { expression: { kind: 'text', field: 'any', terms, text, quoted: rest.length > 0 }, match: `"${text}"`, from: 0 }
}

function joined(kind: 'and' | 'or', of: readonly RawQuery[]): RawQuery {
  return {
    expression: { kind, of: of.map(({ expression }) => expression) },
    match: of.map(({ match }) => match).join(` ${kind.toUpperCase()} `),
    from: 0,
  }
}

function filtered({ expression, match }: RawQuery, record: PaperRecord | undefined): RawQuery {
  const category = record?.categories?.[0] ?? 'cs.LG'
  const date = '2025-04-01'
  return {
    expression: { kind: 'and', of: [expression, { kind: 'category', category }, { kind: 'since', date }] },
    match: `${match} AND values : "${valueToken('cat', normalCategory(category))}"`,
    from: firstRowOf(date),
  }
}
