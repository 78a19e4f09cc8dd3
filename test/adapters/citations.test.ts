import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCitations } from '#adapters/citations.ts'
import { readPapers } from '#adapters/formats/read.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

const citations = createCitations()

function aPaper(fields: Partial<Paper> = {}): Paper {
  return {
    number: 1,
    ids: ['arxiv:2303.13506' as PaperId],
    title: 'The Quantization Model of Neural Scaling',
    authors: [{ name: 'Eric J. Michaud' }, { name: 'Enric Boix-Adserà' }],
    published: '2023-03-23T17:58:43Z',
    categories: ['cs.LG'],
    origins: {},
    sources: ['sample'],
    firstSeen: '2026-01-01T00:00:00Z',
    ...fields,
  }
}

async function readBack(bibtex: string) {
  const batches = await Array.fromAsync(readPapers([Buffer.from(bibtex)]))
  return batches.flatMap(({ records }) => records)
}

test('writes a preprint in BibTeX as arXiv does', async () => {
  expect(await citations.format([aPaper()], 'bibtex')).toBe(`@misc{michaud2023quantization,
	author = {Michaud, Eric J. and Boix-Adserà, Enric},
	year = {2023},
	month = {3},
	publisher = {arXiv},
	title = {The {Quantization} {Model} of {Neural} {Scaling}},
	url = {https://arxiv.org/abs/2303.13506},
	eprint = {2303.13506},
	archiveprefix = {arXiv},
	primaryclass = {cs.LG},
}
`)
})

test('writes a published paper with its journal and DOI', async () => {
  const bibtex = await citations.format([aPaper({ journalRef: 'Entropy 22(12), 1429', doi: '10.3390/e22121429' })], 'bibtex')
  expect(bibtex).toContain('@article{')
  expect(bibtex).toContain('journal = {Entropy 22(12), 1429}')
  expect(bibtex).toContain('doi = {10.3390/e22121429}')
  expect(bibtex).not.toContain('howpublished')
})

test('keeps TeX in BibTeX titles, and turns it in the others', async () => {
  const paper = aPaper({ title: 'An $O(n^2)$ bound & 100% of R_x' })
  expect(await citations.format([paper], 'bibtex')).toContain('title = {An $O(n^2)$ bound \\& 100\\% of R\\_x},')
  expect(await citations.format([paper], 'ris')).toContain('TI  - An O(n²) bound & 100% of R_x')
  expect(JSON.parse(await citations.format([paper], 'csl'))[0].title).toBe('An O(n²) bound & 100% of R_x')
})

test('parts names for CSL-JSON and leaves collaborations whole', async () => {
  const authors = [{ name: 'Luc Van Gool' }, { name: 'Sammy Davis Jr.' }, { name: 'LHCb collaboration' }]
  const [entry] = JSON.parse(await citations.format([aPaper({ authors })], 'csl'))
  expect(entry.author).toEqual([
    { family: 'Van Gool', given: 'Luc' },
    { family: 'Davis', given: 'Sammy', suffix: 'Jr.' },
    { literal: 'LHCb collaboration' },
  ])
  expect(entry.issued).toEqual({ 'date-parts': [[2023, 3, 23]] })
})

test('tells entries of the same author, year and word apart', async () => {
  const papers = Array.from({ length: 28 }, (_, at) => aPaper({ number: at + 1 }))
  const keys = JSON.parse(await citations.format(papers, 'csl')).map((entry: { id: string }) => entry.id)
  expect(keys.slice(0, 3)).toEqual(['michaud2023quantization', 'michaud2023quantizationb', 'michaud2023quantizationc'])
  expect(new Set(keys).size).toBe(28)
  const ris = await citations.format(papers, 'ris')
  expect(new Set(ris.match(/^ID {2}- .*$/gm)).size).toBe(28)
})

test('says nothing of no papers, and an empty list in CSL-JSON', async () => {
  expect(await citations.format([], 'bibtex')).toBe('')
  expect(await citations.format([], 'ris')).toBe('')
  expect(await citations.format([], 'csl')).toBe('[]')
})

test('writes what is known where little is', async () => {
  const bare: Paper = {
    number: 1,
    ids: ['title:0123456789abcdef' as PaperId],
    title: '***',
    authors: [],
    origins: {},
    sources: ['feed'],
    firstSeen: '',
  }
  for (const format of ['bibtex', 'ris', 'csl'] as const) expect(await citations.format([bare], format)).toContain('paper')
})

test('writes BibTeX that is read back as the same papers, whatever is in a title', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), async (titles) => {
      const papers = titles.map((title, at) =>
        aPaper({ number: at + 1, title: `Paper ${title}`, ids: [`arxiv:2303.${10000 + at}` as PaperId] }),
      )
      const records = await readBack(await citations.format(papers, 'bibtex'))
      expect(records.map(({ ids }) => ids[0])).toEqual(papers.map(({ ids }) => ids[0]))
    }),
    { numRuns: 200 },
  )
})
