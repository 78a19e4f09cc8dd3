import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { type ArxivApi, arxivApi } from '#adapters/sources/arxiv/api.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { ArchivePage } from '#core/ports/archive.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { apiAnswer, apiError, asked, type Written } from './archive.ts'

const never = new AbortController().signal

async function withApi<T>(listener: RequestListener, use: (api: ArxivApi) => Promise<T>) {
  await using server = await aServer(listener)
  const timer = aTimer()
  const result: { value?: T; error?: Error } = await use(
    arxivApi({ baseUrl: `${server.url}/`, http: createHttpClient(timer), clock: timer.clock }),
  ).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error as Error }),
  )
  return { ...result, requests: server.requests.map(asked), paths: server.requests.map(({ url }) => url), waits: timer.waits }
}

/** Answers from these papers, as many of a page as `size` lets come of what was asked for. */
function archiveOf(papers: readonly Written[], size = (askedFor: number) => askedFor): RequestListener {
  return (request, response) => {
    const { start = '0', max_results = '10', id_list } = asked(request)
    const ids = id_list?.split(',')
    const found = ids === undefined ? papers : papers.filter(({ id }) => ids.includes(id))
    const from = Number(start)
    response.end(apiAnswer(found.slice(from, from + size(Number(max_results))), found.length, from))
  }
}

const numbered = (count: number, more: Omit<Written, 'id'> = {}): Written[] =>
  Array.from({ length: count }, (_, at) => ({ id: `2609.${10_000 + at}`, ...more }))
const idOf = (id: string) => `arxiv:${id}` as PaperId

async function idsOf(pages: AsyncIterable<ArchivePage>): Promise<string[]> {
  return (await Array.fromAsync(pages)).flatMap(({ records }) => records.map(({ ids }) => ids[0]))
}

describe('papers by their ids', () => {
  test('are asked for a hundred at a time, three seconds apart', async () => {
    const papers = numbered(230)
    const { value, requests, paths, waits } = await withApi(archiveOf(papers), (api) =>
      api.papers(papers.map(({ id }) => idOf(id))),
    )
    expect(value?.map(({ ids }) => ids[0])).toEqual(papers.map(({ id }) => idOf(id)))
    expect(requests.map(({ id_list = '' }) => id_list.split(',').length)).toEqual([100, 100, 30])
    for (const path of paths) expect(path).toMatch(/^\/api\/query\?/)
    expect(waits.every((wait) => wait > 2900 && wait <= 3000)).toBe(true)
    expect(waits).toHaveLength(2)
  })

  test('are asked for without what arXiv would take for none, which spoils the others', async () => {
    const { value, requests } = await withApi(archiveOf(numbered(1)), (api) =>
      api.papers([
        idOf('0811.36489'),
        'doi:10.1000/x' as PaperId,
        idOf('2609.10000'),
        idOf('2609.10000'),
        idOf('hep-th/9901001'),
      ]),
    )
    expect(requests.map(({ id_list }) => id_list)).toEqual(['2609.10000,hep-th/9901001'])
    expect(value).toHaveLength(1)
  })

  test('are none where arXiv has none, and nothing is asked where nothing can be', async () => {
    const none = await withApi(archiveOf([]), (api) => api.paper(idOf('2609.10000'), never))
    expect(none).toMatchObject({ value: [], requests: [{}] })
    const other = await withApi(archiveOf([]), (api) => api.paper('doi:10.1000/x' as PaperId, never))
    expect(other).toMatchObject({ value: [], requests: [] })
  })
})

