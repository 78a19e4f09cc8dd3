import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivOai } from '#adapters/sources/arxiv/oai.ts'
import { SourceError } from '#core/errors.ts'
import type { ArchivePage } from '#core/ports/archive.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { asked, type Changed, oaiError, oaiPage } from './archive.ts'

const NONE = oaiError('noRecordsMatch', 'The combination of from, until, set and metadataPrefix results in an empty list.')
const STALE = oaiError('badResumptionToken', 'The value of the resumptionToken argument is invalid or expired.')

/** What came before the end or the error, the error, and what was asked for. */
async function changed(listener: RequestListener, { category = 'cs.LG', from = '2026-09-21', until = '2026-09-24' } = {}) {
  await using server = await aServer(listener)
  const timer = aTimer()
  const pages: ArchivePage[] = []
  let error: Error | undefined
  try {
    const archive = arxivOai({ baseUrl: `${server.url}/`, http: createHttpClient(timer) })
    for await (const page of archive.changed(category, from, until)) pages.push(page)
  } catch (caught) {
    error = caught as Error
  }
  const records = pages.flatMap((page) => page.records)
  const skipped = pages.flatMap((page) => page.skipped)
  return { records, skipped, error, requests: server.requests.map(asked), paths: server.requests.map(({ url }) => url), ...timer }
}

const day = (at: number) => `2026-09-${21 + at}`
const fresh = (at: number, on = '2026-09-22'): Changed => ({
  id: `2609.${10_000 + at}`,
  day: on,
  versions: [`${on}T06:00:00Z`],
})
const idsOf = (records: ArchivePage['records']) => records.map(({ ids }) => ids[0])
const ids = (papers: readonly Changed[]) => papers.map(({ id }) => `arxiv:${id}`)

/** Lists these, so many a page, by tokens that say from where and where to go on. */
function listing(papers: readonly Changed[], size: number, fails: (request: number) => string | undefined = () => undefined) {
  let request = 0
  const listener: RequestListener = (message, response) => {
    const { resumptionToken, from = '' } = asked(message)
    const [since = from, skip = '0'] = resumptionToken?.split('|') ?? []
    const listed = papers.filter((paper) => paper.day >= since)
    const end = Number(skip) + size
    const answer = oaiPage(listed.slice(Number(skip), end), end < listed.length ? `${since}|${end}` : undefined)
    response.end(fails(++request) ?? (listed.length === 0 ? NONE : answer))
  }
  return listener
}

