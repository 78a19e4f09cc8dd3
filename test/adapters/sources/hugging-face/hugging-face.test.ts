import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFields } from '#adapters/formats/json.ts'
import { huggingFace } from '#adapters/sources/hugging-face/hugging-face.ts'
import { readPaper } from '#adapters/sources/hugging-face/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import { answering, mangled, rejection } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'

const never = new AbortController().signal
const aShownPaper = (id: string, more: object = {}) => ({
  id,
  title: 'Sparse features of small models',
  summary: 'We look twice.',
  ai_summary: 'Features are sparse.',
  publishedAt: '2026-09-20T00:00:00.000Z',
  upvotes: 41,
  githubRepo: 'https://github.com/ada/sparse',
  organization: { name: 'eth', fullname: 'ETH Zürich' },
  authors: [{ name: 'Ada Lovelace', hidden: false }, { name: 'Charles Babbage' }, { name: 'Somebody Else', hidden: true }],
  ...more,
})
const papersOf = (count: number, published: string) =>
  Array.from({ length: count }, (_, at) => aPaper({ number: at + 1, ids: [`arxiv:2609.${10_000 + at}`], published }))

test('a paper is a record with its upvotes and its code', () => {
  expect(readPaper(aShownPaper('2609.10001'))).toEqual({
    source: 'hugging-face',
    ids: ['arxiv:2609.10001'],
    title: 'Sparse features of small models',
    authors: [{ name: 'Ada Lovelace' }, { name: 'Charles Babbage' }],
    abstract: 'We look twice.',
    tldr: 'Features are sparse.',
    published: '2026-09-20',
    orgs: ['eth-zurich'],
    code: 'https://github.com/ada/sparse',
    upvotes: 41,
  })
  expect(readPaper(aShownPaper('no-id'))).toBeUndefined()
})

test('no JSON at all makes the reader throw', () => {
  fc.assert(
    fc.property(mangled(aShownPaper('2609.10001')), (paper) => {
      const record = readPaper(jsonFields(paper) ?? {})
      if (record !== undefined) expect(record.ids[0]).toMatch(/^arxiv:/)
    }),
    { numRuns: 300 },
  )
})

test('one paper is looked up by its id, and what is not shown there is nothing', async () => {
  const { value, asked } = await answering(
    ({ path }) => (path.endsWith('2609.10001') ? { json: aShownPaper('2609.10001') } : { status: 404, json: { error: 'no' } }),
    async (options) => {
      const { lookup } = huggingFace(options)
      return [
        await lookup.paper('arxiv:2609.10001' as PaperId, never),
        await lookup.paper('arxiv:hep-th/9901001' as PaperId, never),
      ]
    },
  )
  expect(asked.map(({ path }) => path)).toEqual(['/api/papers/2609.10001', '/api/papers/hep-th%2F9901001'])
  expect(value).toMatchObject([[{ upvotes: 41 }], []])
})

describe('papers that are known', () => {
  test('and are many of few days come by the lists of these days, up to today', async () => {
    const papers = papersOf(10, '2026-09-22T17:00:00Z')
    const { value, asked, waits } = await answering(
      ({ search }) => ({
        json: search.date === '2026-09-23' ? [{ paper: aShownPaper('2609.10004') }, { paper: aShownPaper('2601.00001') }] : [],
      }),
      (options) => huggingFace(options).enricher.enrich(papers),
    )
    expect(asked.map(({ path, search }) => [path, search.date])).toEqual([
      ['/api/daily_papers', '2026-09-22'],
      ['/api/daily_papers', '2026-09-23'],
      ['/api/daily_papers', '2026-09-24'],
    ])
    expect(waits).toEqual([1000, 1000])
    expect(value.map(({ ids, upvotes }) => [ids, upvotes])).toEqual([[['arxiv:2609.10004'], 41]])
    expect(value[0]).not.toHaveProperty('published')
  })

  test('are taken from lists that were read half an hour ago, and from no older ones', async () => {
    const papers = papersOf(3, '2026-09-24')
    const { asked } = await answering(
      () => ({ json: [] }),
      async (options) => {
        let now = options.clock.now()
        const { enricher } = huggingFace({ ...options, clock: { now: () => now } })
        await enricher.enrich(papers)
        now = now.add({ minutes: 29 })
        await enricher.enrich(papers)
        now = now.add({ minutes: 2 })
        return enricher.enrich(papers)
      },
    )
    expect(asked).toHaveLength(2)
  })

  test('and are scattered over many days are asked for one by one', async () => {
    const papers = [
      aPaper({ ids: ['arxiv:2301.00001'], published: '2023-01-01' }),
      aPaper({ number: 2, ids: ['arxiv:2402.00002'], published: '2024' }),
    ]
    const { value, asked } = await answering(
      ({ path }) => (path.endsWith('2402.00002') ? { json: aShownPaper('2402.00002') } : { status: 404, text: '' }),
      (options) => huggingFace(options).enricher.enrich(papers),
    )
    expect(asked.map(({ path }) => path)).toEqual(['/api/papers/2301.00001', '/api/papers/2402.00002'])
    expect(value.map(({ ids }) => ids)).toEqual([['arxiv:2402.00002']])
  })
})

test.for([
  ['no list', { json: { papers: [] } }],
  ['a list without papers', { json: [{ title: 'x' }] }],
  ['papers without ids', { json: [{ paper: { title: 'x' } }] }],
  ['a page', { text: '<!doctype html>' }],
  ['an error', { status: 500, text: '' }],
] as const)('%s in the place of a day’s papers rejects', async ([, reply]) => {
  const asking = answering(
    () => reply,
    (options) => huggingFace(options).enricher.enrich(papersOf(9, '2026-09-24')),
  )
  expect((await rejection(asking)).code).toBe('source')
})