describe('pages', () => {
  test('go on by what came, whatever sizes come, each paper once', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 130 }), { minLength: 4, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 160 }), sizes, async (count, sizes) => {
        let request = 0
        const papers = numbered(count)
        const size = (askedFor: number) => Math.min(askedFor, sizes[request++ % sizes.length] ?? 1)
        const { value } = await withApi(archiveOf(papers, size), (api) => idsOf(api.byAuthors(['A. One'], '2026-09-01')))
        // Pages of one paper alone would go on for longer than anybody waits.
        if (sizes.reduce((sum, size) => sum + size, 0) >= 40) expect(value).toEqual(papers.map(({ id }) => idOf(id)))
      }),
      { numRuns: 25 },
    )
  })

  test('may overlap where new papers come in between', async () => {
    let papers = numbered(150)
    const { value } = await withApi(
      (request, response) => {
        archiveOf(papers)(request, response)
        papers = [{ id: '2609.99999' }, ...papers]
      },
      (api) => idsOf(api.byAuthors(['A. One'], '2026-09-01')),
    )
    expect(value).toHaveLength(150)
    expect(new Set(value).size).toBe(150)
  })

  test.for([
    ['an empty one', apiAnswer([], 120, 100)],
    ['an empty one that knows of nothing', apiAnswer([], 0, 0)],
    ['a cut one', apiAnswer(numbered(20), 120, 100).slice(0, -100)],
    ['no answer at all', ''],
    ['a web page', '<!doctype html><html></html>'],
    [
      'one without a total',
      apiAnswer(numbered(20), 120, 100).replace(/<opensearch:totalResults>.*?<\/opensearch:totalResults>/, ''),
    ],
  ] as const)('are asked for once more where %s comes instead', async ([, fault]) => {
    let request = 0
    const papers = numbered(120)
    const { value, requests, waits } = await withApi(
      (message, response) => (++request === 2 ? response.end(fault) : archiveOf(papers)(message, response)),
      (api) => idsOf(api.byAuthors(['A. One'], '2026-09-01')),
    )
    expect(value).toEqual(papers.map(({ id }) => idOf(id)))
    expect(requests.map(({ start }) => start)).toEqual(['0', '100', '100'])
    expect(waits.every((wait) => wait > 2900)).toBe(true)
  })

  test.for([
    ['stay empty', apiAnswer([], 120, 100), 'arXiv says that it has 120 papers, and gives none after 100.'],
    ['stay cut', apiAnswer(numbered(20), 120, 100).slice(0, -100), "arXiv's answer to a query broke off before its end."],
    ['stay away', '', 'What arXiv answered for a query is empty.'],
  ] as const)('that %s are an error after three tries, never the end', async ([, fault, message]) => {
    let request = 0
    const came: string[] = []
    const { error, requests } = await withApi(
      (message, response) => (++request >= 2 ? response.end(fault) : archiveOf(numbered(120))(message, response)),
      async (api) => {
        for await (const { records } of api.byAuthors(['A. One'], '2026-09-01')) came.push(...records.map(({ ids }) => ids[0]))
      },
    )
    expect(error).toBeInstanceOf(SourceError)
    expect(error?.message).toBe(message)
    expect(requests).toHaveLength(4)
    expect(came).toHaveLength(100)
  })

  test('that never come to an end are given up', async () => {
    let paper = 10_000
    const { error, requests } = await withApi(
      (_, response) => response.end(apiAnswer([{ id: `2609.${paper++}` }], 1_000_000)),
      (api) => idsOf(api.byAuthors(['A. One'], '2026-09-01')),
    )
    expect(error?.message).toBe("arXiv's answers to a query are too short to come to their end.")
    expect(requests).toHaveLength(60)
  })
})

describe('refusals', () => {
  test.for([[400], [200]] as const)('say what arXiv says, with the status %i', async ([status]) => {
    const { error, requests } = await withApi(
      (_, response) => response.writeHead(status).end(apiError('incorrect id format for abc')),
      (api) => api.paper(idOf('2609.10000'), never),
    )
    expect(error).toBeInstanceOf(SourceError)
    expect(error?.message).toBe('arXiv does not take this query: incorrect id format for abc.')
    expect(requests).toHaveLength(1)
  })

  test('are said as such where there is no word about why', async () => {
    const { error } = await withApi(
      (_, response) => response.writeHead(400).end('Bad Request'),
      (api) => api.search('grokking', 10, never),
    )
    expect(error?.message).toBe('arXiv does not take this query: an error (400).')
  })

  test('for too many requests are not asked about again', async () => {
    const { error, requests } = await withApi(
      (_, response) => response.writeHead(429, { 'content-type': 'text/html' }).end('Rate exceeded.'),
      (api) => idsOf(api.byAuthors(['A. One'], '2026-09-01')),
    )
    expect(error).toMatchObject({ code: 'source', retryAfter: 300 })
    expect(requests).toHaveLength(1)
  })

  test('by whoever asked end the questions', async () => {
    const giveUp = new AbortController()
    const { error, requests } = await withApi(
      (_, response) => {
        giveUp.abort()
        response.destroy()
      },
      (api) => api.search('grokking', 10, giveUp.signal),
    )
    expect(error).toBeInstanceOf(SourceError)
    expect(requests).toHaveLength(1)
  })
})

