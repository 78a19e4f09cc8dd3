// Every feed of other projects' collections, read as a followed one is and compared entry by entry with what its sibling .json or
// the manifest states: titles, links, dates and authors, by both ways of reading. Skipped where there are no collections.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeText } from '#adapters/formats/decode.ts'
import { entryRecord } from '#adapters/sources/feed/entry.ts'
import { readEntries, readFeed } from '#adapters/sources/feed/read-feed.ts'
import { expectedEntries, type Told } from './feed-expectations.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'feeds')
const manifest = join(folder, 'MANIFEST.tsv')
const present = existsSync(manifest)
const DOCUMENT = /\.(?:xml|html|opml|json)$/
const FEED = /root=(?:rss|feed|RDF); items=(\d+)/
const UNTITLED = 'A title of its own'
const PLACE = { feed: 'https://example.org/feed', url: 'https://example.org/feed', latest: Date.parse('2026-11-22T09:00:00Z') }
/** Of all feeds that are well-formed XML. */
const ENOUGH = 0.98

const ESCAPED_TWICE = 'Tags that are escaped in XHTML are shown as tags by the letter of Atom; people read a title without them.'
const NO_ATOM_TITLE = 'Base64 is no title of Atom 1.0 (RFC 4287, 4.2.14), only of Atom 0.3.'
const SEVERAL_LINKS = 'RSS has one link an entry; where there are three, the first is taken here, and the last by gofeed.'

/** What is read otherwise than its collection says, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'gofeed/parser/atom/atom03_feed_entry_title_xhtml_escaped_markup.xml': ESCAPED_TWICE,
  'gofeed/parser/atom/atom10_feed_entry_title_xhtml_escaped_markup.xml': ESCAPED_TWICE,
  'gofeed/parser/atom/atom10_feed_entry_title_base64.xml': NO_ATOM_TITLE,
  'gofeed/parser/atom/atom10_feed_entry_title_base64_escaped_markup.xml': NO_ATOM_TITLE,
  'gofeed/parser/rss/rdf_item_links.xml': SEVERAL_LINKS,
  'gofeed/parser/rss/rss_channel_item_links.xml': SEVERAL_LINKS,
  'gofeed/translator/rss/feed_item_links_-_rss_channel_item_links.xml': SEVERAL_LINKS,
}

const files = (present ? readFileSync(manifest, 'utf8') : '').split('\n').flatMap((line) => {
  const [file = '', , , , , , facts = ''] = line.split('\t')
  return DOCUMENT.test(file) ? [{ file, facts, entries: FEED.exec(facts)?.[1] }] : []
})
const wellFormed = files.flatMap(({ entries, ...of }) => (entries === undefined ? [] : [{ ...of, entries: Number(entries) }]))

/** What is read of each entry; the untitled get a title, since nothing else would be shown of them. */
async function told(text: string, way: 'library' | 'parts'): Promise<Told[]> {
  const { entries } = await readEntries(text, way)
  return entries.map((entry) => {
    const record = entryRecord({ ...entry, title: entry.title ?? UNTITLED }, PLACE)
    return {
      title: record?.title === UNTITLED ? undefined : record?.title,
      link: record?.url,
      date: record?.published === undefined ? undefined : Date.parse(record.published),
      authors: record?.authors.map(({ name }) => name) ?? [],
    }
  })
}

describe.skipIf(!present)('feed collections', () => {
  test('are all there', () => {
    expect(wellFormed.length).toBeGreaterThan(500)
  })

  test('give each entry as a record or a skip, and nothing that is no feed ends in anything but words', async () => {
    const wrong: string[] = []
    for (const { file, entries } of files) {
      const bytes = readFileSync(join(folder, file))
      for (const way of ['library', 'parts'] as const) {
        const reading = await readFeed({ ...PLACE, text: decodeText(bytes), way })
        const found = reading.kind === 'feed' ? reading.records.length + reading.skipped.length : undefined
        if (entries !== undefined && found !== Number(entries)) wrong.push(`${file}: ${found} of ${entries} entries`)
      }
    }
    expect(wrong).toEqual([])
  })

  test.for(['library', 'parts'] as const)('are read as they say, by the way of %s', async (way) => {
    const wrong = new Map<string, string>()
    for (const { file, facts, entries } of wellFormed) {
      const expected = expectedEntries(join(folder, file), { facts, entries, base: PLACE.url })
      const found = await told(decodeText(readFileSync(join(folder, file))), way)
      const difference = differenceOf(found, expected)
      if (difference !== undefined) wrong.set(file, difference)
    }
    const share = 1 - wrong.size / wellFormed.length
    console.info(
      `${wellFormed.length - wrong.size} of ${wellFormed.length} feeds as they say (${(100 * share).toFixed(1)} %), by ${way}.`,
    )
    for (const [file, difference] of wrong) console.info(`${file}: ${difference}. ${EXCEPTIONS[file] ?? 'A new difference.'}`)
    expect([...wrong.keys()].toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted())
    expect(share).toBeGreaterThanOrEqual(ENOUGH)
  })
})

function differenceOf(found: readonly Told[], expected: readonly Partial<Told>[]): string | undefined {
  if (found.length !== expected.length) return `${found.length} entries, not ${expected.length}`
  for (const [at, wanted] of expected.entries()) {
    for (const name of Object.keys(wanted) as (keyof Told)[]) {
      const [is, should] = [JSON.stringify(found[at]?.[name]), JSON.stringify(wanted[name])]
      if (is !== should) return `entry ${at + 1}: ${name} is ${is}, not ${should}`
    }
  }
  return undefined
}

const biorxiv = join(folder, '..', 'biorxiv', 'rss_rdf_bioengineering_2019-11-29.rdf')

test.skipIf(!existsSync(biorxiv)).for(['library', 'parts'] as const)(
  "bioRxiv's feed gives papers by their DOI, by %s",
  async (way) => {
    const reading = await readFeed({ ...PLACE, text: decodeText(readFileSync(biorxiv)), way })
    expect(reading).toMatchObject({
      kind: 'feed',
      title: 'bioRxiv Subject Collection: Bioengineering',
      skipped: [],
      records: [
        {
          ids: ['doi:10.1101/857789'],
          authors: [{ name: 'D. Kukla' }, { name: 'A. Crampton' }, { name: 'D. Wood' }, { name: 'S. Khetani' }],
          published: '2019-11-29',
          url: 'http://biorxiv.org/cgi/content/short/857789v1?rss=1',
        },
      ],
    })
  },
)
