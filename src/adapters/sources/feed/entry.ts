// One entry of a feed that people follow → a record of a paper. The id: an arXiv id, else a DOI, else the entry's own id, else
// its link, else what it says. One id only: a record with two would make one paper of any two that a stranger names.
import { createHash } from 'node:crypto'
import { parseAuthors } from '#adapters/formats/authors.ts'
import { folded, toRecord } from '#adapters/formats/record.ts'
import type { PaperRecord } from '#core/paper.ts'
import { type PaperId, parsePaperId, sourceId } from '#core/paper-id.ts'
import { isKnownCategory } from '#core/text/category.ts'
import { entryDate } from './entry-date.ts'
import { markupText } from './markup.ts'

/** What a reader found of an entry, as it stands there. */
export interface Entry {
  readonly title: string | undefined
  /** Where a DOI or an arXiv id may stand, the most telling first. */
  readonly identifiers: readonly string[]
  /** Its own id, which stays when anything else of it changes. */
  readonly id: string | undefined
  readonly link: string | undefined
  /** Where a relative link begins (xml:base), the outermost first; each may be relative to the one before. */
  readonly bases: readonly string[]
  /** HTML or plain text. */
  readonly text: string | undefined
  readonly authors: readonly string[]
  /** Its publication first. */
  readonly dates: readonly string[]
  readonly categories: readonly string[]
}

export interface ReadEntries {
  readonly title: string | undefined
  readonly entries: readonly Entry[]
  readonly broken: readonly { where: string; why: string }[]
  /** Entries beyond those that are taken. */
  readonly more: number
  readonly isWhole: boolean
}

export interface FeedPlace {
  /** The address that is followed: ids that count within the feed alone begin with it. */
  readonly feed: string
  /** Where the text came from, after all redirects: relative links begin there. */
  readonly url: string
  /** Epoch milliseconds: nothing was published later. */
  readonly latest: number
}

const LONGEST_TITLE = 1000
const LONGEST_TEXT = 10_000
const LONGEST_KEY = 500
const MOST_AUTHORS = 1000
const LONGEST_LINK = 2000
const DOI_PREFIX = /^(?:doi:|info:doi\/|urn:doi:)\s{0,9}/i
const WITH_ADDRESS = /^\S{1,200}@\S{1,200}\s{1,9}\(([^()]{1,200})\)$|^([^<>()]{1,200}?)\s{0,9}[<(]\S{1,200}@\S{1,200}[>)]$/
const ADDRESS = /\S@\S|^https?:\/\//
const FAMILY_FIRST = /^(\p{L}[\p{L}'’-]*(?: \p{L}[\p{L}'’-]*){0,2}), (\p{L}[\p{L}. '’-]*)$/u
const ONE_WORD = /^\S+$/

/** Undefined where the entry has no title to know the paper by. */
export function entryRecord(entry: Entry, place: FeedPlace): PaperRecord | undefined {
  const title = cut(folded(markupText((entry.title ?? '').slice(0, 5 * LONGEST_TITLE))), LONGEST_TITLE)
  const abstract = cut(folded(markupText((entry.text ?? '').slice(0, 5 * LONGEST_TEXT))), LONGEST_TEXT)
  const published = entryDate(entry.dates, place.latest)
  const url = linkOf(entry, place.url)
  const strong = strongId(entry)
  const doi = strong?.startsWith('doi:') ? strong.slice('doi:'.length) : undefined
  const record = toRecord({
    ...parseAuthors(authorsText(entry.authors)),
    source: 'feed',
    title,
    doi,
    own: doi === undefined ? (strong ?? ownId(entry, url, place, [title, published, abstract])) : undefined,
    abstract: abstract === title ? undefined : abstract,
    published,
    // A stranger's feed puts nothing into the categories that others follow.
    categories: entry.categories.flatMap((category) => folded(category) ?? []).filter((category) => !isKnownCategory(category)),
    url,
  })
  return record && { ...record, authors: record.authors.slice(0, MOST_AUTHORS) }
}

/** What the record says, whatever its own id: equal for entries that say the same. A title alone says too little. */
export function contentOf({ title, published, abstract, ids: [id], version, url }: PaperRecord): string {
  const page = published === undefined && abstract === undefined ? (url ?? id) : ''
  return hashOf([title, published, abstract, page, id.startsWith('source:') ? '' : id, `${version ?? ''}`])
}

function strongId({ identifiers }: Entry): PaperId | undefined {
  const ids = identifiers.flatMap((text) => parsePaperId(text.trim().replace(DOI_PREFIX, ''))?.id ?? [])
  return ids.find((id) => id.startsWith('arxiv:')) ?? ids.find((id) => id.startsWith('doi:'))
}

/** An address on the feed's own host names its page for everybody; any other key counts within the feed alone. */
function ownId(entry: Entry, link: string | undefined, place: FeedPlace, said: readonly (string | undefined)[]): PaperId {
  const key = folded(entry.id) ?? link
  const page = key === undefined ? null : URL.parse(key)
  const isOwn = page !== null && page.host !== '' && page.host === URL.parse(place.url)?.host && page.href.length <= LONGEST_KEY
  if (isOwn) return sourceId('feed', page.href)
  const short = key !== undefined && key.length <= LONGEST_KEY ? encodeURIComponent(key.toWellFormed()) : hashOf([key, ...said])
  return sourceId('feed', `${place.feed}#${short}`)
}

function linkOf({ link, bases }: Entry, feed: string): string | undefined {
  const base = bases.reduce((outer, inner) => pageAt(inner, outer) ?? outer, feed)
  return link === undefined ? undefined : pageAt(link, base)
}

function pageAt(link: string, base: string): string | undefined {
  const url = URL.parse(link.trim(), base)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.href.length <= LONGEST_LINK ? url.href : undefined
}

/** As parseAuthors reads them: given names first, no mail addresses. */
function authorsText(authors: readonly string[]): string {
  const names = [...new Set(authors)].slice(0, MOST_AUTHORS).flatMap((author) => {
    const text = folded(markupText(author.slice(0, LONGEST_TITLE))) ?? ''
    const [, before, after] = WITH_ADDRESS.exec(text) ?? []
    const name = before ?? after ?? text
    return ADDRESS.test(name) ? [] : [name]
  })
  return names.map((name) => givenFirst(name, names.length === 1)).join(', ')
}

/** `Lovelace, Ada` → `Ada Lovelace`; a lone text with a comma may be a list, unless one word stands before it. */
function givenFirst(name: string, isLone: boolean): string {
  const [, family = '', given = ''] = FAMILY_FIRST.exec(name) ?? []
  return family !== '' && (!isLone || ONE_WORD.test(family)) ? `${given} ${family}` : name
}

function cut(text: string | undefined, longest: number): string | undefined {
  if (text === undefined || text.length <= longest) return text
  const end = text.lastIndexOf(' ', longest - 1)
  return `${text.slice(0, end > longest / 2 ? end : longest - 1).toWellFormed()}…`
}

function hashOf(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
