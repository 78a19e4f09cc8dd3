// Every recorded answer of arXiv, read and compared with the facts its manifest states; skipped where there are no recordings.
import { afterAll, describe, expect, test } from 'vitest'
import { readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import type { PaperRecord } from '#core/paper.ts'
import { present, type Recording, recorded, recordingsOf } from './recordings.ts'

const recordings = recordingsOf('arxiv-api', 'arxiv-rss', 'arxiv-oai', 'arxiv-docmeta')
/** Those that gave the facts which the manifest states. */
const right = new Set<string>()

async function read(file: string, bytes = recorded(file)) {
  const batches = await Array.fromAsync(readPapers([bytes]))
  return {
    records: batches.flatMap((batch) => batch.records),
    skips: batches.flatMap((batch) => batch.skips),
    envelope: batches.at(-1)?.envelope ?? {},
  }
}

const spaced = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim()
const arxivOf = (link: string | undefined) => /(?:abs\/|arXiv\.org:)(.+)$/.exec(link ?? '')?.[1]
const idOf = (record: PaperRecord | undefined) => record?.ids[0].replace('arxiv:', '')
const versioned = (record: PaperRecord | undefined) => record && `${idOf(record)}v${record.version}`
const counted = (records: readonly PaperRecord[], has: (record: PaperRecord) => unknown) => records.filter(has).length
const most = (numbers: readonly number[]) => Math.max(0, ...numbers)

/** What arXiv's own programs know of a paper, as far as it is asked for here. */
interface Metadata {
  readonly paper_id: string
  readonly version: number
  readonly title: string
  readonly authors: string
  readonly abstract: string
  readonly abs_categories: string
  readonly submitted_date: string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The same as OAI-PMH would give it. */
function asRecord({ paper_id, version, title, authors, abstract, abs_categories, submitted_date }: Metadata): string {
  const date = new Date(submitted_date).toUTCString()
  return `<record><header><identifier>oai:arXiv.org:${paper_id}</identifier></header><metadata><arXivRaw><id>${paper_id}</id>
<version version="v${version}"><date>${date}</date></version><title>${escaped(title)}</title><authors>${escaped(authors)}</authors>
<categories>${abs_categories}</categories><abstract>${escaped(abstract)}</abstract></arXivRaw></metadata></record>`
}

describe.skipIf(!present)('recorded answers', () => {
  test('are all there', () => {
    expect(recordings.length).toBeGreaterThanOrEqual(36)
  })

  afterAll(() => {
    for (const [kind, all] of Map.groupBy(recordings, ({ file }) => file.split('/', 1)[0])) {
      console.log(
        `${kind}: ${all.filter(({ file }) => right.has(file)).length} of ${all.length} files give what their manifest states.`,
      )
    }
  })

  const isError = ({ facts }: Recording) => facts.first_title === 'Error'
  const of = (kind: string) => recordings.filter(({ file }) => file.startsWith(`arxiv-${kind}/`) && !file.endsWith('.txt'))

  test.for(of('api').filter((recording) => !isError(recording)))('of the API are as $file says', async ({ file, facts }) => {
    const { records, skips, envelope } = await read(file)
    const [first] = records
    expect(skips).toEqual([])
    expect(envelope).toMatchObject({ total: Number(facts.total), start: Number(facts.start), perPage: Number(facts.perPage) })
    expect(records).toHaveLength(Number(facts.entries))
    if (first === undefined) {
      right.add(file)
      return
    }
    expect({
      first_id: versioned(first),
      last_id: versioned(records.at(-1)),
      title: first.title,
      published: first.published,
      updated: first.updated,
      authors: first.authors.length,
      primary: first.categories?.[0],
      categories: first.categories?.toSorted(),
    }).toEqual({
      first_id: arxivOf(facts.first_id),
      last_id: arxivOf(facts.last_id ?? facts.first_id),
      title: spaced(facts.first_title),
      published: facts.first_published,
      updated: facts.first_updated,
      authors: Number(facts.first_authors),
      primary: facts.first_primary,
      categories: facts.first_categories?.split(',').toSorted(),
    })
    expect({
      max_authors: most(records.map(({ authors }) => authors.length)),
      with_doi: counted(records, ({ doi }) => doi),
      with_comment: counted(records, ({ comment }) => comment),
      with_journal_ref: counted(records, ({ journalRef }) => journalRef),
      v2plus: counted(records, ({ version = 1 }) => version > 1),
      old_style_ids: counted(records, ({ ids }) => ids[0].includes('/')),
      multi_category: counted(records, ({ categories = [] }) => categories.length > 1),
      affiliations: records.flatMap(({ authors }) => authors.flatMap(({ affiliations = [] }) => affiliations)).length,
    }).toEqual(
      Object.fromEntries(
        [
          'max_authors',
          'with_doi',
          'with_comment',
          'with_journal_ref',
          'v2plus',
          'old_style_ids',
          'multi_category',
          'affiliations',
        ].map((name) => [name, Number(facts[name])]),
      ),
    )
    right.add(file)
  })

  test.for(of('api').filter(isError))('that are errors are no papers: $file', async ({ file }) => {
    const { records, skips, envelope } = await read(file)
    expect(records).toEqual([])
    expect(skips).toHaveLength(1)
    expect(envelope.error).toContain('incorrect id format')
    right.add(file)
  })

  test.for(recordings.filter(({ file }) => file.endsWith('.txt')))(
    'that refuse are no papers: $file',
    async ({ file, facts }) => {
      expect(recorded(file).toString()).toBe(facts.body)
      await expect(read(file)).rejects.toThrow(UnknownFormat)
      right.add(file)
    },
  )

  test.for(of('docmeta'))('of what arXiv knows itself are as $file says', async ({ file, facts }) => {
    const known = [JSON.parse(recorded(file).toString())].flat() as Metadata[]
    const list = `<ListRecords>${known.map(asRecord).join('')}</ListRecords>`
    const { records, skips } = await read(file, Buffer.from(`<OAI-PMH>${list}</OAI-PMH>`))
    const [first] = records
    expect(skips).toEqual([])
    expect({
      n: records.length,
      first_id: idOf(first),
      first_title: first?.title,
      authors_parsed: first?.authors.length,
      version: first?.version,
      primary: first?.categories?.[0],
    }).toEqual({
      n: Number(facts.n),
      first_id: facts.first_id,
      first_title: spaced(facts.first_title),
      authors_parsed: Number(facts.authors_parsed),
      version: Number(facts.version),
      primary: facts.primary,
    })
    right.add(file)
  })

  test.for(of('rss').filter(({ file }) => !file.endsWith('.rdf')))(
    'of the announcements are as $file says',
    async ({ file, facts }) => {
      const { records, skips, envelope } = await read(file)
      const [first] = records
      expect(skips).toEqual([])
      expect(envelope.title).toBe(facts.feed_title)
      expect(records).toHaveLength(Number(facts.entries ?? facts.items))
      const day = facts.channel_pubDate ?? facts.updated
      expect(day).toContain(envelope.day === undefined ? 'no day' : Number(envelope.day.slice(-2)).toString())
      if (first === undefined) {
        right.add(file)
        return
      }
      expect({
        first_id: versioned(first),
        last_id: versioned(records.at(-1)),
        title: first.title,
        creator: first.authors.map(({ name }) => name).join(', '),
        categories: first.categories?.join(','),
      }).toEqual({
        first_id: arxivOf(facts.first_id),
        last_id: arxivOf(facts.last_id),
        title: spaced(facts.first_title),
        creator: facts.first_creator,
        categories: facts.first_categories,
      })
      expect(first.abstract?.startsWith((facts.first_abstract_starts ?? '?').replace('…', ''))).toBe(true)
      expect({
        types: announcements(records),
        authors: most(records.map(({ authors }) => authors.length)),
        dois: counted(records, ({ doi }) => doi),
        journals: counted(records, ({ journalRef }) => journalRef),
      }).toEqual({
        types: facts.announce_types,
        authors: Number(facts['max_creators(split ", ")']),
        dois: Number(facts['with_arxiv:DOI']),
        journals: Number(facts.with_journal_reference),
      })
      right.add(file)
    },
  )

  test.for(of('rss').filter(({ file }) => file.endsWith('.rdf')))('in RDF are as $file says', async ({ file, facts }) => {
    const { records, skips, envelope } = await read(file)
    const [first] = records
    expect(skips).toEqual([])
    expect(envelope).toMatchObject({ title: facts.feed_title, day: facts.dc_date?.slice(0, 10) })
    expect(records).toHaveLength(Number(facts.items))
    const [, title, id] = /^(.*?)\.? \(arXiv:(\S+) \[/s.exec(facts.first_title ?? '') ?? []
    expect(versioned(first)).toBe(id)
    // The manifest's text lost the tab that stands for a lost backslash in one title.
    expect(first?.title.replace(/\s+/g, '')).toBe(title?.replace(/\s+/g, ''))
    expect([idOf(first), idOf(records.at(-1))]).toEqual([arxivOf(facts.first_about), arxivOf(facts.last_about)])
    expect(first?.authors.map(({ name }) => name).join(', ')).toBe(facts.first_creator_names)
    expect({
      et_al: counted(records, ({ authorsOmitted }) => authorsOmitted),
      authors: most(records.map(({ authors }) => authors.length)),
      without_creator: counted(records, ({ authors }) => authors.length === 0),
      without_description: counted(records, ({ abstract }) => abstract === undefined),
    }).toEqual({
      et_al: Number(facts.et_al_items),
      authors: Number(facts.max_anchor_authors),
      without_creator: Number(facts.items_without_creator),
      without_description: Number(facts.items_without_description),
    })
    const flags: Readonly<Record<string, string>> = { 'CROSS LISTED': 'cross', NEW: 'new', UPDATED: 'replace' }
    const expected = facts.flags?.split(',').map((flag) => flag.replace(/^[^:]+/, (name) => flags[name] ?? name))
    expect(announcements(records)).toBe(expected?.toSorted().join(','))
    right.add(file)
  })

  test.for(of('oai'))('of OAI-PMH are as $file says', async ({ file, facts }) => {
    const { records, skips, envelope } = await read(file)
    expect(skips).toEqual([])
    expect(envelope).toMatchObject({ total: Number(facts.completeListSize), resumptionToken: facts.resumptionToken })
    expect({
      records: records.length,
      first: [idOf(records[0]), records[0]?.title],
      last: idOf(records.at(-1)),
      multi_version: counted(records, ({ version = 1 }) => version > 1),
      max_versions: most(records.map(({ version = 1 }) => version)),
    }).toEqual({
      records: Number(facts.records),
      first: [facts.first_id, facts.first_title],
      last: facts.last_id,
      multi_version: Number(facts.multi_version),
      max_versions: Number(facts.max_versions),
    })
    expect(counted(records, ({ withdrawn }) => withdrawn)).toBe(Number(facts.withdrawn_mentions))
    for (const { published = '', updated = '' } of records) expect(updated >= published).toBe(true)
    for (const { authors } of records) {
      expect(authors.length).toBeGreaterThan(0)
      for (const { name } of authors) expect(name).not.toMatch(/[\\{}()$\d]|^and /)
    }
    right.add(file)
  })
})

function announcements(records: readonly PaperRecord[]): string {
  const counts = new Map<string, number>()
  for (const { announcement = 'none' } of records) counts.set(announcement, (counts.get(announcement) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => `${name}:${count}`)
    .toSorted()
    .join(',')
}
