import { describe, expect, test } from 'vitest'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import type { PaperId } from '#core/paper-id.ts'
import { type Asked, answering, type Reply, rejection } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'
import { aWork } from './works.ts'

const never = new AbortController().signal
const KEY = 'the-secret-key'
const list = (...results: unknown[]): Reply => ({ json: { meta: { count: results.length }, results } })
const asking = <T>(
  reply: (asked: Asked) => Reply,
  use: (source: ReturnType<typeof openAlex>) => Promise<T>,
  { key }: { key?: string } = { key: KEY },
) => answering(reply, (options) => use(openAlex({ ...options, ...(key !== undefined && { key }) })))

describe('papers that are known', () => {
  const papers = [
    aPaper({ ids: ['arxiv:2609.10001'] }),
    aPaper({ number: 2, ids: ['arxiv:2609.10002', 'doi:10.1000/b'] }),
    aPaper({ number: 3, ids: ['doi:10.1000/c'] }),
  ]

  test('are asked for in one list with a key, by all of their DOIs', async () => {
    const works = [aWork(), aWork({ id: 'https://openalex.org/W2', doi: 'https://doi.org/10.1000/b', locations: [] })]
    const { value, asked } = await asking(
      () => list(...works),
      ({ enricher }) => enricher.enrich(papers),
    )
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ path: '/works', search: { per_page: '100', api_key: KEY } })
    expect(asked[0]?.search.filter).toBe('doi:10.48550/arxiv.2609.10001|10.48550/arxiv.2609.10002|10.1000/b|10.1000/c')
    expect(value.map(({ ids }) => ids)).toEqual([
      ['arxiv:2609.10001', 'openalex:W1000001'],
      ['doi:10.1000/b', 'openalex:W2'],
    ])
  })

  test('keep the dates they have: OpenAlex writes the first of a month where it knows no more', async () => {
    const works = () => list(aWork({ publication_date: '2026-09-01' }))
    const enriched = await asking(works, ({ enricher }) => enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })]))
    expect(enriched.value[0]).not.toHaveProperty('published')
    const { published, ...undated } = aPaper({ ids: ['arxiv:2609.10001'] })
    const dated = await asking(works, ({ enricher }) => enricher.enrich([undated]))
    expect(dated.value[0]?.published).toBe('2026-09-01')
  })

  test('are asked for one by one without a key, which is free', async () => {
    const { value, asked } = await asking(
      () => ({ json: aWork() }),
      async ({ enricher, people }) => {
        expect(enricher.most).toBe(1)
        expect(people).toBeUndefined()
        return enricher.enrich(papers.slice(0, 1))
      },
      {},
    )
    expect(asked.map(({ path, search }) => [path, 'api_key' in search])).toEqual([
      ['/works/doi:10.48550%2Farxiv.2609.10001', false],
    ])
    expect(value).toHaveLength(1)
  })

  test('that OpenAlex merged into others are followed, and keep the id they were known by', async () => {
    const merged: (asked: Asked) => Reply = ({ path }) =>
      path === '/works/W1' ? { status: 301, headers: { location: '/works/W1000001' }, text: '' } : { json: aWork() }
    const { value, asked } = await asking(merged, ({ enricher }) => enricher.enrich([aPaper({ ids: ['openalex:W1'] })]))
    expect(asked.map(({ path }) => path)).toEqual(['/works/W1', '/works/W1000001'])
    expect(value[0]?.ids).toEqual(['arxiv:2609.10001', 'openalex:W1', 'openalex:W1000001'])
  })

  test('whose DOI would break the list are asked for alone', async () => {
    const odd = aPaper({ ids: ['doi:10.1000/a,b|c'] })
    const { asked } = await asking(
      () => ({ json: aWork({ doi: 'https://doi.org/10.1000/a,b|c' }) }),
      ({ enricher }) => enricher.enrich([odd]),
    )
    expect(asked.map(({ path }) => path)).toEqual(['/works/doi:10.1000%2Fa%2Cb%7Cc'])
  })

  test('that it does not know are left out', async () => {
    const listed = await asking(
      () => list(),
      ({ enricher }) => enricher.enrich(papers),
    )
    expect(listed.value).toEqual([])
    const single = await asking(
      () => ({ status: 404, text: '<!doctype html>' }),
      ({ enricher }) => enricher.enrich([aPaper({ ids: ['openalex:W1', 'doi:10.1000/x|y'] })]),
    )
    expect(single.value).toEqual([])
    expect(single.asked).toHaveLength(2)
  })

  test('are not asked for where nothing identifies them', async () => {
    const { asked } = await asking(
      () => list(),
      async ({ enricher }) => {
        const nameless = aPaper({ ids: ['source:feed:x'] })
        expect(enricher.knows(nameless)).toBe(false)
        return enricher.enrich([nameless])
      },
    )
    expect(asked).toEqual([])
  })
})

