import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFields } from '#adapters/formats/json.ts'
import { readWork } from '#adapters/sources/openalex/work.ts'
import { mangled } from '#test/adapters/sources/answering.ts'
import { aWork } from './works.ts'

test('a work is a record with its ids, its people, their places and its citations', () => {
  expect(readWork(aWork())).toEqual({
    source: 'openalex',
    ids: ['arxiv:2609.10001', 'openalex:W1000001'],
    title: 'Sparse features of small models',
    abstract: 'We look twice. We look_ twice.',
    published: '2026-09-24',
    orgs: ['eth-zurich', 'berkeley'],
    citations: 7,
    pdf: 'https://arxiv.org/pdf/2609.10001',
    authors: [
      {
        name: 'Ada Lovelace',
        orcid: '0000-0002-1825-0097',
        openAlex: 'A5000001',
        affiliations: ['ETH Zurich'],
      },
      { name: 'Charles Babbage', openAlex: 'A5000002', affiliations: ['University of California, Berkeley', 'ETH Zurich'] },
    ],
  })
})

test('of a published work the DOI is its publisher’s, and arXiv’s id is among the places where it is to be read', () => {
  const record = readWork(aWork({ doi: 'https://doi.org/10.1000/XYZ' }))
  expect(record).toMatchObject({ doi: '10.1000/xyz', ids: ['arxiv:2609.10001', 'doi:10.1000/xyz', 'openalex:W1000001'] })
  expect(record).not.toHaveProperty('version')
})

test.for([
  [{ publication_date: '2026-01-01' }, '2026'],
  [{ publication_date: null }, '2026'],
  [{ publication_date: '2026-02-30', publication_year: null }, undefined],
])('a date is as exact as is known: %o', ([dates, published]) => {
  expect(readWork(aWork(dates as object))?.published).toBe(published)
})

test('where no institution was recognised, the affiliation is as it was printed', () => {
  const [ada] = aWork().authorships
  const record = readWork(aWork({ authorships: [{ ...ada, institutions: [] }] }))
  expect(record?.authors[0]?.affiliations).toEqual(['Department of Engines, ETH Zürich, Switzerland'])
  expect(record?.orgs).toEqual(['eth-zurich'])
})

test('a list of authors that was cut says so', () => {
  const authorships = (last: string) =>
    Array.from({ length: 100 }, (_, at) => ({ raw_author_name: `A. Lovelace ${at}`, author_position: at < 99 ? 'middle' : last }))
  expect(readWork(aWork({ authorships: authorships('middle') }))?.authorsOmitted).toBe(1)
  expect(readWork(aWork({ authorships: authorships('last') }))).not.toHaveProperty('authorsOmitted')
})

test('what is not known is left out', () => {
  const record = readWork({ id: 'https://openalex.org/W1000001', title: 'A title', doi: null, authorships: [] })
  expect(record).toEqual({ source: 'openalex', ids: ['openalex:W1000001'], title: 'A title', authors: [] })
  expect(readWork({ id: 'https://openalex.org/W1000001', title: null })).toBeUndefined()
})

test('a place in the abstract that no abstract has is none', () => {
  const index = { far: [4_000_000_000], near: [0], nowhere: [-1, 0.5, '1'] }
  expect(readWork(aWork({ abstract_inverted_index: index }))?.abstract).toBe('near')
})

test('a word that no abstract has, at all places, makes no text without end', () => {
  const places = Array.from({ length: 20_000 }, (_, at) => at)
  const { abstract = '' } = readWork(aWork({ abstract_inverted_index: { ['x'.repeat(1_000_000)]: places } })) ?? {}
  expect(abstract.length).toBeLessThanOrEqual(100_000)
})

test('no JSON at all makes the reader throw', () => {
  fc.assert(
    fc.property(mangled(aWork()), (work) => {
      const record = readWork(jsonFields(work) ?? {})
      if (record !== undefined) expect(record.ids.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})
