// Over Semantic Scholar's real address, which msw answers for: nothing leaves the machine.
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { semanticScholar } from '#adapters/sources/semantic-scholar/semantic-scholar.ts'
import type { PaperId } from '#core/paper-id.ts'
import { aTimer } from '#test/adapters/http/server.ts'
import { rejection } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'
import { aScholarPaper, SHA } from './papers.ts'

const BASE = 'https://api.semanticscholar.org'
const BATCH = `${BASE}/graph/v1/paper/batch`
const RELATED = `${BASE}/recommendations/v1/papers/`
const KEY = 'the-secret-key'
const never = new AbortController().signal
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

interface Asked {
  readonly url: URL
  readonly body: unknown
  readonly headers: Headers
}

/** Answers what is posted to an address, and keeps what was. */
function answer(address: string, reply: () => Response): Asked[] {
  const asked: Asked[] = []
  server.use(
    http.post(address, async ({ request }) => {
      asked.push({ url: new URL(request.url), body: await request.json(), headers: request.headers })
      return reply()
    }),
  )
  return asked
}

function source({ key }: { key?: string } = { key: KEY }) {
  const timer = aTimer()
  const scholar = semanticScholar({ baseUrl: BASE, http: createHttpClient(timer), ...(key !== undefined && { key }) })
  return { ...scholar, waits: timer.waits }
}

describe('papers that are known', () => {
  const papers = [
    aPaper({ ids: ['arxiv:2609.10001'] }),
    aPaper({ number: 2, ids: ['doi:10.1000/b'] }),
    aPaper({ number: 3, ids: ['arxiv:2609.10003', `s2:${SHA}`] }),
  ]

  test('are asked for in one request, each by an id that Semantic Scholar knows, with the key', async () => {
    const asked = answer(BATCH, () => HttpResponse.json([aScholarPaper(), null, { ...aScholarPaper(), externalIds: null }]))
    const records = await source().enricher.enrich(papers)
    expect(asked.map(({ body }) => body)).toEqual([{ ids: ['ARXIV:2609.10001', 'DOI:10.1000/b', SHA] }])
    expect(asked[0]?.headers.get('x-api-key')).toBe(KEY)
    expect(asked[0]?.url.searchParams.get('fields')).toBe('title,externalIds,citationCount,tldr')
    expect(records.map(({ ids, citations, tldr }) => [ids, citations, tldr])).toEqual([
      [['arxiv:2609.10001', 'doi:10.1000/a', `s2:${SHA}`], 12, 'Features are sparse.'],
      [[`s2:${SHA}`], 12, 'Features are sparse.'],
    ])
  })

  test('carry an id of their paper, whatever Semantic Scholar calls it now', async () => {
    const paperId = SHA.replaceAll('0', 'f')
    answer(BATCH, () => HttpResponse.json([aScholarPaper({ paperId, externalIds: {} })]))
    const [record] = await source().enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })])
    expect(record?.ids).toEqual(['arxiv:2609.10001', `s2:${paperId}`])
    expect(record).not.toHaveProperty('published')
  })

  test('are not told what is of another paper of arXiv, such as of the next one in the list', async () => {
    const other = aScholarPaper({ externalIds: { ArXiv: '2609.10002' } })
    answer(BATCH, () => HttpResponse.json([other, other]))
    const both = [aPaper({ ids: ['arxiv:2609.10001'] }), aPaper({ number: 2, ids: ['arxiv:2609.10002'] })]
    expect((await source().enricher.enrich(both)).map(({ ids }) => ids)).toEqual([['arxiv:2609.10002', `s2:${SHA}`]])
  })

  test('are not asked for by ids that would spoil the list', async () => {
    const asked = answer(BATCH, () => HttpResponse.json([null]))
    const { enricher } = source()
    const odd = aPaper({ number: 9, ids: ['arxiv:0811.364890', 'doi:10.1000/\u00fc'] })
    expect(enricher.knows(odd)).toBe(false)
    await enricher.enrich([odd, aPaper({ ids: ['arxiv:hep-th/9901001'] })])
    expect(asked[0]?.body).toEqual({ ids: ['ARXIV:hep-th/9901001'] })
  })

  test('none of which it knows are none', async () => {
    answer(BATCH, () => HttpResponse.json({ error: 'No valid paper ids given' }, { status: 400 }))
    expect(await source().enricher.enrich(papers)).toEqual([])
    answer(BATCH, () => HttpResponse.json([null, null, null]))
    expect(await source().enricher.enrich(papers)).toEqual([])
  })

  test('are asked for once a second with a key, and once in three without', async () => {
    const asked = answer(BATCH, () => HttpResponse.json([null]))
    for (const [options, pause] of [
      [{ key: KEY }, 1000],
      [{}, 3000],
    ] as const) {
      const { enricher, waits } = source(options)
      await enricher.enrich(papers.slice(0, 1))
      await enricher.enrich(papers.slice(0, 1))
      expect(waits).toEqual([pause])
    }
    expect(asked.map(({ headers }) => headers.has('x-api-key'))).toEqual([true, true, false, false])
  })
})

