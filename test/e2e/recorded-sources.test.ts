// Every recorded answer of OpenAlex, Semantic Scholar, Hugging Face, bioRxiv and Crossref, read and compared with the facts its
// manifest states. What a manifest says beyond what is compared here nobody asks for: pages and totals, since one page is all
// that is wanted, kinds of works, licences, and ids of other registries. Skipped where there are no recordings.
import { afterAll, describe, expect, test } from 'vitest'
import { readPapers } from '#adapters/formats/read.ts'
import { createHttpClient } from '#adapters/http/client.ts'
import { readPreprint } from '#adapters/sources/biorxiv/preprint.ts'
import { crossref } from '#adapters/sources/crossref/crossref.ts'
import { readWork as readDeposit } from '#adapters/sources/crossref/work.ts'
import { readPaper as readDaily } from '#adapters/sources/hugging-face/paper.ts'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import { readWork } from '#adapters/sources/openalex/work.ts'
import { readPaper } from '#adapters/sources/semantic-scholar/paper.ts'
import { semanticScholar } from '#adapters/sources/semantic-scholar/semantic-scholar.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import { type PaperId, parsePaperId } from '#core/paper-id.ts'
import type { Lookup } from '#core/ports/lookup.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { present, type Recording, recorded, recordingsOf } from './recordings.ts'

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON as it stands, looked into to know what a reader should have found.
type Json = any

/** What nobody reads, and why. */
const UNREAD: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^openalex\/pqa_work_(?:8eeb99|ae26cc)/, 'only two fields were asked for, and no title is among them'],
  [/^semantic-scholar\/(?:author-batch|author-search|paper-authors)_\d{4}-/, 'people come from OpenAlex, which has their ORCIDs'],
  [/^semantic-scholar\/snippet/, 'pieces of full texts are not shown'],
  [/^semantic-scholar\/paper-search-bulk_.*(?:4fc554|9e7f6f|5bf753|b89e24)/, 'only citations were asked for, without titles'],
  [/^semantic-scholar\/paper-batch_2024-12-21_0206fb/, 'only authors were asked for, without titles'],
  [/^crossref\/(?:zotero_unixref|rcr_cr_abstract).*\.xml$/, 'XML of what is read as JSON'],
  [/^crossref\/rcr_cr_cn_citeproc_json/, 'an agency, not a paper'],
]
const ERROR = /^\w+ [45]\d\d /

const all = recordingsOf('openalex', 'semantic-scholar', 'huggingface', 'biorxiv', 'crossref')
const unread = ({ file }: Recording) => UNREAD.find(([pattern]) => pattern.test(file))?.[1]
const isError = ({ http }: Recording) => ERROR.test(http)
const read = all.filter((recording) => !isError(recording) && unread(recording) === undefined)
const of = (folder: string, ...ends: readonly string[]) =>
  read.filter(({ file }) => file.startsWith(`${folder}/`) && ends.some((end) => file.endsWith(end)))

const json = (file: string): Json => JSON.parse(recorded(file).toString())
const spaced = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim()
const counted = <T>(values: readonly T[], has: (value: T) => unknown) => values.filter(has).length
const most = (numbers: readonly number[]) => Math.max(0, ...numbers)
const idOf = (text: unknown) => (typeof text === 'string' ? parsePaperId(text)?.id : undefined)

/** Files of each folder whose facts were all found. */
const found = new Map<string, string[]>()
const right = ({ file }: Recording) => {
  const folder = file.split('/', 1)[0] ?? ''
  found.set(folder, [...(found.get(folder) ?? []), file])
}

afterAll(() => {
  for (const [folder, recordings] of Map.groupBy(all, ({ file }) => file.split('/', 1)[0] ?? '')) {
    const left = recordings.filter((recording) => unread(recording) !== undefined)
    const wanted = recordings.length - left.length
    console.log(`${folder}: ${found.get(folder)?.length ?? 0} of ${wanted}, ${left.length} not read on purpose`)
  }
})

