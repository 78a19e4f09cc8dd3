import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorQueries, searchQuery } from '#adapters/sources/arxiv/query.ts'
import { parseQuery } from '#core/query/parse.ts'

const now = Temporal.Instant.from('2026-09-24T12:00:00Z')

function asked(text: string): string | undefined {
  const { expression } = parseQuery(text)
  return expression === null ? undefined : searchQuery(expression, now)
}

describe('people', () => {
  test.for([
    ['Eric J. Michaud', 'au:"eric j michaud" OR au:"eric michaud"'],
    ['Michaud, Eric', 'au:"eric michaud"'],
    ['Paul Erdős', 'au:"paul erdos"'],
    ['Jean-Pierre Serre', 'au:"jean pierre serre"'],
    ['Luc Van Gool', 'au:"luc van gool"'],
    ['Plato', 'au:plato'],
    ['the ATLAS Collaboration', 'au:"atlas collaboration"'],
    ['Eve" OR all:"x', 'au:"eve or all x"'],
  ] as const)('%s is asked for as %s', ([name, query]) => {
    expect(authorQueries([name])[0]?.startsWith(query)).toBe(true)
  })

  test('are asked for once each, in queries that fit an address, with quotes that close', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('Ann B. Author')), { maxLength: 80 }),
        (names) => {
          const queries = authorQueries(names)
          for (const query of queries) {
            expect(new URLSearchParams({ query }).toString().length).toBeLessThanOrEqual(1410)
            expect(query.split(' OR ').every((term) => /^au:(?:"[^"():\\]+"|[^"():\\ ]+)$/.test(term))).toBe(true)
          }
          const terms = queries.flatMap((query) => query.split(' OR '))
          expect(new Set(terms).size).toBe(terms.length)
        },
      ),
    )
  })

  test('without a letter are none', () => {
    expect(authorQueries(['', '...', '"', 'x'.repeat(101)])).toEqual([])
  })
})

describe('our queries', () => {
  test.for([
    ['grokking', 'all:grokking'],
    ['sparse autoencoder', '(all:sparse AND all:autoencoder)'],
    ['"sparse autoencoder"', 'all:"sparse autoencoder"'],
    ['title:grokking author:"Eric Michaud"', '(ti:grokking AND au:"eric michaud")'],
    ['abstract:"scaling laws" OR title:grokking', '(abs:"scaling laws" OR ti:grokking)'],
    ['grokking -survey', '(all:grokking ANDNOT all:survey)'],
    ['grokking -(survey OR review)', '(all:grokking ANDNOT (all:survey OR all:review))'],
    ['grokking cat:cs.lg', '(all:grokking AND cat:cs.LG)'],
    ['cat:cs', 'cat:cs.*'],
    ['cat:hep-th', 'cat:hep-th'],
    ['cat:LG', 'cat:cs.LG'],
    ['grokking since:2026-09-01', '(all:grokking AND submittedDate:[202609010000 TO 299912312359])'],
    ['grokking since:7d', '(all:grokking AND submittedDate:[202609170000 TO 299912312359])'],
    ['grokking until:2024', '(all:grokking AND submittedDate:[199101010000 TO 202412312359])'],
    ['grokking org:mit score:>80', 'all:grokking'],
    ['org:mit', undefined],
    ['grokking OR org:mit', undefined],
    ['since:2024', undefined],
    ['org:mit since:2024 -survey', undefined],
    ['grokking OR since:2024', undefined],
    ['-survey', undefined],
    ['-survey -review', undefined],
    ['grokking -(-survey)', '(all:grokking AND all:survey)'],
  ] as const)('%s is asked of arXiv as %s', ([query, expected]) => {
    expect(asked(query)).toBe(expected)
  })

  test('of any words have brackets and quotes that close', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        const expression = { kind: 'text', field: 'title', terms: ['x'], text, quoted: true } as const
        const query = searchQuery({ kind: 'and', of: [expression, { kind: 'not', of: expression }, expression] }, now) ?? ''
        expect(query.split('"').length % 2).toBe(1)
        expect(query.split('(').length).toBe(query.split(')').length)
      }),
    )
  })
})