test('one paper is looked up with all that is known of it', async () => {
  const asked = answer(BATCH, () => HttpResponse.json([aScholarPaper()]))
  const [record] = await source().lookup.paper('doi:10.1000/a' as PaperId, never)
  expect(asked[0]?.body).toEqual({ ids: ['DOI:10.1000/a'] })
  expect(record).toEqual({
    source: 'semantic-scholar',
    ids: ['arxiv:2609.10001', 'doi:10.1000/a', `s2:${SHA}`],
    title: 'Sparse features of small models',
    authors: [{ name: 'A. Lovelace', orcid: '0000-0002-1825-0097', affiliations: ['ETH Zürich'] }, { name: 'C. Babbage' }],
    abstract: 'We look twice.',
    tldr: 'Features are sparse.',
    published: '2026-09-24',
    orgs: ['eth-zurich'],
    doi: '10.1000/a',
    journalRef: 'Journal of Engines',
    pdf: 'https://example.org/a.pdf',
    citations: 12,
  })
})

test('papers that are like one come as it recommends them, no more than are wanted', async () => {
  const asked = answer(RELATED, () =>
    HttpResponse.json({ recommendedPapers: [aScholarPaper(), aScholarPaper({ paperId: SHA.replace('0', '1') })] }),
  )
  const records = await source().recommender.related(aPaper({ ids: ['arxiv:2609.10001'] }), 1, never)
  expect(asked[0]?.body).toEqual({ positivePaperIds: ['ARXIV:2609.10001'], negativePaperIds: [] })
  expect(asked[0]?.url.searchParams.get('limit')).toBe('1')
  expect(records).toHaveLength(1)
  answer(RELATED, () => HttpResponse.json({ error: 'Paper not found' }, { status: 404 }))
  expect(await source().recommender.related(aPaper({ ids: ['doi:10.1000/z'] }), 5, never)).toEqual([])
  expect(await source().recommender.related(aPaper({ ids: ['source:feed:x'] }), 5, never)).toEqual([])
})

test.for([
  ['an error', () => HttpResponse.json({ message: 'Forbidden' }, { status: 403 })],
  ['a wrong request', () => HttpResponse.json({ error: 'Unrecognized or unsupported fields' }, { status: 400 })],
  ['no such address', () => HttpResponse.text('no', { status: 404 })],
  ['fewer answers than questions', () => HttpResponse.json([])],
  ['papers without ids', () => HttpResponse.json([{ sha: SHA, title: 'A title' }])],
  ['a page', () => HttpResponse.html('<!doctype html>')],
  ['nobody', () => HttpResponse.error()],
] as const)('%s in a paper’s place rejects, without the key in what is said', async ([, reply]) => {
  answer(BATCH, reply)
  const error = await rejection(source().enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })]))
  expect(`${error.message} ${error.hint} ${error.stack} ${String(error.cause)}`).not.toContain(KEY)
})

test('who asked too often leaves it alone for a while', async () => {
  const asked = answer(BATCH, () => HttpResponse.json({ code: '429' }, { status: 429 }))
  const { enricher } = source({})
  const error = await rejection(enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })]))
  expect(error.retryAfter).toBe(300)
  await rejection(enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })]))
  expect(asked).toHaveLength(1)
})

test('nobody waits for an answer that is not wanted any more', async () => {
  const stopping = new AbortController()
  answer(BATCH, () => {
    stopping.abort()
    return HttpResponse.json([aScholarPaper()])
  })
  await rejection(source().enricher.enrich([aPaper({ ids: ['arxiv:2609.10001'] })], stopping.signal))
})
