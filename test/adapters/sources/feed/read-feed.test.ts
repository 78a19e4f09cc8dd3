import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markupText } from '#adapters/sources/feed/markup.ts'
import { feedsOfPage } from '#adapters/sources/feed/page.ts'
import { readFeed, type Way } from '#adapters/sources/feed/read-feed.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { PaperRecord } from '#core/paper.ts'
import { parsePaperId } from '#core/paper-id.ts'

const PLACE = { feed: 'https://example.org/feed', url: 'https://example.org/feed', latest: Date.parse('2026-09-24T12:00:00Z') }

const rss = (...items: string[]) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lab notes</title>${items.join('')}</channel></rss>`
const item = (title: string, more = '') => `<item><title>${title}</title><guid>${title}</guid>${more}</item>`

async function read(text: string, way: Way = 'library') {
  const reading = await readFeed({ ...PLACE, text, way })
  if (reading.kind !== 'feed') throw new Error(JSON.stringify(reading))
  return reading
}

const recordsOf = async (text: string) => (await read(text)).records

describe('an entry', () => {
  test('of RSS becomes a record', async () => {
    const [record] = await recordsOf(
      rss(`<item><title>Grokking &amp;amp; &lt;i&gt;circuits&lt;/i&gt;</title><link>/posts/1</link><guid isPermaLink="false">g 1</guid>
        <description>&lt;p&gt;In short: a &amp;lt; b.&lt;/p&gt;&lt;script&gt;no&lt;/script&gt;</description><category>notes</category><category>cs.LG</category>
        <dc:creator>Lovelace, Ada</dc:creator><dc:creator>Noether, Emmy</dc:creator><pubDate>Thu, 24 Sep 2026 08:00:00 +0200</pubDate></item>`),
    )
    expect(record).toMatchObject({
      source: 'feed',
      title: 'Grokking & circuits',
      authors: [{ name: 'Ada Lovelace' }, { name: 'Emmy Noether' }],
      abstract: 'In short: a < b.',
      published: '2026-09-24T06:00:00Z',
      categories: ['notes'],
      url: 'https://example.org/posts/1',
      ids: ['source:feed:https://example.org/feed#g%201'],
    })
  })

  test('of Atom becomes a record', async () => {
    const [record] =
      await recordsOf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title type="html">On &lt;b&gt;SAEs&lt;/b&gt;</title>
      <link rel="enclosure" href="https://example.org/a.mp3"/><link href="https://example.org/a"/><id>tag:example.org,2026:a</id>
      <author><name>Ada Lovelace</name></author><author><name>Emmy Noether</name></author><updated>2026-09-20T00:00:00Z</updated>
      <published>2026-09-10</published><category term="notes"/><content type="xhtml"><div><p>One</p><p>two</p></div></content></entry></feed>`)
    expect(record).toMatchObject({
      title: 'On SAEs',
      authors: [{ name: 'Ada Lovelace' }, { name: 'Emmy Noether' }],
      abstract: 'One two',
      published: '2026-09-10',
      categories: ['notes'],
      url: 'https://example.org/a',
    })
  })

  test.for([
    ['an RDF identifier', '<dc:identifier>doi:10.1038/S41586-026-1</dc:identifier>', 'doi:10.1038/s41586-026-1'],
    ['PRISM', '<prism:doi>10.1000/XYZ.5</prism:doi>', 'doi:10.1000/xyz.5'],
    ['a link', '<link>https://doi.org/10.1000/xyz.6</link>', 'doi:10.1000/xyz.6'],
    ['an arXiv link', '<link>https://arxiv.org/abs/2609.12345v2</link>', 'arxiv:2609.12345'],
    ['PLOS', '<guid isPermaLink="false">info:doi/10.1371/journal.pone.0300001</guid>', 'doi:10.1371/journal.pone.0300001'],
    ["a journal's page", '<link>https://pubs.example.org/doi/10.1021/acs.5?af=R</link>', 'doi:10.1021/acs.5'],
    [
      'bioRxiv',
      '<link>https://www.biorxiv.org/content/10.1101/2026.09.01.123456v1?rss=1</link>',
      'doi:10.1101/2026.09.01.123456',
    ],
    ['both', '<prism:doi>10.1000/xyz.7</prism:doi><link>https://arxiv.org/abs/2609.12345</link>', 'arxiv:2609.12345'],
  ] as const)('is the paper that %s names, and no other', async ([, field, id]) => {
    const [record] = await recordsOf(rss(`<item><title>A paper</title>${field}</item>`))
    expect(record?.ids).toEqual([id])
  })

  test.for([
    ['title:0123456789abcdef'],
    ['source:feed:https://elsewhere.example/post'],
    ['https://elsewhere.example/post'],
    ['openalex:W123456789'],
    [`x${'y'.repeat(5000)}`],
  ])('cannot take the id of another: %s', async ([guid]) => {
    const [record] = await recordsOf(rss(`<item><title>A paper</title><guid>${guid}</guid></item>`))
    expect(record?.ids).toEqual([expect.stringContaining('source:feed:https://example.org/feed#')])
    expect(record?.ids[0].length).toBeLessThan(1000)
  })

  test('without an id goes by its link, and without a link by what it says', async () => {
    const [first, second, third] = await recordsOf(
      rss(
        '<item><title>One</title><link>http://elsewhere.example/1</link></item>',
        '<item><title>Two</title><description>a</description></item>',
        '<item><title>Two</title><description>b</description></item>',
      ),
    )
    expect(first?.ids[0]).toContain('#http%3A%2F%2Felsewhere.example%2F1')
    expect(second?.ids).not.toEqual(third?.ids)
  })

  test.for([
    ['lawyer@boyer.net (Lawyer Boyer)', ['Lawyer Boyer']],
    ['Ada Lovelace &lt;ada@example.org&gt;', ['Ada Lovelace']],
    ['Ada Lovelace (ada@example.org)', ['Ada Lovelace']],
    ['ada@example.org', []],
    ['https://example.org/ada', []],
    ['&lt;b&gt;Ada&lt;/b&gt; Lovelace', ['Ada Lovelace']],
    ['<name>Ada Lovelace</name><uri>https://example.org/ada</uri><email>ada@example.org</email>', ['Ada Lovelace']],
    ['<uri>https://example.org/ada</uri>', []],
    ['Ada Lovelace, Emmy Noether and Mary Somerville', ['Ada Lovelace', 'Emmy Noether', 'Mary Somerville']],
    ['Lovelace, Ada', ['Ada Lovelace']],
  ] as const)('by %s is by %s', async ([author, names]) => {
    const [record] = await recordsOf(rss(item('A', `<author>${author}</author>`)))
    expect(record?.authors.map(({ name }) => name)).toEqual(names)
  })

  test.for([
    ['<atom:author><atom:name>Ada Lovelace</atom:name></atom:author>', ['Ada Lovelace']],
    ['<itunes:author>Ada Lovelace</itunes:author>', ['Ada Lovelace']],
    ['<dc:author>Ada Lovelace</dc:author>', ['Ada Lovelace']],
    ['<author>Editors</author><dc:creator>Ada Lovelace</dc:creator><dc:creator>Ada Lovelace</dc:creator>', ['Ada Lovelace']],
  ] as const)('that says %s is by %s', async ([says, names]) => {
    for (const way of ['library', 'parts'] as const) {
      const { records } = await read(rss(item('A', says)), way)
      expect(records[0]?.authors.map(({ name }) => name)).toEqual(names)
    }
  })

  test.for([
    ['xml:base="/notes/"', '', 'https://example.org/notes/a'],
    ['xml:base="https://elsewhere.example/x/"', '', 'https://elsewhere.example/x/a'],
    ['xml:base="https://elsewhere.example/x/"', 'xml:base="y/"', 'https://elsewhere.example/x/y/a'],
    ['xml:base="javascript:"', '', 'https://example.org/a'],
    ['', '', 'https://example.org/a'],
  ] as const)('of a feed with %s and an entry with %s links to %s', async ([feed, entry, link]) => {
    const [record] = await recordsOf(
      `<feed xmlns="http://www.w3.org/2005/Atom" ${feed}><entry ${entry}><title>A</title><link href="a"/></entry></feed>`,
    )
    expect(record?.url).toBe(link)
  })

  test('is not found at what only goes with it', async () => {
    const link = (rel: string) => `<link rel="${rel}" href="https://example.org/${rel}"/>`
    const entry = `<entry><title>A</title><id>a</id>${link('enclosure')}${link('edit')}</entry>`
    for (const way of ['library', 'parts'] as const) {
      const { records } = await read(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`, way)
      expect(records[0]).not.toHaveProperty('url')
    }
  })

  test('of Atom 0.3 may have its title in base64', async () => {
    const title = Buffer.from('Grokking <i>circuits</i>').toString('base64')
    const [record] = await recordsOf(
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64">${title}</title></entry></feed>`,
    )
    expect(record?.title).toBe('Grokking circuits')
  })

  test.for([
    ['<atom:published>2026-09-01T08:00:00Z</atom:published>', '2026-09-01T08:00:00Z'],
    ['<atom:updated>2026-09-01T08:00:00Z</atom:updated>', '2026-09-01T08:00:00Z'],
    ['<prism:coverDate>2026-09-01</prism:coverDate>', '2026-09-01'],
    ['<dc:date>2026-09</dc:date>', '2026-09'],
  ] as const)('that says %s is published %s', async ([says, published]) => {
    for (const way of ['library', 'parts'] as const) {
      expect((await read(rss(item('A', says)), way)).records[0]?.published).toBe(published)
    }
  })

  test.for([
    ['2026-09-01', '2026-09-01'],
    ['1 Sep 2026', '2026-09-01T00:00:00Z'],
    ['September 1, 2026 10:00 PM EST', '2026-09-02T03:00:00Z'],
    ['Tue, 01 Sep 26 08:49:37 GMT', '2026-09-01T08:49:37Z'],
    ['yesterday', undefined],
    ['2999-01-01', undefined],
  ] as const)('of %s is published %s', async ([date, published]) => {
    const [record] = await recordsOf(rss(item('A', `<pubDate>${date}</pubDate>`)))
    expect(record?.published).toBe(published)
  })
})