describe('a list', () => {
  test('is asked for by set and days in the form with versions, and goes on by its tokens', async () => {
    const papers = [0, 1, 2, 3, 4].map((at) => fresh(at))
    const { records, requests, paths, waits } = await changed(listing(papers, 2))
    expect(idsOf(records)).toEqual(ids(papers))
    expect(paths[0]).toMatch(/^\/oai\?/)
    expect(requests).toEqual([
      { verb: 'ListRecords', metadataPrefix: 'arXivRaw', set: 'cs:cs:LG', from: '2026-09-21', until: '2026-09-24' },
      { verb: 'ListRecords', resumptionToken: '2026-09-21|2' },
      { verb: 'ListRecords', resumptionToken: '2026-09-21|4' },
    ])
    expect(waits.every((wait) => wait > 2900 && wait <= 3000)).toBe(true)
  })

  test('gives each paper once, whatever sizes its pages have and wherever it goes stale', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.uniqueArray(fc.integer({ min: 2, max: 12 }), { maxLength: 5 }),
        async (days, size, stale) => {
          const papers = days.toSorted((a, b) => a - b).map((at, number) => fresh(number, day(at)))
          let requests = 0
          const list = listing(papers, size)
          const { records, error } = await changed((message, response) =>
            stale.includes(requests++) && asked(message).resumptionToken !== undefined
              ? response.end(STALE)
              : list(message, response),
          )
          expect(error).toBeUndefined()
          expect(idsOf(records)).toEqual(ids(papers))
        },
      ),
      { numRuns: 30 },
    )
  })

  test('that went stale goes on from the day it had reached', async () => {
    const papers = [fresh(0, day(0)), fresh(1, day(1)), fresh(2, day(1)), fresh(3, day(2))]
    const { records, requests } = await changed(listing(papers, 2, (request) => (request === 2 ? STALE : undefined)))
    expect(idsOf(records)).toEqual(ids(papers))
    expect(requests[2]).toMatchObject({ from: '2026-09-22', until: '2026-09-24', set: 'cs:cs:LG' })
  })

  test('that is not in the order of its days begins again from the first', async () => {
    const papers = [fresh(0, day(2)), fresh(1, day(1)), fresh(2, day(0)), fresh(3, day(3))]
    const { records, requests } = await changed(listing(papers, 2, (request) => (request === 2 ? STALE : undefined)))
    expect(idsOf(records)).toEqual(ids(papers))
    expect(requests[2]).toMatchObject({ from: '2026-09-21' })
  })

  test('that goes stale without end is given up', async () => {
    const papers = [0, 1, 2].map((at) => fresh(at))
    const { error, records, requests } = await changed(listing(papers, 2, (request) => (request % 2 === 0 ? STALE : undefined)))
    expect(error).toBeInstanceOf(SourceError)
    expect(error?.message).toContain('invalid or expired')
    expect(idsOf(records)).toEqual(ids(papers.slice(0, 2)))
    expect(requests.length).toBeLessThanOrEqual(12)
  })

  test.for([
    ['cs.LG', 'cs:cs:LG'],
    ['math.AG', 'math:math:AG'],
    ['q-bio.NC', 'q-bio:q-bio:NC'],
    ['stat.ML', 'stat:stat:ML'],
    ['hep-th', 'physics:hep-th'],
    ['math-ph', 'physics:math-ph'],
    ['quant-ph', 'physics:quant-ph'],
    ['cond-mat.str-el', 'physics:cond-mat:str-el'],
    ['astro-ph.GA', 'physics:astro-ph:GA'],
    ['nlin.CD', 'physics:nlin:CD'],
    ['physics.optics', 'physics:physics:optics'],
    ['cs', 'cs:cs'],
  ] as const)('of %s is the set %s', async ([category, set]) => {
    const { requests } = await changed((_, response) => response.end(NONE), { category })
    expect(requests).toMatchObject([{ set }])
  })

  test.for(['', 'cs LG', '../etc', 'cs.LG+cs.AI', 'cs.LG&set=math'])('is not asked for of "%s"', async (category) => {
    const { error, requests } = await changed((_, response) => response.end(NONE), { category })
    expect(error?.message).toContain('no category of arXiv')
    expect(requests).toEqual([])
  })

  test('may be empty', async () => {
    const { records, skipped, error, requests } = await changed((_, response) => response.end(NONE))
    expect({ records, skipped, error }).toEqual({ records: [], skipped: [], error: undefined })
    expect(requests).toHaveLength(1)
  })
})

