// arXiv's API and archive on loopback for tests: papers and lists written as arXiv writes them, and what each request asked for.
import type { IncomingMessage } from 'node:http'

export interface Written {
  readonly id: string
  readonly version?: number
  readonly published?: string
  readonly authors?: readonly string[]
}

/** An answer of the API: the entries of this page, and how many it says there are. */
export function apiAnswer(papers: readonly Written[], total: number, start = 0): string {
  const entries = papers.map(
    ({ id, version = 1, published = '2026-09-20T10:00:00Z', authors = ['Ann Author'] }) =>
      `<entry><id>http://arxiv.org/abs/${id}v${version}</id><title>Paper ${id}</title><updated>${published}</updated>
<summary>In short.</summary><category term="cs.LG"/><published>${published}</published><arxiv:primary_category term="cs.LG"/>
${authors.map((name) => `<author><name>${name}</name></author>`).join('')}</entry>`,
  )
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-09-24T22:09:27Z</updated>
<opensearch:itemsPerPage>${papers.length}</opensearch:itemsPerPage><opensearch:totalResults>${total}</opensearch:totalResults>
<opensearch:startIndex>${start}</opensearch:startIndex>${entries.join('\n')}</feed>`
}

/** What the API answers instead of papers. */
export function apiError(summary: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><id>https://arxiv.org/</id>
<opensearch:totalResults>1</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex><entry>
<id>https://arxiv.org/api/errors#${summary.replaceAll(' ', '_')}</id><title>Error</title><summary>${summary}</summary></entry></feed>`
}

export interface Changed {
  readonly id: string
  /** When the archive's record changed: `2026-09-24`. */
  readonly day: string
  /** The versions' dates, as instants. */
  readonly versions: readonly string[]
  readonly categories?: string
  readonly comment?: string
  readonly sourceType?: string
  readonly isDeleted?: boolean
}

/** A page of OAI-PMH in the form arXivRaw. */
export function oaiPage(records: readonly Changed[], token?: string): string {
  return oai(`<ListRecords>${records.map(oaiRecord).join('\n')}
${token === undefined ? '' : `<resumptionToken expirationDate='2026-09-25T00:00:00Z'>${token}</resumptionToken>`}</ListRecords>`)
}

export function oaiError(code: string, text: string): string {
  return oai(`<error code='${code}'>${text}</error>`)
}

function oai(inner: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><responseDate>2026-09-24T11:10:55Z</responseDate>
<request verb='ListRecords'>https://oaipmh.arxiv.org/oai</request>${inner}</OAI-PMH>`
}

function oaiRecord({ id, day, versions, categories = 'cs.LG', comment, sourceType, isDeleted }: Changed): string {
  const header = `<identifier>oai:arXiv.org:${id}</identifier><datestamp>${day}</datestamp><setSpec>cs:cs:LG</setSpec>`
  if (isDeleted) return `<record><header status='deleted'>${header}</header></record>`
  const dates = versions.map(
    (instant, at) =>
      `<version version='v${at + 1}'><date>${mailDate(instant)}</date><size>9kb</size>${
        sourceType === undefined || at < versions.length - 1 ? '' : `<source_type>${sourceType}</source_type>`
      }</version>`,
  )
  return `<record><header>${header}</header><metadata><arXivRaw xmlns='http://arxiv.org/OAI/arXivRaw/'><id>${id}</id>
<submitter>A. One</submitter>${dates.join('')}<title>Paper ${id}</title><authors>A. One, B. Two</authors><categories>${categories}</categories>
${comment === undefined ? '' : `<comments>${comment}</comments>`}<abstract>In short.</abstract></arXivRaw></metadata></record>`
}

/** `Thu, 24 Sep 2026 10:00:00 GMT` */
function mailDate(instant: string): string {
  return new Date(instant).toUTCString()
}

/** What a request asks for. */
export function asked({ url = '' }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams)
}