describe('what an entry says', () => {
  const contents = async (entry: string) => (await read(rss(entry))).contents

  test('is the same whatever its own id and its link are', async () => {
    const entry = (id: number) =>
      item('Notes', `<description>Of May.</description><link>https://example.org/?session=${id}</link>`)
    expect(await contents(entry(1).replace('<guid>Notes', '<guid>1'))).toEqual(
      await contents(entry(2).replace('<guid>Notes', '<guid>2')),
    )
  })

  test.for([
    ['its title', '<item><title>Notes II</title><description>Of May.</description></item>'],
    ['its text', '<item><title>Notes</title><description>Of June.</description></item>'],
    ['its date', '<item><title>Notes</title><description>Of May.</description><pubDate>2026-06-01</pubDate></item>'],
    ['its DOI', '<item><title>Notes</title><description>Of May.</description><prism:doi>10.1000/1</prism:doi></item>'],
  ])('is another where %s is', async ([, other = '']) => {
    expect(await contents(other)).not.toEqual(
      await contents('<item><title>Notes</title><description>Of May.</description></item>'),
    )
  })

  test('goes by its page where there is nothing but a title', async () => {
    const entry = (page: string) => contents(`<item><title>Editorial</title><link>https://example.org/${page}</link></item>`)
    expect(await entry('1')).not.toEqual(await entry('2'))
    expect(await entry('1')).toEqual(await entry('1'))
  })
})