describe('a fault', () => {
  test.for([
    ['an empty answer', ''],
    ['an empty list', oaiPage([])],
    ['a cut list', oaiPage([fresh(2)]).slice(0, -60)],
    ['a web page', '<!doctype html><html></html>'],
  ] as const)('like %s is asked about again, and is an error if it stays', async ([, fault]) => {
    const papers = [0, 1, 2].map((at) => fresh(at))
    const once = await changed(listing(papers, 2, (request) => (request === 2 ? fault : undefined)))
    expect(idsOf(once.records)).toEqual(ids(papers))
    expect(once.requests).toHaveLength(3)
    const always = await changed(listing(papers, 2, (request) => (request >= 2 ? fault : undefined)))
    expect(always.error).toBeInstanceOf(SourceError)
    expect(idsOf(always.records)).toEqual(ids(papers.slice(0, 2)))
    expect(always.requests).toHaveLength(4)
  })

  test('like a broken connection is asked about again', async () => {
    const papers = [0, 1].map((at) => fresh(at))
    let request = 0
    const list = listing(papers, 2)
    const { records } = await changed((message, response) => (++request === 1 ? response.destroy() : list(message, response)))
    expect(idsOf(records)).toEqual(ids(papers))
  })

  test('like too much to do is not asked about before its time', async () => {
    const { error, requests } = await changed((_, response) => response.writeHead(503, { 'retry-after': '90' }).end())
    expect(error).toMatchObject({ code: 'source', retryAfter: 90 })
    expect(requests).toHaveLength(1)
  })

  test('of the request is told in arXiv’s words', async () => {
    const { error, requests } = await changed((_, response) => response.end(oaiError('badArgument', 'Set has invalid value.')))
    expect(error?.message).toBe('arXiv does not list what changed in cs.LG: Set has invalid value.')
    expect(requests).toHaveLength(1)
  })

  test('like tokens that lead in circles ends', async () => {
    const { error, requests } = await changed((_, response) => response.end(oaiPage([fresh(1)], 'again')))
    expect(error?.message).toContain('in circles')
    expect(requests).toHaveLength(2)
  })

  test('of one record leaves the others', async () => {
    const broken = oaiPage([fresh(1), fresh(2)]).replace('<title>Paper 2609.10001</title>', '<title>Paper <b></title>')
    const { records, skipped } = await changed((_, response) => response.end(broken))
    expect(idsOf(records)).toEqual(['arxiv:2609.10002'])
    expect(skipped).toMatchObject([{ where: expect.stringMatching(/^cs\.LG:\d+$/), why: 'Its XML is broken.' }])
  })
})

test('a list of 2,000 papers may be as long as it is', async () => {
  const long = 'A sentence of an abstract that says nothing. '.repeat(70)
  const papers = Array.from({ length: 2000 }, (_, at) => ({ ...fresh(at), comment: long }))
  const { records, error } = await changed(listing(papers, 2000))
  expect(error).toBeUndefined()
  expect(records).toHaveLength(2000)
})

test('papers are told apart: new, cross-listed, replaced, withdrawn, deleted, and changed in what is said of them', async () => {
  const papers: Changed[] = [
    { id: '2609.10001', day: day(1), versions: ['2026-09-21T06:00:00Z'] },
    { id: '2609.10002', day: day(1), versions: ['2026-09-21T06:00:00Z'], categories: 'stat.ML cs.LG' },
    { id: '2601.10003', day: day(1), versions: ['2026-01-20T06:00:00Z', '2026-09-21T06:00:00Z'] },
    { id: '2601.10004', day: day(1), versions: ['2026-01-20T06:00:00Z', '2026-09-21T06:00:00Z'], categories: 'math.ST cs.LG' },
    {
      id: '2601.10005',
      day: day(1),
      versions: ['2026-01-20T06:00:00Z', '2026-09-21T06:00:00Z'],
      comment: 'This paper has been withdrawn by its author',
    },
    { id: '2601.10006', day: day(1), versions: ['2026-01-20T06:00:00Z', '2026-09-21T06:00:00Z'], sourceType: 'I' },
    { id: '2601.10007', day: day(1), versions: ['2026-01-20T06:00:00Z'] },
    { id: '2609.10008', day: day(1), versions: ['2026-09-21T06:00:00Z'], isDeleted: true },
  ]
  const { records, skipped } = await changed(listing(papers, 100))
  expect(records.map(({ ids, announcement, withdrawn }) => [ids[0], announcement, withdrawn])).toEqual([
    ['arxiv:2609.10001', 'new', undefined],
    ['arxiv:2609.10002', 'cross', undefined],
    ['arxiv:2601.10003', 'replace', undefined],
    ['arxiv:2601.10004', 'replace-cross', undefined],
    ['arxiv:2601.10005', 'replace', true],
    ['arxiv:2601.10006', 'replace', true],
    ['arxiv:2601.10007', undefined, undefined],
  ])
  expect(skipped.map(({ why }) => why)).toEqual(['Its archive deleted it.'])
})
