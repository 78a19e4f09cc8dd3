// A paper's id: every notation people and sources use, parsed into one canonical text.
import { familyKey } from '#core/author-name.ts'
import { fnv1a } from '#core/text/fnv1a.ts'
import { fold } from '#core/text/fold.ts'

declare const brand: unique symbol

/**
 * Canonical: `arxiv:2303.13506`, `arxiv:hep-th/9901001`, `doi:10.3390/e22121429` (lower case), `openalex:W123`,
 * `s2:<sha>`, `source:<name>:<key>`, `title:<hash>`. Never carries a version.
 */
export type PaperId = string & { readonly [brand]: true }

export interface ParsedId {
  readonly id: PaperId
  readonly version?: number
}

const LONGEST = 2000
const NEW_ARXIV = /^(\d\d)(\d\d)\.(\d{4,5})(?:v([1-9]\d{0,3}))?$/i
const OLD_ARXIV = /^([a-z-]+)(?:\.[a-z]{2}|\.[a-z]{2,4}-[a-z]{2,3})?\/(\d\d)(\d\d)(\d{3})(?:v([1-9]\d{0,3}))?$/i
const LENIENT_ARXIV = /^([a-z][a-z.-]*\/\d+|\d{4}\.\d+)(?:v([1-9]\d{0,3}))?$/i
const ARXIV_PREFIX = /^(?:oai:arxiv\.org:|arxiv:)\s*/i
const ARXIV_DOI = /^10\.48550\/arxiv\./i
const ARXIV_HOST = /^(?:[a-z0-9-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org$/
const HUGGING_FACE_HOST = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/
const ARXIV_PATH = /^(?:abs|pdf|html|format|e-print|src|ps|papers|overview)\/(.+)$/
const QUERY_OR_FRAGMENT = /[?#]/
const LINK = /^(?:https?:)?(?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?\/(\S*)$/i
const DOI_PREFIX = /^doi:\s*/i
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/
const DOI_HOST = /^(?:dx\.|www\.)?doi\.org$/
const DOI_IN_PATH = /(?:^|\/)(10\.\d{4,9}\/.+)$/
const DOI_PAGE = /(?:\.full|\.abstract)?(?:\.pdf|\.html?)?(?:\/(?:full|abstract|pdf|html|meta))?$/
const BIORXIV_VERSION = /^(10\.(?:1101|64898)\/.*\d)v(\d{1,3})(?:\.\D.*)?$/
const OPEN_ALEX = /^(?:openalex:|W(?=\d{5}))W?(\d+)$/i
const OPEN_ALEX_PATH = /^(?:works\/)?W(\d+)$/i
const S2 = /^(?:s2:)?([0-9a-f]{40})$/i
const S2_PATH = /^paper\/(?:[^/]*\/)?([0-9a-f]{40})$/i
const OPEN_REVIEW_HOST = /^(?:www\.)?openreview\.net$/
const OPEN_REVIEW_PAGE = /^(?:forum|pdf|attachment)\?(?:[^#]*&)?id=([\w-]{4,40})(?:[&#]|$)/
const OTHER_CANONICAL = /^(?:source:[^:\s]+:\S|title:[0-9a-f]{16}$)/
const HTTP = /^https?:\/\/\S+$/
const NOT_WORD = /[^\p{L}\p{N}]+/gu

/** The archives of arXiv's old ids, 1991 to March 2007. */
const OLD_ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga funct-an ' +
    'gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio ' +
    'quant-ph solv-int supr-con'
  ).split(' '),
)

const PAIRS: Readonly<Record<string, string>> = {
  '<': '>',
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '`': '`',
}
const OPENINGS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
const KINDS = ['arxiv', 'doi', 'openalex', 's2', 'source', 'title']

/**
 * Reads an id in any notation: bare, prefixed, as a link, in quotes or with the punctuation of the sentence around it.
 * Undefined where the text is none: it may be a title then. Never throws; linear in the text's length.
 * arXiv's notations: https://info.arxiv.org/help/arxiv_identifier.html
 */
export function parsePaperId(text: string): ParsedId | undefined {
  if (text.length > LONGEST) return undefined
  const bare = unwrap(text)
  return parseArxiv(bare) ?? parseDoi(bare.replace(DOI_PREFIX, '')) ?? parseOther(bare) ?? parseLink(bare)
}

/**
 * For readers whose source says that the text is an arXiv id: takes what parsePaperId takes, and ids arXiv itself
 * would not give (`0811.36489`), which exist in the wild.
 */
export function arxivId(text: string): ParsedId | undefined {
  const strict = parsePaperId(text)
  if (strict?.id.startsWith('arxiv:')) return strict
  const [, id, version] = LENIENT_ARXIV.exec(unwrap(text.slice(0, LONGEST)).replace(ARXIV_PREFIX, '')) ?? []
  return id === undefined ? undefined : parsed(`arxiv:${id.toLowerCase()}`, version)
}

/** The last resort: papers without any id are the same where title, first author's family name and year are. */
export function titleId(title: string, firstAuthor: string, year: number | undefined): PaperId {
  const words = fold(title).replace(NOT_WORD, ' ').trim()
  return `title:${fnv1a(`${words}|${familyKey(firstAuthor)}|${year ?? ''}`)}` as PaperId
}

/** A source's own key for a paper, where it has no better id. */
export function sourceId(source: string, key: string): PaperId {
  return `source:${source}:${key.trim()}` as PaperId
}

/** As people write it: `2303.13506`, `10.3390/e22121429`, `W123`. */
export function displayId(id: PaperId): string {
  const key = id.slice(id.indexOf(':') + 1)
  return id.startsWith('source:') ? key.slice(key.indexOf(':') + 1) : key
}

/** The page of the paper this id names, where there is one. */
export function idUrl(id: PaperId): string | undefined {
  const key = displayId(id)
  switch (id.slice(0, id.indexOf(':'))) {
    case 'arxiv':
      return `https://arxiv.org/abs/${key}`
    case 'doi':
      return `https://doi.org/${encodeURI(key.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23')}`
    case 'openalex':
      return `https://openalex.org/${key}`
    case 's2':
      return `https://www.semanticscholar.org/paper/${key}`
    default:
      return HTTP.test(key) ? key : undefined
  }
}

/** Orders ids by precedence: arXiv, DOI, the sources' own, title; within a kind by text. */
export function compareIds(a: PaperId, b: PaperId): number {
  return kindRank(a) - kindRank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function kindRank(id: PaperId): number {
  return KINDS.indexOf(id.slice(0, id.indexOf(':')))
}

function parsed(id: string, version?: string): ParsedId {
  return version === undefined ? { id: id as PaperId } : { id: id as PaperId, version: Number(version) }
}

function parseArxiv(text: string): ParsedId | undefined {
  const bare = text.replace(ARXIV_PREFIX, '').replace(ARXIV_DOI, '')
  const [, year = '', month = '', number = '', version] = NEW_ARXIV.exec(bare) ?? []
  if (number !== '') {
    const day = `${year}${month}`
    const digits = day >= '1501' ? 5 : 4
    return isMonth(month) && day >= '0704' && year <= '90' && number.length === digits
      ? parsed(`arxiv:${day}.${number}`, version)
      : undefined
  }
  const [, archive = '', oldYear = '', oldMonth = '', serial, oldVersion] = OLD_ARXIV.exec(bare) ?? []
  const isOld = oldYear >= '91' || `${oldYear}${oldMonth}` <= '0703'
  if (serial === undefined || !isOld || !isMonth(oldMonth) || !OLD_ARCHIVES.has(archive.toLowerCase())) return undefined
  return parsed(`arxiv:${archive.toLowerCase()}/${oldYear}${oldMonth}${serial}`, oldVersion)
}

function isMonth(month: string): boolean {
  return month >= '01' && month <= '12'
}

function parseDoi(text: string): ParsedId | undefined {
  const doi = text.includes('/') ? text : decode(text)
  if (!DOI.test(doi)) return undefined
  if (ARXIV_DOI.test(doi)) return parseArxiv(doi)
  const [, unversioned, version] = BIORXIV_VERSION.exec(doi) ?? []
  return parsed(`doi:${(unversioned ?? doi).toLowerCase()}`, version)
}

function parseOther(text: string): ParsedId | undefined {
  const work = OPEN_ALEX.exec(text)
  if (work !== null) return parsed(`openalex:W${work[1]}`)
  const sha = S2.exec(text)?.[1]
  if (sha !== undefined) return parsed(`s2:${sha.toLowerCase()}`)
  return OTHER_CANONICAL.test(text) ? parsed(text) : undefined
}

function parseLink(text: string): ParsedId | undefined {
  const [, host = '', rest = ''] = LINK.exec(text) ?? []
  const path = decode(rest.split(QUERY_OR_FRAGMENT, 1)[0] ?? '')
  const site = host.toLowerCase()
  if (ARXIV_HOST.test(site) || HUGGING_FACE_HOST.test(site)) {
    const id = ARXIV_PATH.exec(path)?.[1]
    return id === undefined ? undefined : parseArxiv(withoutEnd(withoutEnd(id, '/'), '.pdf'))
  }
  if (DOI_HOST.test(site)) return parseDoi(path)
  // OpenReview's papers are known by their pages, as its feeds name them.
  const forum = OPEN_REVIEW_HOST.test(site) ? OPEN_REVIEW_PAGE.exec(rest)?.[1] : undefined
  if (forum !== undefined) return parsed(`source:feed:https://openreview.net/forum?id=${forum}`)
  if (site.endsWith('openalex.org')) return parseOther(`openalex:${OPEN_ALEX_PATH.exec(path)?.[1] ?? ''}`)
  if (site.endsWith('semanticscholar.org')) return parseOther(S2_PATH.exec(path)?.[1] ?? '')
  const doi = DOI_IN_PATH.exec(path)?.[1]
  return doi === undefined ? undefined : parseDoi(doi.replace(DOI_PAGE, ''))
}

/** Takes away what surrounds an id in running text: pairs of brackets or quotes, closing punctuation. */
function unwrap(text: string): string {
  let bare = text.trim()
  for (;;) {
    const closing = PAIRS[bare[0] ?? '']
    const last = bare.at(-1) ?? ''
    const opening = OPENINGS[last]
    if (closing !== undefined && last === closing && bare.length > 1) bare = bare.slice(1, -1).trim()
    else if ('.,;:!'.includes(last) && last !== '') bare = bare.slice(0, -1)
    else if (opening !== undefined && !bare.includes(opening)) bare = bare.slice(0, -1)
    else if (closing !== undefined && !bare.includes(closing)) bare = bare.slice(1).trim()
    else return bare
  }
}

function withoutEnd(text: string, end: string): string {
  return text.toLowerCase().endsWith(end) ? text.slice(0, -end.length) : text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