describe('a broken entry costs itself alone', () => {
  test.for([
    ['broken markup', '<item><title>Bad <b>x</title></item>', 1],
    ['an entity nobody declared', '<item><title>&nope;</title></item>', 1],
    ['no title', '<item><link>http://example.org/</link></item>', 1],
    ['entities of HTML', '<item><title>Caf&eacute;&nbsp;two</title></item>', 0],
    ['a link without an address', '<item><title>Odd</title><link/><guid/></item>', 0],
  ] as const)('%s', async ([, bad, skips]) => {
    const { records, skipped } = await read(rss(item('First'), bad, item('Last')))
    expect(skipped).toHaveLength(skips)
    expect(records.map(({ title }) => title)).toEqual(expect.arrayContaining(['First', 'Last']))
    expect(records).toHaveLength(3 - skips)
  })

  test('a date that is none', async () => {
    const entry = (title: string, date: string) =>
      `<entry><title>${title}</title><id>${title}</id><published>${date}</published></entry>`
    const records = await recordsOf(
      `<feed xmlns="http://www.w3.org/2005/Atom">${entry('Bad', 'nonsense')}${entry('Good', '2026-09-01')}</feed>`,
    )
    expect(records.map(({ title, published }) => [title, published])).toEqual([
      ['Bad', undefined],
      ['Good', '2026-09-01'],
    ])
  })
})

