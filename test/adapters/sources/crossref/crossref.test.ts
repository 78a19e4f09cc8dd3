import { expect, test } from 'vitest'
import { crossref } from '#adapters/sources/crossref/crossref.ts'
import type { PaperId } from '#core/paper-id.ts'
import { answering, rejection } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'
import { aDeposit } from './works.ts'

const never = new AbortController().signal
const id = 'doi:10.1000/a.1' as PaperId

test('a paper is looked up by its DOI, whatever signs are in it', async () => {
  const odd = 'doi:10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o?#' as PaperId
  const { value, asked } = await answering(
    () => ({ json: { status: 'ok', message: aDeposit() } }),
    async (options) => [await crossref(options).lookup.paper(id, never), await crossref(options).lookup.paper(odd, never)],
  )
  expect(asked.map(({ path }) => path)).toEqual([
    '/works/10.1000%2Fa.1',
    '/works/10.1002%2F(sici)1097-4571(199806)49%3A8%3C693%3A%3Aaid-asi4%3E3.0.co%3B2-o%3F%23',
  ])
  expect(value[0]).toMatchObject([{ source: 'crossref', ids: [id] }])
})

test('a DOI that climbs out of its place asks for nothing else', async () => {
  const { asked } = await answering(
    () => ({ status: 404, text: 'Resource not found.' }),
    (options) => crossref(options).lookup.paper('doi:10.1000/../../journals' as PaperId, never),
  )
  expect(asked.map(({ path }) => path)).toEqual(['/works/10.1000%2F..%2F..%2Fjournals'])
})

test('what it does not know is nothing', async () => {
  const { value } = await answering(
    () => ({ status: 404, text: 'Resource not found.' }),
    (options) => crossref(options).lookup.paper(id, never),
  )
  expect(value).toEqual([])
})

test('arXiv’s papers are registered elsewhere', async () => {
  await answering(
    () => ({ json: {} }),
    async (options) => {
      const { lookup, enricher } = crossref(options)
      expect(lookup.knows('arxiv:2609.10001' as PaperId)).toBe(false)
      expect(lookup.knows(id)).toBe(true)
      expect(enricher.knows(aPaper({ ids: ['arxiv:2609.10001'] }))).toBe(false)
      expect(enricher.knows(aPaper({ ids: ['arxiv:2609.10001', 'doi:10.1000/a.1'] }))).toBe(true)
      expect(await enricher.enrich([])).toEqual([])
    },
  )
})

test('papers that are known are asked for in one list', async () => {
  const papers = [aPaper({ ids: ['doi:10.1000/a.1'] }), aPaper({ number: 2, ids: ['arxiv:2609.10002', 'doi:10.1000/b'] })]
  const { value, asked } = await answering(
    () => ({ json: { message: { items: [aDeposit({ DOI: '10.1000/B' }), aDeposit({ DOI: '10.1000/not-asked' })] } } }),
    (options) => crossref(options).enricher.enrich(papers),
  )
  expect(asked).toHaveLength(1)
  expect(asked[0]?.search).toMatchObject({ filter: 'doi:10.1000/a.1,doi:10.1000/b', rows: '2' })
  expect(value.map(({ ids }) => ids)).toEqual([['doi:10.1000/b']])
  expect(value[0]).not.toHaveProperty('published')
})

test.for([
  ['no message', { json: { status: 'ok' } }],
  ['a message of another shape', { json: { message: { doi: 'lower' } } }],
  ['a list', { json: [] }],
  ['text', { text: 'Resource found.' }],
  ['an error', { status: 503, text: '' }],
  ['a refusal', { status: 400, json: { status: 'failed' } }],
] as const)('%s in a work’s place rejects', async ([, reply]) => {
  const asking = answering(
    () => reply,
    (options) => crossref(options).lookup.paper(id, never),
  )
  expect((await rejection(asking)).message).toMatch(/Crossref|127\.0\.0\.1/)
})