describe('people', () => {
  const person = (id: string, display_name: string, more: object = {}) => ({
    id: `https://openalex.org/${id}`,
    display_name,
    ...more,
  })

  test('are found by their ORCID, by the id that OpenAlex now holds them by', async () => {
    const reply: (asked: Asked) => Reply = ({ path }) =>
      path === '/works'
        ? list(aWork())
        : path === '/authors/A2'
          ? { json: person('A2', 'Ada Lovelace') }
          : { status: 301, headers: { location: '/authors/A2' }, text: '' }
    const { value, asked } = await asking(reply, async ({ people }) =>
      people?.author('https://orcid.org/0000-0002-1825-0097', 5, never),
    )
    expect(asked.map(({ path }) => path)).toEqual(['/authors/orcid:0000-0002-1825-0097', '/authors/A2', '/works'])
    expect(asked[2]?.search).toMatchObject({ filter: 'authorships.author.id:A2', sort: 'publication_date:desc', per_page: '5' })
    expect(value).toHaveLength(1)
  })

  test('are found by their name, as it is or as it was printed, and nobody else is', async () => {
    const found = [
      person('A1', 'Ada Lovelace'),
      person('A2', 'Ada Lovelady'),
      person('A3', 'A. A. Lovelace', { display_name_alternatives: ['Lovelace, Ada', null] }),
    ]
    const { asked } = await asking(
      ({ path }) => (path === '/authors' ? { json: { results: found } } : list(aWork())),
      async ({ people }) => people?.author('Ada Lovelace', 5, never),
    )
    expect(asked[0]?.search.search).toBe('Ada Lovelace')
    expect(asked[1]?.search.filter).toBe('authorships.author.id:A1|A3')
  })

  test('whom nobody is are nobody’s papers, and are asked for no further', async () => {
    const unknown = await asking(
      ({ path }) => (path === '/authors' ? { json: { results: [] } } : { status: 404, text: 'no' }),
      async ({ people }) => [
        await people?.author('Nobody At-All', 5, never),
        await people?.author('0000-0002-1825-0097', 5, never),
        await people?.author('|,&', 5, never),
      ],
    )
    expect(unknown.value).toEqual([[], [], []])
    expect(unknown.asked.map(({ path }) => path)).toEqual(['/authors', '/authors/orcid:0000-0002-1825-0097'])
  })
})

test('works that OpenAlex holds for related are asked for by its id of the paper', async () => {
  const { value, asked } = await asking(
    () => list(aWork(), aWork({ id: 'https://openalex.org/W2', doi: null, locations: [] })),
    async ({ people }) => people?.related(aPaper({ ids: ['arxiv:2609.1', 'openalex:W1'] }), 1, never),
  )
  expect(asked[0]?.search.filter).toBe('related_to:W1')
  expect(value).toHaveLength(1)
})

test.for([
  ['no list', { json: { meta: {} } }],
  ['works without ids', { json: { results: [{ display: 'x' }, 3] } }],
  ['a page', { text: '<!doctype html>' }],
  ['nothing', { text: '' }],
  ['an error', { status: 500, text: 'no' }],
  ['no such address', { status: 404, text: 'no' }],
] as const)('a list that is %s rejects, without the key in what is said', async ([, reply]) => {
  const error = await rejection(
    asking(
      () => reply,
      ({ enricher }) => enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })]),
    ),
  )
  expect(`${error.message} ${error.hint} ${error.stack} ${String(error.cause)}`).not.toContain(KEY)
})

test('a day’s budget that is used up rejects with when to ask again', async () => {
  const error = await rejection(
    asking(
      () => ({ status: 429, headers: { 'retry-after': '3600' }, text: '{}' }),
      ({ lookup }) => lookup.paper('doi:10.1000/x' as PaperId, never),
    ),
  )
  expect(error.retryAfter).toBe(3600)
})