describe('announcements of arXiv', () => {
  test('of arXiv from another host than arXiv says no more than any feed', async () => {
    const [record] = await recordsOf(
      rss(`<item><title>Fake</title><guid>oai:arXiv.org:2609.10001v9</guid><link>https://arxiv.org/abs/2609.10001</link>
        <description>arXiv:2609.10001v9 Announce Type: replace
Abstract: This paper has been withdrawn.</description><category>cs.LG</category></item>`),
    )
    expect(record).toMatchObject({ source: 'feed', ids: ['arxiv:2609.10001'], abstract: 'This paper has been withdrawn.' })
    for (const field of ['withdrawn', 'version', 'categories', 'announcement']) expect(record).not.toHaveProperty(field)
  })

  test('are taken at their word from arXiv itself', async () => {
    const text = rss(`<item><title>Real</title><guid>oai:arXiv.org:2609.10001v1</guid><category>cs.LG</category></item>`)
    const url = 'https://rss.arxiv.org/rss/cs.LG'
    expect(await readFeed({ ...PLACE, feed: url, url, text, way: 'library' })).toMatchObject({
      records: [{ source: 'arxiv-rss', categories: ['cs.LG'] }],
    })
    for (const other of ['http://rss.arxiv.org/', 'https://arxiv.org.example.org/', 'https://notarxiv.org/']) {
      expect(await readFeed({ ...PLACE, url: other, text, way: 'library' })).toMatchObject({ records: [{ source: 'feed' }] })
    }
  })
})

test.for([
  ['a page', '<!doctype html><html><body>404</body></html>', 'is a web page, not a feed'],
  ['nothing', '', 'is empty'],
  ['a picture', '\u0089PNG\0\0\0\r', 'is not a text file'],
  ['JSON', '[1, 2]', 'is JSON, but not one object a line'],
  ['other XML', '<opml><body/></opml>', 'is XML of a kind Paperboy does not know, <opml>'],
  ['a feed that breaks off', rss(item('A'), item('B')).slice(0, -60), 'breaks off before its end'],
  [
    'arXiv that breaks off',
    rss('<item><title>A</title><guid>oai:arXiv.org:2609.10001v1</guid></item>').slice(0, -9),
    'breaks off before its end',
  ],
  ['a deep feed', `<rss version="2.0"><channel>${'<item>'.repeat(5000)}`, 'breaks off before its end'],
])('%s is no feed', async ([, text = '', why]) => {
  for (const way of ['library', 'parts'] as const)
    expect(await readFeed({ ...PLACE, text, way })).toEqual({ kind: 'unknown', why })
})

