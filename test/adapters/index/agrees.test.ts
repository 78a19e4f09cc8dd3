import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from '#core/query/matches.ts'
import type { Expression } from '#core/query/query.ts'
import { termsOf } from '#core/query/terms.ts'
import { now, openLibrary, text } from './library.ts'

const WORDS = ['skill', 'quanta', 'protein', 'Größe', '言語', 'x7']
const DATES = ['2023', '2024-02', '2024-02-29', '2026-11-20', undefined]
const CATEGORIES = ['cs.LG', 'stat.ML', 'hep-th']

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((some) => some.join(' '))

const papers = fc.array(
  fc.record({
    title: words,
    abstract: words,
    authors: fc.array(
      words.map((name) => ({ name })),
      { minLength: 1, maxLength: 2 },
    ),
    published: fc.constantFrom(...DATES),
    score: fc.constantFrom(undefined, 20, 80),
    categories: fc.subarray(CATEGORIES, { minLength: 1 }),
  }),
  { minLength: 60, maxLength: 60 },
)

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(words, fc.constantFrom('any', 'title', 'abstract', 'author')).map(([some, field]) => text(some, field)),
  fc.constantFrom(...CATEGORIES, 'lg', 'CS').map((category) => ({ kind: 'category' as const, category })),
  fc.record({
    kind: fc.constantFrom('since' as const, 'until' as const),
    date: fc.constantFrom('2023', '2024', '2024-02', '2024-02-29', { days: 2 }, { days: 3 }, { days: 900 }),
  }),
  fc.record({
    kind: fc.constant('score' as const),
    comparison: fc.constantFrom('>', '>=', '<', '<=', '='),
    value: fc.constantFrom(20, 50, 80),
  }),
)

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('not' as const), of: tie('expression') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

test('the index selects what the matcher matches, in every sort', async () => {
  const [sample = []] = fc.sample(papers, { numRuns: 1, seed: 11 })
  await using library = await openLibrary(
    sample.map(({ published, score, ...fields }, at) => ({
      id: `2401.${String(at + 1).padStart(5, '0')}`,
      ...fields,
      ...(published === undefined ? {} : { published }),
      ...(score === undefined ? {} : { score }),
    })),
  )
  const known = (await library.store.papers.changesAfter('', 100)).papers.map((paper) => ({ paper, terms: termsOf(paper) }))
  const agree = async (asked: Expression) => {
    const query = { expression: asked, sort: 'relevance' as const }
    const matched = known.filter(({ terms }) => matches(query, terms, now)).map(({ paper }) => paper.number)
    expect(await library.index.select(query, now)).toEqual(matched.sort((a, b) => a - b))
    for (const sort of ['relevance', 'recent', 'score'] as const) {
      const hits = await library.index.search({ expression: asked, sort }, { offset: 0, limit: 100 }, now)
      expect(hits.total).toBe(matched.length)
      expect([...hits.numbers].sort((a, b) => a - b)).toEqual(matched)
    }
  }
  await fc.assert(fc.asyncProperty(expression, agree), { numRuns: 300 })
})
