import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromRecord, type Merged, merge } from '#core/merge.ts'
import type { Author, PaperFields, PaperRecord, SourceName } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

const SOURCES: readonly SourceName[] = ['arxiv-api', 'arxiv-oai', 'arxiv-rss', 'openalex', 'ndjson', 'feed', 'sample']

function record(source: SourceName, fields: Partial<PaperRecord> = {}): PaperRecord {
  return { source, ids: ['arxiv:2303.13506' as PaperId], title: 'Quanta', authors: [{ name: 'Ada Lovelace' }], ...fields }
}

function merged(...records: PaperRecord[]): Merged {
  return records.map(fromRecord).reduce(merge)
}

const names = fc.array(
  fc
    .tuple(
      fc.constantFrom('Ada Lovelace', 'A. Lovelace', 'Emmy Noether', 'Paul Erdős', 'Paul Erdos'),
      fc.record(
        {
          orcid: fc.constantFrom('0000-0002-1825-0097', '0000-0001-5109-3700'),
          affiliations: fc.constantFrom(['MIT'], ['ETH Zürich', 'MIT']),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([name, known]) => ({ name, ...(known as Partial<Author>) })),
  { maxLength: 3 },
)
const words = (...choices: string[]) => fc.uniqueArray(fc.constantFrom(...choices), { maxLength: 3 })
const moments = fc.constantFrom('2024', '2024-03', '2024-03-15', '2024-03-15T10:00:00Z', '2023-12')
const optional = fc.record(
  {
    authorsOmitted: fc.constantFrom(0, 2),
    abstract: fc.constantFrom('short', 'long'),
    published: moments,
    updated: moments,
    version: fc.integer({ min: 1, max: 3 }),
    categories: words('cs.LG', 'stat.ML', 'cs.AI'),
    orgs: words('mit', 'berkeley', 'eth-zurich'),
    comment: fc.constantFrom('8 pages', '9 pages'),
    citations: fc.nat(3),
    score: fc.constantFrom(50, 85.2),
    rank: fc.constantFrom(1, 2),
    withdrawn: fc.boolean(),
  },
  { requiredKeys: [] },
)
const anyRecord: fc.Arbitrary<PaperRecord> = fc
  .tuple(
    fc.constantFrom(...SOURCES),
    fc.constantFrom('Quanta', 'Quanta of scaling'),
    names,
    optional,
    words('doi:10.1/a', 's2:b'),
  )
  .map(([source, title, authors, fields, ids]) => ({
    ...(fields as Partial<PaperFields>),
    source,
    title,
    authors,
    ids: ['arxiv:2303.13506', ...ids] as unknown as PaperRecord['ids'],
  }))
const anyMerged = fc.array(anyRecord, { minLength: 1, maxLength: 3 }).map((records) => merged(...records))

describe('merge is a join', () => {
  test('is commutative', () => {
    fc.assert(fc.property(anyMerged, anyMerged, (a, b) => void expect(merge(a, b)).toEqual(merge(b, a))))
  })

  test('is associative', () => {
    fc.assert(
      fc.property(
        anyMerged,
        anyMerged,
        anyMerged,
        (a, b, c) => void expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c))),
      ),
      { numRuns: 300 },
    )
  })

  test('is idempotent, and so is merging a record that is known already', () => {
    fc.assert(
      fc.property(anyMerged, anyRecord, (a, known) => {
        expect(merge(a, a)).toEqual(a)
        const once = merge(a, fromRecord(known))
        expect(merge(once, fromRecord(known))).toEqual(once)
      }),
    )
  })

  test('never loses an author, an id or a category', () => {
    fc.assert(
      fc.property(anyMerged, anyMerged, (a, b) => {
        const both = merge(a, b)
        const known = [a, b].filter(({ authors }) => authors.length > 0)
        const trusted = known.filter(({ origins }) => origins.authors !== 'feed')
        const lengths = (trusted.length > 0 ? trusted : known).map(({ authors }) => authors.length)
        expect(both.authors.length).toBe(Math.max(0, ...lengths))
        expect(both.ids).toEqual(expect.arrayContaining([...a.ids, ...b.ids]))
        expect(both.categories ?? []).toEqual(expect.arrayContaining([...(a.categories ?? []), ...(b.categories ?? [])]))
      }),
    )
  })

  test('survives being stored as JSON', () => {
    fc.assert(fc.property(anyMerged, (a) => void expect(JSON.parse(JSON.stringify(a))).toEqual(a)))
  })
})

