// How fast arXiv's answers become papers, its announcements by RSS and its API's Atom, against rss-parser on the same bytes.
import RssParser from 'rss-parser'
import { readPapers } from '#adapters/formats/read.ts'
import type { PaperRecord } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { corpus } from './corpus.ts'
import { type Figure, median } from './figure.ts'

const RUNS = 5
/** So that both are compiled. */
const WARM_UP = 10
const ANNOUNCED = 1000
const ANSWERED = 2000
/** What a chunk of an answer from the network holds at most. */
const CHUNK = 64 * 1024
const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const SPECIAL = /[&<>"]/g

/** The two take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  const papers = await corpus()
  const announcements = Buffer.from(announcementsOf(papers.slice(0, ANNOUNCED)))
  const answer = Buffer.from(answerOf(papers.slice(0, ANSWERED)))
  return [
    await compared(`${ANNOUNCED} announcements by RSS`, announcements, ANNOUNCED),
    await compared(`${ANSWERED} papers of the API`, answer, ANSWERED),
  ]
}

async function compared(metric: string, bytes: Buffer, count: number): Promise<Figure> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let turn = 0; turn < WARM_UP + RUNS; turn++) {
    const [mine, other] = [await seconds(() => countRecords(bytes), count), await seconds(() => countItems(bytes), count)]
    if (turn < WARM_UP) continue
    ours.push(mine)
    theirs.push(other)
  }
  const value = count / median(ours)
  return { bench: 'parse', metric, value, unit: '1/s', against: 'rss-parser', ratio: median(theirs) / median(ours) }
}

/** That the thread works, which other programs cannot slow. Rejects where not all of them were read. */
async function seconds(read: () => Promise<number>, count: number): Promise<number> {
  const began = process.threadCpuUsage()
  const found = await read()
  const { user, system } = process.threadCpuUsage(began)
  if (found !== count) throw new Error(`${found} of ${count} were read.`)
  return (user + system) / 1e6
}

async function countRecords(bytes: Buffer): Promise<number> {
  let count = 0
  for await (const { records } of readPapers(chunksOf(bytes))) count += records.length
  return count
}

function* chunksOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

async function countItems(bytes: Buffer): Promise<number> {
  return (await new RssParser().parseString(bytes.toString('utf8'))).items.length
}

/** As arXiv writes them: https://info.arxiv.org/help/rss_specifications.html */
function announcementsOf(papers: readonly PaperRecord[]): string {
  const items = papers.map(({ ids: [id], title, authors, abstract = '', categories = [] }) => {
    const key = displayId(id)
    return `    <item>
      <title>${escaped(title)}</title>
      <link>https://arxiv.org/abs/${key}</link>
      <description>arXiv:${key}v1 Announce Type: new 
Abstract: ${escaped(abstract)}</description>
      <guid isPermaLink="false">oai:arXiv.org:${key}v1</guid>
${categories.map((category) => `      <category>${category}</category>\n`).join('')}      <pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>
      <arxiv:announce_type>new</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>${escaped(authors.map(({ name }) => name).join(', '))}</dc:creator>
    </item>`
  })
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>cs.LG updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.LG</link>
    <pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>
${items.join('\n')}
  </channel>
</rss>
`
}

/** As the API writes it: https://info.arxiv.org/help/api/user-manual.html */
function answerOf(papers: readonly PaperRecord[]): string {
  const entries = papers.map(({ ids: [id], title, authors, abstract = '', published = '2026-09-24', categories = [] }) => {
    const key = displayId(id)
    const instant = `${published.slice(0, 10)}T17:59:59Z`
    return `  <entry>
    <id>http://arxiv.org/abs/${key}v1</id>
    <title>${escaped(title)}</title>
    <updated>${instant}</updated>
    <link href="https://arxiv.org/abs/${key}v1" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${key}v1" rel="related" type="application/pdf" title="pdf"/>
    <summary>${escaped(abstract)}</summary>
${categories.map((category) => `    <category term="${category}" scheme="http://arxiv.org/schemas/atom"/>\n`).join('')}    <published>${instant}</published>
    <arxiv:primary_category term="${categories[0] ?? 'cs.LG'}"/>
${authors.map(({ name }) => `    <author>\n      <name>${escaped(name)}</name>\n    </author>\n`).join('')}  </entry>`
  })
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/bench</id>
  <title>arXiv Query: search_query=all:bench</title>
  <updated>2026-09-24T22:09:27Z</updated>
  <opensearch:itemsPerPage>${papers.length}</opensearch:itemsPerPage>
  <opensearch:totalResults>${papers.length}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
${entries.join('\n')}
</feed>
`
}

/** In one line, as arXiv gives texts. */
function escaped(text: string): string {
  return text.replaceAll('\n', ' ').replace(SPECIAL, (sign) => ESCAPED[sign] ?? sign)
}
