// What arXiv answers, written as it writes it: announcements by RSS, pages of its archive by OAI-PMH, answers of its API.
import { daysAfter } from '#core/announcement-days.ts'
import type { AnnouncedPaper } from './announced-papers.ts'

const ZONE = 'America/New_York'
const SIGNS = /[&<>"]/g
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A paper as a batch has it. */
export interface Announced {
  readonly paper: AnnouncedPaper
  readonly as: string
  readonly version: number
}

export function rss(category: string, day: string, announced: readonly Announced[]): string {
  const date = mailDate(day)
  const items = announced.map(({ paper, as, version }) => {
    const { id, title, authors, abstract, categories } = paper
    return `<item><title>${escaped(title)}</title><link>https://arxiv.org/abs/${id}</link>
<description>arXiv:${id}v${version} Announce Type: ${as}
Abstract: ${escaped(abstract)}</description><guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid>
${categories.map((name) => `<category>${name}</category>`).join('')}<pubDate>${date}</pubDate>
<arxiv:announce_type>${as}</arxiv:announce_type><dc:creator>${escaped(authors.join(', '))}</dc:creator></item>`
  })
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>${category} updates on arXiv.org</title><link>http://rss.arxiv.org/rss/${category}</link><lastBuildDate>${date}</lastBuildDate>
<pubDate>${date}</pubDate><skipDays><day>Sunday</day><day>Saturday</day></skipDays>${items.join('\n')}</channel></rss>`
}

/** `day`: when the record changed last; `versions`: as many as there were then. */
export function oaiPage(
  records: readonly { paper: AnnouncedPaper; day: string; versions: readonly string[] }[],
  token?: string,
): string {
  const written = records.map(({ paper: { id, title, authors, abstract, categories }, day, versions }) => {
    const dates = versions.map(
      (instant, at) => `<version version="v${at + 1}"><date>${new Date(instant).toUTCString()}</date></version>`,
    )
    return `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>${day}</datestamp></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id>${dates.join('')}<title>${escaped(title)}</title>
<authors>${escaped(authors.join(', '))}</authors><categories>${categories.join(' ')}</categories><comments>Read on ${day}</comments>
<abstract>${escaped(abstract)}</abstract></arXivRaw></metadata></record>`
  })
  return oai(`<ListRecords>${written.join('\n')}<resumptionToken>${token ?? ''}</resumptionToken></ListRecords>`)
}

export function noRecords(): string {
  return oai('<error code="noRecordsMatch">Nothing changed.</error>')
}

/** The page from `start` on of `total` papers. */
export function apiPage(papers: readonly AnnouncedPaper[], total: number, start: number): string {
  const entries = papers.map(
    ({ id, title, authors, abstract, categories, versions }) => `<entry><id>http://arxiv.org/abs/${id}v${versions.length}</id>
<title>${escaped(title)}</title><updated>${versions.at(-1)}</updated><published>${versions[0]}</published><summary>${escaped(abstract)}</summary>
<arxiv:primary_category term="${categories[0]}"/>${categories.map((term) => `<category term="${term}"/>`).join('')}
${authors.map((name) => `<author><name>${escaped(name)}</name></author>`).join('')}</entry>`,
  )
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title>arXiv Query</title><opensearch:totalResults>${total}</opensearch:totalResults><opensearch:startIndex>${start}</opensearch:startIndex>
<opensearch:itemsPerPage>${papers.length}</opensearch:itemsPerPage>${entries.join('\n')}</feed>`
}

function oai(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${inner}</OAI-PMH>`
}

/** Midnight of the day in New York, `Thu, 24 Sep 2026 00:00:00 -0400`. */
function mailDate(day: string): string {
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime(ZONE)
  const noon = new Date(`${daysAfter(day, 0)}T00:00:00Z`).toUTCString()
  return noon.replace('GMT', midnight.offset.replace(':', ''))
}

function escaped(text: string): string {
  return text.replace(SIGNS, (sign) => NAMES[sign] ?? sign)
}