describe('where each field comes from', () => {
  test('a single record is the origin of all it says, and of nothing else', () => {
    const { origins, revisions } = fromRecord(record('ndjson', { abstract: 'Short.' }))
    expect(origins).toEqual({ title: 'ndjson', authors: 'ndjson', abstract: 'ndjson' })
    expect(revisions).toBeUndefined()
  })

  test('the more trusted source gives the abstract, the other what only it knows', () => {
    const paper = merged(
      record('sample', { abstract: 'A summary.', rank: 3 }),
      record('arxiv-rss', { abstract: 'The abstract.' }),
      record('openalex', { abstract: 'Another.', orgs: ['mit'], citations: 12 }),
    )
    expect(paper).toMatchObject({ abstract: 'The abstract.', rank: 3, orgs: ['mit'], citations: 12 })
    expect(paper.origins).toMatchObject({ abstract: 'arxiv-rss', rank: 'sample', orgs: 'openalex', citations: 'openalex' })
    expect(paper.sources).toEqual(['arxiv-rss', 'openalex', 'sample'])
  })

  test('the latest version speaks for arXiv, whichever of its services announced it', () => {
    const api = record('arxiv-api', { version: 1, title: 'First title', abstract: 'First.' })
    const rss = record('arxiv-rss', { version: 2, title: 'Second title' })
    const late = record('arxiv-oai', { version: 1, title: 'First title, again', abstract: 'First, again.' })
    const paper = merged(api, rss, late)
    expect(paper).toMatchObject({ title: 'Second title', abstract: 'First.', version: 2 })
    expect(merge(paper, fromRecord(record('arxiv-api', { version: 2, abstract: 'Second.' })))).toMatchObject({
      abstract: 'Second.',
    })
  })

  test('a version that another source counts does not pass for arXiv’s', () => {
    expect(merged(record('arxiv-api', { version: 2 }), record('feed', { version: 9 }))).toMatchObject({ version: 2 })
  })
})

describe('authors', () => {
  const many = ['Ada Lovelace', 'Emmy Noether', 'Paul Erdős'].map((name) => ({ name }))

  test('a shorter list removes nobody, even from a more trusted source', () => {
    const paper = merged(record('bibtex', { authors: many }), record('arxiv-api', { authors: many.slice(0, 2) }))
    expect(paper.authors).toEqual(many)
    expect(paper.origins.authors).toBe('bibtex')
  })

  test('a feed says nothing that anybody else says, so that no stranger changes a paper', () => {
    const theirs = record('arxiv-rss', { authors: [{ name: 'Ada Lovelace' }], published: '2026-03-15', version: 1 })
    const names = Array.from({ length: 30 }, (_, at) => ({ name: `Nobody ${at}` }))
    const fields = { title: 'Buy', authors: names, published: '1999-01-01', version: 9, updated: '2999-01-01', citations: 9e9 }
    const paper = merged(record('feed', fields), { ...theirs, citations: 3, updated: '2026-03-16' })
    expect(paper).toMatchObject({
      authors: theirs.authors,
      published: '2026-03-15',
      version: 1,
      updated: '2026-03-16',
      citations: 3,
    })
    expect(paper.title).toBe(theirs.title)
  })

  test('a whole list replaces one that left some out, and takes the count of the others with it', () => {
    const cut = record('sample', { authors: many.slice(0, 1), authorsOmitted: 2 })
    expect(fromRecord(cut).authorsOmitted).toBe(2)
    const paper = merged(cut, record('bibtex', { authors: many }))
    expect(paper.authors).toEqual(many)
    expect(paper).not.toHaveProperty('authorsOmitted')
    expect(paper.origins).not.toHaveProperty('authorsOmitted')
  })

  test('of two whole lists of one length the more trusted wins', () => {
    const initials = [{ name: 'A. Lovelace' }]
    expect(merged(record('openalex', { authors: initials }), record('arxiv-rss')).authors).toEqual([{ name: 'Ada Lovelace' }])
  })
})

