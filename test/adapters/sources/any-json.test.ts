// Whatever a source answers, it is read as papers, as nothing, or rejected with SourceError: never anything else.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { biorxiv } from '#adapters/sources/biorxiv/biorxiv.ts'
import { crossref } from '#adapters/sources/crossref/crossref.ts'
import { huggingFace } from '#adapters/sources/hugging-face/hugging-face.ts'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import { semanticScholar } from '#adapters/sources/semantic-scholar/semantic-scholar.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperId } from '#core/paper-id.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { mangled } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'
import { aDeposit } from './crossref/works.ts'
import { aWork } from './openalex/works.ts'
import { aScholarPaper } from './semantic-scholar/papers.ts'

const never = new AbortController().signal
const arxiv = 'arxiv:2609.10001' as PaperId
const preprint = 'doi:10.1101/2026.09.24.123456' as PaperId
const version = {
  doi: '10.1101/2026.09.24.123456',
  title: 'A title',
  authors: 'One, A.; Two, B.',
  date: '2026-09-24',
  version: '1',
}
const papers = [aPaper({ ids: [arxiv, preprint, 'openalex:W1'], published: '2026-09-24' })]
const day = Array.from({ length: 3 }, (_, at) => aPaper({ number: at, ids: [`arxiv:2609.1000${at}`], published: '2026-09-24' }))

type Source = Parameters<typeof huggingFace>[0]
const calls: readonly (readonly [name: string, answer: unknown, call: (source: Source) => Promise<unknown>])[] = [
  ['OpenAlex, of one', aWork(), (source) => openAlex(source).lookup.paper(arxiv, never)],
  ['OpenAlex, of many', { results: [aWork()] }, (source) => openAlex({ ...source, key: 'key' }).enricher.enrich(papers)],
  [
    'OpenAlex, of a person',
    { id: 'https://openalex.org/A1', results: [{ id: 'https://openalex.org/A1', display_name: 'Ada Lovelace' }] },
    async (source) => openAlex({ ...source, key: 'key' }).people?.author('Ada Lovelace', 3, never),
  ],
  ['Semantic Scholar, of many', [aScholarPaper()], (source) => semanticScholar(source).enricher.enrich(papers)],
  [
    'Semantic Scholar, of what is alike',
    { recommendedPapers: [aScholarPaper()] },
    ({ ...source }) => semanticScholar(source).recommender.related(papers[0] ?? aPaper(), 3, never),
  ],
  ['Hugging Face, of one', { id: '2609.10001', title: 'A title' }, (source) => huggingFace(source).lookup.paper(arxiv, never)],
  [
    'Hugging Face, of a day',
    [{ paper: { id: '2609.10001', title: 'A title' } }],
    (source) => huggingFace(source).enricher.enrich(day),
  ],
  [
    'bioRxiv, of one',
    { messages: [{ status: 'ok', total: 1 }], collection: [version] },
    (source) => biorxiv(source).lookup.paper(preprint, never),
  ],
  ['Crossref, of one', { message: aDeposit() }, (source) => crossref(source).lookup.paper(preprint, never)],
  ['Crossref, of many', { message: { items: [aDeposit()] } }, (source) => crossref(source).enricher.enrich(papers)],
]

test.for(calls)('%s', async ([, answer, call]) => {
  let body = ''
  await using server = await aServer((_, response) => response.end(body))
  const timer = aTimer()
  await fc.assert(
    fc.asyncProperty(mangled(answer), async (json) => {
      body = JSON.stringify(json)
      const source = { baseUrl: server.url, http: createHttpClient(timer), clock: timer.clock }
      const result = await call(source).catch((error: unknown) => error)
      if (!(result instanceof SourceError)) expect(result).toBeInstanceOf(Array)
    }),
    { numRuns: 60 },
  )
})

/** Each text of the JSON, over and over. */
function swollen(json: unknown, text: string): unknown {
  if (typeof json === 'string') return json + text
  if (Array.isArray(json)) return json.map((one) => swollen(one, text))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, swollen(value, text)]))
}

test.for(calls)('%s, where each text has no end', async ([, answer, call]) => {
  let body = ''
  await using server = await aServer((_, response) => response.end(body))
  const timer = aTimer()
  for (const text of ['\ud800', 'a, b; ', '<a b="', '&', ' ']) {
    body = JSON.stringify(swollen(answer, text.repeat(100_000 / text.length)))
    const source = { baseUrl: server.url, http: createHttpClient(timer), clock: timer.clock }
    const result = await call(source).catch((error: unknown) => error)
    if (!(result instanceof SourceError)) expect(result).toBeInstanceOf(Array)
  }
})