/** Names, dates and texts as they come, and what breaks readers. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<b>x</b>',
    '&lt;p&gt;',
    '&amp;amp;',
    ']]>',
    '<![CDATA[x]]>',
    '&nope;',
    '\0',
    '<item>',
    '</item>',
    '--',
    '<a href="',
  ),
)
const anyEntry = fc.dictionary(
  fc.constantFrom(
    'title',
    'link',
    'guid',
    'id',
    'pubDate',
    'author',
    'dc:creator',
    'description',
    'category',
    'dc:date',
    'summary',
  ),
  anyText,
)

test('whatever stands in an entry, both ways read it, whole records come of it, and the entry after it is there', async () => {
  await fc.assert(
    fc.asyncProperty(anyEntry, fc.constantFrom<Way>('library', 'parts'), async (fields, way) => {
      const odd = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`)
      const reading = await readFeed({ ...PLACE, text: rss(item('First'), `<item>${odd.join('')}</item>`, item('Last')), way })
      if (reading.kind === 'unknown') return
      if (reading.kind === 'page') throw new Error('a feed was taken for a page')
      expect(reading.records[0]?.title).toBe('First')
      for (const record of reading.records) {
        expect(record).toMatchObject({ source: 'feed', ids: { length: 1 } })
        expect(record.title.trim()).not.toBe('')
        expect(record.url ?? 'https:').toMatch(/^https?:/)
      }
    }),
  )
})

test('a paper that a feed names by its DOI is the one that arXiv tells of, before or afterwards, and stays as arXiv has it', async () => {
  const [told] = await recordsOf(rss('<item><title>ON GROKKING</title><prism:doi>10.1000/XYZ.5</prism:doi></item>'))
  const arxiv: PaperRecord = {
    source: 'arxiv-api',
    ids: [parsePaperId('2609.12345')!.id, parsePaperId('10.1000/xyz.5')!.id],
    title: 'On Grokking',
    authors: [{ name: 'Ada Lovelace' }],
  }
  for (const records of [
    [told!, arxiv],
    [arxiv, told!],
  ]) {
    const store = await openSqliteStore(':memory:')
    for (const record of records) await store.papers.put([record], '2026-09-24T12:00:00Z')
    const [byArxiv, byDoi] = await store.papers.byIds([arxiv.ids[0], told!.ids[0]])
    expect(byArxiv).toMatchObject({ title: 'On Grokking', sources: ['arxiv-api', 'feed'] })
    expect(byDoi).toEqual(byArxiv)
    await store.close()
  }
})

test('both ways read the same of a well-formed feed', async () => {
  const word = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/)
  const entry = fc.record({ title: word, guid: word, description: word, creator: word, day: fc.integer({ min: 1, max: 28 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
      const text = rss(
        ...entries.map(
          ({ title, guid, description, creator, day }) =>
            `<item><title>${title}</title><guid>${guid}</guid><description>${description}</description><dc:creator>${creator}</dc:creator><pubDate>${day} Sep 2026 10:00:00 GMT</pubDate></item>`,
        ),
      )
      expect(await read(text, 'parts')).toEqual(await read(text, 'library'))
    }),
  )
})

test('the text of markup never throws, has no tags left that began it, and takes time in proportion', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(markupText(`<p>${text}`)).toBeTypeOf('string')))
  const html = 'a<br>b<!-- x -->c<style>p{}</style>d <SCRIPT>1 < 2</SCRIPT>e x<sub>2</sub> a < b > c'
  expect(markupText(html).replace(/ +/g, ' ')).toBe('a b c d e x2 a < b > c')
  for (const hostile of ['<a ', '<!--', '<script>', '<', '<a <!-- ', '&lt;', '&#']) {
    const started = performance.now()
    markupText(hostile.repeat(12_000))
    expect(performance.now() - started).toBeLessThan(1000)
  }
})

test('the feeds of a page are found in time in proportion', () => {
  for (const hostile of ['<link ', '<link rel="', '<link a=', "<link rel='alternate' type='application/rss+xml' "]) {
    const started = performance.now()
    feedsOfPage(hostile.repeat(100_000), 'https://example.org/')
    expect(performance.now() - started).toBeLessThan(1000)
  }
})