describe('who the authors are', () => {
  const ADA = '0000-0002-1825-0097'
  const EMMY = '0000-0001-5109-3700'
  const printed = ['Ada K. Lovelace', 'E. Noether', 'Paul Erdős'].map((name) => ({ name }))

  test('is put to the names of the list, whichever came first', () => {
    const known = [
      { name: 'Emmy Noether', orcid: EMMY, affiliations: ['Göttingen'] },
      { name: 'Ada K. Lovelace', orcid: ADA },
    ]
    const records = [record('arxiv-rss', { authors: printed }), record('openalex', { authors: known })]
    for (const order of [records, records.toReversed()]) {
      const paper = merged(...order)
      expect(paper.authors).toEqual([
        { name: 'Ada K. Lovelace', orcid: ADA },
        { name: 'E. Noether', orcid: EMMY, affiliations: ['Göttingen'] },
        { name: 'Paul Erdős' },
      ])
      expect(paper.origins).toMatchObject({ authors: 'arxiv-rss', people: 'openalex' })
    }
  })

  test('is said by the source that gives the most ORCIDs, and stays when a longer list comes', () => {
    const crossref = record('crossref', { authors: [{ name: 'Ada K. Lovelace', orcid: ADA }, { name: 'Emmy Noether' }] })
    const openalex = record('openalex', {
      authors: [
        { name: 'Ada Lovelace', orcid: EMMY },
        { name: 'Emmy Noether', orcid: ADA },
      ],
    })
    const both = merge(fromRecord(crossref), fromRecord(openalex))
    expect(both.authors).toEqual([
      { name: 'Ada K. Lovelace', orcid: EMMY },
      { name: 'Emmy Noether', orcid: ADA },
    ])
    const longer = merge(both, fromRecord(record('bibtex', { authors: printed })))
    expect(longer.authors.map(({ orcid }) => orcid)).toEqual([EMMY, ADA, undefined])
  })

  test('is nobody’s where two on the list may be meant, and goes by order for two of one name', () => {
    const openalex = (name: string) => record('openalex', { authors: [{ name, orcid: ADA }] })
    const wangs = (...names: string[]) => record('arxiv-api', { authors: names.map((name) => ({ name })) })
    expect(merged(wangs('Wei Wang', 'Wen Wang'), openalex('W. Wang')).authors).toEqual([
      { name: 'Wei Wang' },
      { name: 'Wen Wang' },
    ])
    expect(merged(wangs('Wei Wang', 'Wei Wang'), openalex('Wei Wang')).authors).toEqual([
      { name: 'Wei Wang', orcid: ADA },
      { name: 'Wei Wang' },
    ])
  })

  test('is not believed of a feed, which anybody may write', () => {
    const feed = record('feed', { authors: [{ name: 'Ada Lovelace', orcid: ADA }] })
    expect(merged(feed).authors).toEqual([{ name: 'Ada Lovelace', orcid: ADA }])
    expect(merged(feed, record('arxiv-rss')).authors).toEqual([{ name: 'Ada Lovelace' }])
  })

  test('costs nothing where one source says all of it', () => {
    const paper = fromRecord(record('openalex', { authors: [{ name: 'Ada Lovelace', orcid: ADA, affiliations: ['MIT'] }] }))
    expect(paper).not.toHaveProperty('people')
    expect(paper.origins).not.toHaveProperty('people')
    expect(merge(paper, paper)).toEqual(paper)
  })
})

describe('dates', () => {
  test('the earliest publication wins, and an exact day over its own month or year', () => {
    const published = (...dates: string[]) => merged(...dates.map((date) => record('feed', { published: date }))).published
    expect(published('2024-03-15', '2024-02')).toBe('2024-02')
    expect(published('2024', '2024-03-15')).toBe('2024-03-15')
    expect(published('2024-03-15', '2024-03-15T17:59:59Z', '2024-03')).toBe('2024-03-15T17:59:59Z')
    expect(published('2024', '2025-01-01')).toBe('2024')
  })

  test('the latest update wins', () => {
    const paper = merged(record('feed', { updated: '2024-05' }), record('arxiv-api', { updated: '2024-05-02' }))
    expect(paper.updated).toBe('2024-05-02')
  })
})

describe('what is united', () => {
  test('ids stand in the order of precedence', () => {
    const paper = merged(
      record('openalex', { ids: ['openalex:W12345', 'title:0123456789abcdef'] as unknown as PaperRecord['ids'] }),
      record('crossref', { ids: ['doi:10.1234/x'] as unknown as PaperRecord['ids'] }),
      record('arxiv-api'),
    )
    expect(paper.ids).toEqual(['arxiv:2303.13506', 'doi:10.1234/x', 'openalex:W12345', 'title:0123456789abcdef'])
  })

  test('the primary category of the most trusted source stays the first', () => {
    const paper = merged(
      record('openalex', { categories: ['cs.AI', 'cs.CL'] }),
      record('arxiv-rss', { categories: ['cs.LG', 'stat.ML'] }),
    )
    expect(paper.categories).toEqual(['cs.LG', 'cs.AI', 'cs.CL', 'stat.ML'])
  })
})