describe('papers of people', () => {
  test('are those submitted since the day, and older pages are not asked for', async () => {
    const papers = [
      ...numbered(100, { published: '2026-09-24T00:30:00Z' }),
      ...numbered(300, { published: '2026-09-10T23:00:00Z' }).map(({ id, ...more }) => ({ id: id.replace('.1', '.2'), ...more })),
    ]
    const { value, requests } = await withApi(archiveOf(papers), (api) => idsOf(api.byAuthors(['A. One'], '2026-09-20')))
    expect(value).toHaveLength(100)
    expect(requests).toHaveLength(2)
    expect(requests[0]).toMatchObject({
      search_query: 'au:"a one"',
      sortBy: 'submittedDate',
      sortOrder: 'descending',
      start: '0',
    })
  })

  test('come with as few requests as addresses allow', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `Given${at} Middle Family${at}`)
    const { paths, requests } = await withApi(archiveOf(numbered(1)), (api) => idsOf(api.byAuthors(names, '2026-09-20')))
    expect(paths.every((path = '') => path.length <= 1550)).toBe(true)
    expect(requests.length).toBeLessThan(6)
    const queries = requests.map(({ search_query }) => search_query).join(' OR ')
    for (const at of names.keys()) expect(queries).toContain(`au:"given${at} middle family${at}" OR au:"given${at} family${at}"`)
  })

  test('are at most two thousand, and it is said that there are more', async () => {
    const { value } = await withApi(archiveOf(numbered(2200)), (api) => Array.fromAsync(api.byAuthors(['A. One'], '2026-09-01')))
    expect(value?.flatMap(({ records }) => records)).toHaveLength(2000)
    expect(value?.flatMap(({ skipped }) => skipped)).toEqual([{ where: 'au:"a one"', why: 'More than 2000 papers.' }])
  })

  test('are those of the one who is asked for, the newest first', async () => {
    const papers: Written[] = [
      { id: '2609.10001', authors: ['Eric J. Michaud', 'X. Y.'] },
      { id: '2609.10002', authors: ['Erica Michaud'] },
      { id: '2609.10003', authors: ['E. Michaud'] },
    ]
    const { value } = await withApi(archiveOf(papers), (api) => api.author('Eric Michaud', 10, never))
    expect(value?.map(({ ids }) => ids[0])).toEqual([idOf('2609.10001'), idOf('2609.10003')])
    const orcid = await withApi(archiveOf(papers), (api) => api.author('0000-0002-1825-0097', 10, never))
    expect(orcid).toMatchObject({ value: [], requests: [] })
  })
})

test('papers by words are the most fitting ones, or the newest', async () => {
  const fitting = await withApi(archiveOf(numbered(50)), (api) => api.search('grokking cat:cs.LG', 10, never))
  expect(fitting.value).toHaveLength(10)
  expect(fitting.requests).toMatchObject([
    { search_query: '(all:grokking AND cat:cs.LG)', sortBy: 'relevance', max_results: '10' },
  ])
  const newest = await withApi(archiveOf(numbered(50)), (api) => api.search('grokking sort:recent', 10, never))
  expect(newest.requests).toMatchObject([{ search_query: 'all:grokking', sortBy: 'submittedDate' }])
  const nothing = await withApi(archiveOf(numbered(50)), (api) => api.search('org:mit', 10, never))
  expect(nothing).toMatchObject({ value: [], requests: [] })
})
