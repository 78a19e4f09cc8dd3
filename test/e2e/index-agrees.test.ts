import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import type { Expression } from '#core/query/query.ts'
import { type PaperTerms, termsOf } from '#core/query/terms.ts'

const RECORDS = fileURLToPath(new URL('../../../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz', import.meta.url))
const now = Temporal.Instant.from('2026-03-01T09:00:00Z')
/** Milliseconds in which a busy machine has indexed all records, too. */
const FILLING = 900_000

const QUERIES = [
  'transformer',
  'diffusion model',
  '"large language model"',
  'title:"graph neural network" -title:benchmark',
  'protein OR molecule OR drug',
  '(sparse OR dense) retrieval -recommendation',
  'author:zhang cat:cs.LG',
  'author:"wei wang"',
  'cat:stat since:2025-06',
  'cat:LG until:2025-04 reinforcement',
  'since:2025-05-01 until:2025-05-31',
  '-learning -network',
  'since:90d quantum',
  'id:2503.11731',
  'source:ndjson cat:hep-th',
  'score:>80',
  'score:>80 OR black hole',
  '-score:>0 abstract:"dark matter"',
  "Schrödinger's equation",
  'naïve Bayes',
  'O(n log n)',
  'GPT-4',
  'cat:cs.CL (summarization OR translation) -cat:cs.AI since:2025',
]

describe.skipIf(!existsSync(RECORDS))('on the real records', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-agrees-'))
  let index: PaperIndex
  let papers: { number: number; terms: PaperTerms }[]
  let close: () => Promise<void>

  beforeAll(async () => {
    const store = await openSqliteStore(':memory:')
    const lines = gunzipSync(readFileSync(RECORDS)).toString().trim().split('\n')
    for (let at = 0; at < lines.length; at += 1000) {
      await store.papers.put(lines.slice(at, at + 1000).map(record), now.toString())
    }
    index = await openPaperIndex({ path: join(folder, 'index.db'), store })
    await index.catchUp()
    papers = []
    for (let cursor = ''; ; ) {
      const changes = await store.papers.changesAfter(cursor, 1000)
      if (changes.papers.length === 0) break
      papers.push(...changes.papers.map((paper) => ({ number: paper.number, terms: termsOf(paper) })))
      cursor = changes.cursor
    }
    close = async () => {
      await index.close()
      await store.close()
    }
  }, FILLING)

  afterAll(async () => {
    await close?.()
    rmSync(folder, { recursive: true, force: true })
  })

  async function expectAgreement(expression: Expression | null) {
    const query = { expression, sort: 'relevance' as const }
    const matched = papers.filter(({ terms }) => matches(query, terms, now)).map(({ number }) => number)
    expect(await index.select(query, now)).toEqual(matched.sort((a, b) => a - b))
    expect((await index.search(query, { offset: 0, limit: 3 }, now)).total).toBe(matched.length)
    return matched.length
  }

  test.for(QUERIES)('index and matcher select the same papers for %s', async (text) => {
    await expectAgreement(parseQuery(text).expression)
  })

  test('the queries select something', async () => {
    const found = await Promise.all(QUERIES.map(async (text) => (await index.select(parseQuery(text), now)).length))
    expect(found.filter((papers) => papers > 0).length).toBeGreaterThan(QUERIES.length - 4)
  })

  test('index and matcher select the same papers for generated queries', async () => {
    let selected = 0
    const check = async (expression: Expression) => {
      selected += await expectAgreement(expression)
    }
    await fc.assert(fc.asyncProperty(expressions(papers), check), { numRuns: 300 })
    expect(selected).toBeGreaterThan(0)
  })
})

/** Queries of what real papers say. */
function expressions(papers: readonly { terms: PaperTerms }[]): fc.Arbitrary<Expression> {
  const someTerms = fc.integer({ min: 0, max: papers.length - 1 }).map((at) => papers[at]!.terms)
  const texts = fc.tuple(
    someTerms,
    fc.constantFrom('any', 'title', 'abstract', 'author'),
    fc.nat(),
    fc.integer({ min: 1, max: 3 }),
  )
  const text = texts.map(([{ title, abstract, authors }, field, seed, length]): Expression => {
    const source = { any: abstract, title, abstract, author: authors[seed % Math.max(1, authors.length)] ?? [] }[field]
    const from = seed % Math.max(1, source.length)
    const [first = 'of', ...rest] = source.slice(from, from + length)
    return { kind: 'text', field, terms: [first, ...rest], text: [first, ...rest].join(' '), quoted: rest.length > 0 }
  })
  const value = fc.tuple(someTerms, fc.nat()).map(([terms, seed]): Expression => {
    const { categories, published, ids } = terms
    const date = (published ?? '2025-01-01').slice(0, [4, 7, 10][seed % 3])
    const choices: Expression[] = [
      { kind: 'category', category: categories[seed % Math.max(1, categories.length)] ?? 'cs' },
      { kind: seed % 2 === 0 ? 'since' : 'until', date: seed % 5 === 0 ? { days: seed % 400 } : date },
      { kind: 'id', id: ids[0]! },
      { kind: 'score', comparison: '>=', value: seed % 100 },
      { kind: 'source', source: 'ndjson' },
    ]
    return choices[seed % choices.length]!
  })
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: text },
      { weight: 2, arbitrary: value },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('expression') }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          of: fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
        }),
      },
    ),
  }))
  return expression
}

function record(line: string): PaperRecord {
  const { id, title, authors, abstract, date, categories } = JSON.parse(line)
  return {
    source: 'ndjson',
    ids: [`arxiv:${id}` as PaperId],
    title,
    authors: authors.map((name: string) => ({ name })),
    abstract,
    published: date,
    categories,
    ...(Number(id.slice(-1)) > 6 ? { score: Number(id.slice(-2)) } : {}),
  }
}
