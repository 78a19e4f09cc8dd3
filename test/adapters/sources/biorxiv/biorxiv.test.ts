import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonObjects } from '#adapters/formats/json.ts'
import { biorxiv } from '#adapters/sources/biorxiv/biorxiv.ts'
import { readPreprint } from '#adapters/sources/biorxiv/preprint.ts'
import type { PaperId } from '#core/paper-id.ts'
import { answering, mangled, type Reply, rejection } from '#test/adapters/sources/answering.ts'
import { aPaper } from '#test/builders.ts'

const never = new AbortController().signal
const id = 'doi:10.1101/2026.09.24.123456' as PaperId
const aVersion = (version: number, more: object = {}) => ({
  doi: '10.1101/2026.09.24.123456',
  title: 'Sparse {beta} features',
  authors: 'Lovelace, A. A.; van der Berg, C.; The Engine Consortium',
  date: `2026-09-2${version}`,
  version: String(version),
  type: 'new results',
  category: 'Systems Biology',
  abstract: 'AO_SCPLOWBSTRACTC_SCPLOWWe look {varepsilon}twice.O_LIOnce.C_LIO_LIAgain.C_LI O_FIG O_LINKSMALLFIG WIDTH=2 C_FIG',
  published: 'NA',
  server: 'bioRxiv',
  ...more,
})
const found = (...collection: object[]): Reply => ({
  json: { messages: [{ status: 'ok', total: String(collection.length) }], collection },
})
const nothing: Reply = { json: { messages: [{ status: 'no posts found' }], collection: [] } }

test('a preprint is what its latest version says, submitted with the first', () => {
  expect(readPreprint([aVersion(3), aVersion(1, { title: 'Old' }), aVersion(2)])).toEqual({
    source: 'biorxiv',
    ids: [id],
    title: 'Sparse β features',
    authors: [{ name: 'A. A. Lovelace' }, { name: 'C. van der Berg' }, { name: 'The Engine Consortium' }],
    abstract: 'We look εtwice. Once. Again.',
    published: '2026-09-21',
    updated: '2026-09-23',
    version: 3,
    categories: ['systems biology'],
    doi: '10.1101/2026.09.24.123456',
  })
})

test('of a later version alone it is not known when the preprint was submitted', () => {
  const record = readPreprint([aVersion(2)])
  expect(record).toMatchObject({ updated: '2026-09-22', version: 2 })
  expect(record).not.toHaveProperty('published')
  expect(readPreprint([aVersion(1)])).not.toHaveProperty('updated')
})

test('what was published in a journal carries both DOIs', () => {
  const record = readPreprint([aVersion(1, { published: '10.1000/J.1' })])
  expect(record).toMatchObject({ doi: '10.1000/J.1', ids: ['doi:10.1000/j.1', id] })
})

test('what was withdrawn says so', () => {
  expect(readPreprint([aVersion(2, { type: 'WITHDRAWN' })])?.withdrawn).toBe(true)
  expect(readPreprint([aVersion(2, { abstract: 'Withdrawn by the authors.' })])?.withdrawn).toBe(true)
})

test('no JSON at all makes the reader throw', () => {
  fc.assert(
    fc.property(mangled([aVersion(1), aVersion(2)]), (versions) => {
      const record = readPreprint(jsonObjects(versions))
      if (record !== undefined) expect(record.ids.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})

describe('one preprint', () => {
  test('is looked for on both servers, as its DOI does not tell which', async () => {
    const { value, asked } = await answering(
      ({ path }) => (path.includes('/medrxiv/') ? found(aVersion(1)) : nothing),
      (options) => biorxiv(options).lookup.paper(id, never),
    )
    expect(asked.map(({ path }) => path)).toEqual([
      '/details/biorxiv/10.1101/2026.09.24.123456/na/json',
      '/details/medrxiv/10.1101/2026.09.24.123456/na/json',
    ])
    expect(value).toMatchObject([{ ids: [id] }])
  })

  test('that is on neither is nothing, and a DOI of a journal is not asked for', async () => {
    const { value, asked } = await answering(
      () => nothing,
      async (options) => {
        const { lookup } = biorxiv(options)
        expect(lookup.knows('doi:10.1101/gr.123456.110' as PaperId)).toBe(false)
        expect(lookup.knows('doi:10.64898/2026.04.08.716779' as PaperId)).toBe(true)
        return [await lookup.paper(id, never), await lookup.paper('doi:10.1101/gr.1.1' as PaperId, never)]
      },
    )
    expect(value).toEqual([[], []])
    expect(asked).toHaveLength(2)
  })

  test('that is known gains its versions and the DOI it was published by', async () => {
    const { value } = await answering(
      () => found(aVersion(1), aVersion(2, { published: '10.1000/j.1' })),
      (options) => biorxiv(options).enricher.enrich([aPaper({ ids: [id] })]),
    )
    expect(value).toMatchObject([{ doi: '10.1000/j.1', ids: ['doi:10.1000/j.1', id] }])
  })
})

describe('the preprints of some days', () => {
  test('come page by page, by what came and not by what a page should hold', async () => {
    const versions = Array.from({ length: 7 }, (_, at) => aVersion(1, { doi: `10.1101/2026.09.24.10000${at}` }))
    versions[6] = aVersion(3, { doi: '10.1101/2026.09.20.999999' })
    const { value, asked } = await answering(
      ({ path }) => {
        const start = Number(path.split('/').at(-2))
        return { json: { messages: [{ status: 'ok', total: 7 }], collection: versions.slice(start, start + 3) } }
      },
      (options) => Array.fromAsync(biorxiv(options).archive.changed('biorxiv', '2026-09-20', '2026-09-24')),
    )
    expect(asked.map(({ path }) => path)).toEqual([
      '/details/biorxiv/2026-09-20/2026-09-24/0/json',
      '/details/biorxiv/2026-09-20/2026-09-24/3/json',
      '/details/biorxiv/2026-09-20/2026-09-24/6/json',
    ])
    expect(value.flatMap(({ records }) => records.map(({ announcement }) => announcement))).toEqual([
      ...Array.from({ length: 6 }, () => 'new'),
      'replace',
    ])
  })

  test('are asked for of servers and days alone', async () => {
    const { asked } = await answering(
      () => nothing,
      async (options) => {
        const { archive } = biorxiv(options)
        await Array.fromAsync(archive.changed('../works', '2026-09-20', '2026-09-24'))
        await Array.fromAsync(archive.changed('medrxiv', '..', '2026-09-24'))
        return Array.fromAsync(archive.changed('medrxiv', '2026-09-20', '2026-09-24'))
      },
    )
    expect(asked.map(({ path }) => path)).toEqual(['/details/medrxiv/2026-09-20/2026-09-24/0/json'])
  })
})

test.for([
  ['no collection', { json: { messages: [{ status: 'ok' }] } }],
  ['entries without DOIs', { json: { messages: [{ status: 'ok' }], collection: [{ title: 'x' }] } }],
  ['an error in words', { json: { messages: [{ status: 'Error: database' }], collection: [] } }],
  ['a page', { text: '<!doctype html>' }],
  ['an error', { status: 500, text: '' }],
] as const)('%s in a preprint’s place rejects', async ([, reply]) => {
  const asking = answering(
    () => reply,
    (options) => biorxiv(options).lookup.paper(id, never),
  )
  expect((await rejection(asking)).code).toBe('source')
})
