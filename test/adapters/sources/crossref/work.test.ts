import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFields } from '#adapters/formats/json.ts'
import { readWork } from '#adapters/sources/crossref/work.ts'
import { mangled } from '#test/adapters/sources/answering.ts'
import { aDeposit } from './works.ts'

test('a work is a record of plain text, with its people and where they work', () => {
  expect(readWork(aDeposit())).toEqual({
    source: 'crossref',
    ids: ['doi:10.1000/a.1'],
    title: 'Sparse features of small & large models',
    authors: [
      { name: 'Ada Lovelace Jr.', orcid: '0000-0002-1825-0097', affiliations: ['ETH Zürich, Switzerland'] },
      { name: 'Charles Babbage' },
      { name: 'The Engine Collaboration' },
    ],
    abstract: 'We look twice. Then on H2O.',
    published: '2026-09',
    orgs: ['eth-zurich'],
    doi: '10.1000/A.1',
    journalRef: 'Journal of Engines 3, 14-15 (2026)',
    citations: 4,
  })
})

test.for([
  [[[2014, 11, 10]], '2014-11-10'],
  [[[2014, 11]], '2014-11'],
  [[[2014]], '2014'],
  [[[987]], '0987'],
  [[[null]], undefined],
  [[[2014, 13]], undefined],
  [[['2014']], undefined],
  [[[]], undefined],
  [null, undefined],
] as const)('a date of the parts %o is %s', ([parts, published]) => {
  const record = readWork(aDeposit({ issued: { 'date-parts': parts }, published: undefined }))
  expect(record?.published).toBe(published)
})

test('a preprint that was posted, and an issue without a date, are dated by what there is', () => {
  const posted = { issued: { 'date-parts': [[null]] }, published: undefined, posted: { 'date-parts': [[2026, 9, 1]] } }
  expect(readWork(aDeposit(posted))?.published).toBe('2026-09-01')
})

test.for(['component', 'journal', 'journal-issue', 'book-series'])('a %s is no paper', (type) => {
  expect(readWork(aDeposit({ type }))).toBeUndefined()
})

test('a work without a title is no paper; of several titles the first that says something is taken', () => {
  expect(readWork(aDeposit({ title: [] }))).toBeUndefined()
  expect(readWork(aDeposit({ title: undefined }))).toBeUndefined()
  expect(readWork(aDeposit({ title: ['', 'Second'] }))?.title).toBe('Second')
})

test('what a formula has in a tag’s place stays', () => {
  expect(readWork(aDeposit({ title: ['Where a < b and c > d, p<0.05'] }))?.title).toBe('Where a < b and c > d, p<0.05')
})

test('no JSON at all makes the reader throw', () => {
  fc.assert(
    fc.property(mangled(aDeposit()), (work) => {
      const record = readWork(jsonFields(work) ?? {})
      if (record !== undefined) expect(record.ids.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