describe.skipIf(!present)('recorded answers of other sources', () => {
  test('are all there, and what is not read has its reason', () => {
    expect(all.length).toBeGreaterThanOrEqual(171)
    expect(new Set(all.map(unread))).toEqual(new Set([undefined, ...UNREAD.map(([, why]) => why)]))
  })

  test.for(of('openalex', '.json'))('of OpenAlex are as $file says', (recording) => {
    const { facts } = recording
    const answer = json(recording.file)
    const records = (answer.results ?? [answer]).map(readWork) as PaperRecord[]
    const [first] = records
    expect({
      n: records.length,
      first_title: first?.title,
      first_authors: first?.authors.length,
      max_authors: most(records.map(({ authors }) => authors.length)),
      abstract_null: counted(records, ({ abstract }) => abstract === undefined),
      doi_null: counted(records, ({ ids }) => ids.every((id) => id.startsWith('openalex:'))),
    }).toEqual({
      n: Number(facts.n),
      first_title: facts.first_title,
      first_authors: Number(facts.first_authors),
      max_authors: Number(facts.max_authors),
      abstract_null: Number(facts.abstract_null),
      doi_null: Number(facts.doi_null),
    })
    expect(first?.ids).toContain(idOf(facts.first_id))
    if (facts.first_doi !== undefined) expect(first?.ids).toContain(idOf(facts.first_doi))
    // A first of January stands where the month is not known.
    expect(first?.published).toBe(facts.first_date?.replace(/-01-01$/, ''))
    if (facts.first_abstract === 'null') expect(first?.abstract).toBeUndefined()
    else expect(first?.abstract).toContain(facts.first_abstract?.replace(/^Abstract /, '').replace('…', ''))
    for (const { authors } of records) for (const { openAlex } of authors) expect(openAlex).toMatch(/^A\d+$/)
    right(recording)
  })

  test.for(of('semantic-scholar', '.json'))('of Semantic Scholar are as $file says', (recording) => {
    const { facts } = recording
    const answer = json(recording.file)
    const list: Json[] = listOf(answer)
    const papers = list.filter((paper) => paper !== null)
    const records = papers.map(readPaper) as PaperRecord[]
    const [first] = records
    const [raw] = papers
    expect(list).toHaveLength(Number(facts.n ?? facts.papers ?? ('total' in facts ? 0 : 1)))
    expect(list.length - papers.length).toBe(Number(facts.nulls ?? 0))
    expect(counted(records, (record) => record === undefined)).toBe(counted(papers, ({ title }) => !/\p{L}/u.test(title ?? '')))
    const known = records.filter((record) => record !== undefined)
    if (facts.abstract_null !== undefined) {
      expect(counted(known, ({ abstract }) => abstract === undefined)).toBe(Number(facts.abstract_null))
    }
    if (facts.with_ArXiv_id !== undefined) {
      expect(counted(known, ({ ids }) => ids[0].startsWith('arxiv:'))).toBe(Number(facts.with_ArXiv_id))
    }
    if (facts.paperId_null !== undefined) {
      expect(counted(known, ({ ids }) => !ids.some((id) => id.startsWith('s2:')))).toBe(Number(facts.paperId_null))
    }
    if (facts.publicationDate_null !== undefined) {
      const dated = counted(known, ({ published = '' }) => published.length === 10)
      const onFirst = counted(papers, ({ publicationDate }) => publicationDate?.endsWith('-01-01'))
      expect(dated + onFirst).toBe(papers.length - Number(facts.publicationDate_null))
    }
    if (first !== undefined && facts.papers === undefined) {
      const title = facts.first_title ?? facts.title
      const paperId = facts.first_paperId ?? facts.paperId
      const authors = facts.first_authors ?? facts.authors
      const ids = JSON.parse(facts.first_externalIds ?? facts.externalIds ?? '{}')
      if (title !== undefined) expect(first.title).toBe(spaced(title))
      if (paperId !== undefined) expect(first.ids).toContain(`s2:${paperId}`)
      if (authors !== undefined) expect(first.authors).toHaveLength(Number(authors))
      if (ids.DOI !== undefined) expect(first.ids).toContain(idOf(ids.DOI))
      if (ids.ArXiv !== undefined) expect(first.ids).toContain(idOf(ids.ArXiv))
      expect(first.citations).toBe(raw.citationCount)
      if (facts.year !== undefined) expect(first.published?.slice(0, 4)).toBe(facts.publicationDate?.slice(0, 4) ?? facts.year)
    }
    right(recording)
  })

  test.for(of('huggingface', '.json'))('of Hugging Face are as $file says', (recording) => {
    const { facts } = recording
    const entries: Json[] = json(recording.file)
    const records = entries.map(({ paper }) => readDaily(paper)) as PaperRecord[]
    const [first] = records
    expect({
      n: records.length,
      first: [first?.ids[0], first?.title, first?.upvotes, first?.authors.length, first?.published],
      last_id: records.at(-1)?.ids[0],
      max_upvotes: most(records.map(({ upvotes = 0 }) => upvotes)),
      code: counted(records, ({ code }) => code),
      summaries: counted(records, ({ tldr }) => tldr),
      organisations: counted(records, ({ orgs }) => orgs),
    }).toEqual({
      n: Number(facts.n),
      first: [
        `arxiv:${facts.first_id}`,
        facts.first_title,
        Number(facts.first_upvotes),
        Number(facts.first_authors),
        facts['first_paper.publishedAt']?.slice(0, 10),
      ],
      last_id: `arxiv:${facts.last_id}`,
      max_upvotes: Number(facts.max_upvotes),
      code: 8,
      summaries: 15,
      organisations: 9,
    })
    right(recording)
  })

  test.for(of('biorxiv', 'json'))('of bioRxiv are as $file says', (recording) => {
    const { facts } = recording
    const text = recorded(recording.file).toString().trim()
    const versions: Json[] = recording.file.endsWith('.ndjson')
      ? text.split('\n').map((line) => JSON.parse(line))
      : [JSON.parse(text)]
    const records = versions.map((version) => readPreprint([version])) as PaperRecord[]
    const [first] = records
    const version = Number(facts.first_version)
    expect({
      n: records.length,
      title: first?.title,
      date: version === 1 ? first?.published : first?.updated,
      version: first?.version,
      category: first?.categories,
      authors: first?.authors.length,
      published_NA: counted(records, ({ doi }) => /^10\.(?:1101|64898)\//.test(doi ?? '')),
    }).toEqual({
      n: Number(facts.n),
      title: facts.first_title,
      date: facts.first_date,
      version,
      category: [facts.first_category],
      authors: Number(facts['first_authors(split ;)']),
      published_NA: Number(facts.published_NA),
    })
    expect(first?.ids).toContain(idOf(facts.first_doi))
    if (facts.first_published !== 'NA') expect([first?.doi, ...(first?.ids ?? [])]).toContain(facts.first_published)
    for (const { abstract, title } of records) expect(`${title} ${abstract}`).not.toMatch(/[OC]_[A-Z]|\{[a-z]+\}/)
    right(recording)
  })

  test.for(of('biorxiv', '.rdf'))('of bioRxiv’s own feed are as $file says', async (recording) => {
    const { facts } = recording
    const { records } = await papersOf(recorded(recording.file))
    expect(records).toMatchObject([{ title: facts.first_title, ids: [idOf(facts.dc_identifier)], published: facts.dc_date }])
    expect(records[0]?.authors.map(({ name }) => name)).toEqual(['D. Kukla', 'A. Crampton', 'D. Wood', 'S. Khetani'])
    right(recording)
  })

  test.for(of('crossref', '.json'))('of Crossref are as $file says', (recording) => {
    const { facts } = recording
    const answer = json(recording.file)
    const message = answer.message ?? answer
    const works: Json[] = message.items ?? [message]
    const pairs = works.map((work) => ({ work, record: readDeposit(work) }))
    const records = pairs.flatMap(({ record }) => record ?? [])
    // What has no title, and what is a part or a series of papers, is none.
    const left = pairs.filter(({ record }) => record === undefined).map(({ work }) => work)
    for (const { title, type } of left) {
      const isSeries = ['component', 'journal', 'journal-issue', 'book-series'].includes(type)
      expect(isSeries || !/\p{L}/u.test(title?.[0] ?? '')).toBe(true)
    }
    expect({
      n: works.length,
      no_title: counted(left, ({ title }) => !title?.length),
      no_author: counted(records, ({ authors }) => authors.length === 0) + counted(left, ({ author }) => !author?.length),
      with_abstract: counted(records, ({ abstract }) => abstract) + counted(left, ({ abstract }) => abstract),
      max_authors: most([...records.map(({ authors }) => authors.length), ...left.map(({ author }) => author?.length ?? 0)]),
    }).toEqual({
      n: Number(facts.n ?? 1),
      no_title: Number(facts.no_title ?? 0),
      no_author: Number(facts.no_author ?? 0),
      with_abstract: Number(facts.with_abstract ?? 0),
      max_authors: Number(facts.max_authors ?? 0),
    })
    const first = pairs[0]?.record
    if (first !== undefined) {
      expect(first.ids).toContain(idOf(facts.first_DOI))
      expect(first.title).toBe(facts.first_title)
      expect(first.authors).toHaveLength(Number(facts.first_authors ?? 0))
      const issued = JSON.parse(facts.first_issued ?? '[[null]]')[0].filter((part: unknown) => part !== null)
      const date = issued.map((part: number) => String(part).padStart(2, '0')).join('-')
      if (date !== '') expect(first.published).toBe(date)
    }
    for (const { title, abstract } of records) expect(`${title} ${abstract}`).not.toMatch(/<\/?(?:jats|[a-z]+>)|&amp;|\n/)
    right(recording)
  })

  test.for(of('crossref', '.bib'))('of Crossref as BibTeX are as $file says', async (recording) => {
    const { records } = await papersOf(recorded(recording.file))
    expect(records).toHaveLength(1)
    expect(recording.said.replaceAll(/[{}]/g, '')).toContain(`title=${records[0]?.title?.slice(0, 60)}`)
    right(recording)
  })

  test.for(all.filter((recording) => isError(recording)))('that are errors are no papers: $file', async (recording) => {
    const { file, http } = recording
    const status = Number(http.split(' ')[1])
    await using server = await aServer((_, response) => response.writeHead(status).end(recorded(file)))
    const options = { baseUrl: server.url, http: createHttpClient(aTimer()) }
    const [lookup, id]: [Lookup, PaperId] = file.startsWith('crossref/')
      ? [crossref(options).lookup, 'doi:10.1000/1' as PaperId]
      : file.startsWith('openalex/')
        ? [openAlex(options).lookup, 'doi:10.1000/1' as PaperId]
        : [semanticScholar(options).lookup, 'doi:10.1000/1' as PaperId]
    const answer = await lookup.paper(id, AbortSignal.timeout(5000)).catch((error: unknown) => error)
    const isSingle = !file.startsWith('semantic-scholar/')
    if (status === 404 && isSingle) expect(answer).toEqual([])
    else expect(answer).toBeInstanceOf(SourceError)
    right(recording)
  })
})

function listOf(answer: Json): Json[] {
  if (Array.isArray(answer)) return answer
  const list = answer.data ?? answer.recommendedPapers ?? answer.papers
  if (list === undefined) return 'total' in answer ? [] : [answer]
  return list.map((entry: Json) => entry?.citedPaper ?? entry?.citingPaper ?? entry)
}

async function papersOf(bytes: Uint8Array): Promise<{ records: PaperRecord[] }> {
  const batches = await Array.fromAsync(readPapers([bytes]))
  return { records: batches.flatMap(({ records }) => records) }
}
