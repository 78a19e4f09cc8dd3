// One record out of what a reader gathered: unknown fields left out, texts folded, ids in order.
import type { PaperRecord, SourceName } from '#core/paper.ts'
import type { PaperId, ParsedId } from '#core/paper-id.ts'
import { parsePaperId, titleId } from '#core/paper-id.ts'

/** White space other than a space, and characters without a meaning that sources send all the same. */
const BLANK = /[\0-\x1f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]/
const BLANKS = /[\s\0-\x1f\ufffe\uffff]+/g
const YEAR = /^\d{4}/
const LETTER = /\p{L}/u
const ARXIV_MONTH = /^arxiv:(?:[a-z-]+\/)?(\d\d)(\d\d)/
const ARXIV_CATEGORY = /^[a-z][a-z-]*(?:\.[A-Za-z-]+)?$/
/** Characters of an abstract within which it says that the paper is withdrawn. */
const OPENING = 200
const WITHDRAWN_COMMENT =
  /^\W*withdrawn\b|\b(?:paper|article|submission|manuscript|preprint|work|it) (?:has been|was|is) (?:temporarily )?withdrawn\b/i
const WITHDRAWN_ABSTRACT =
  /^(?:\W*withdrawn\b|this (?:paper|article|submission|manuscript|preprint|work) (?:has been|was|is) (?:temporarily )?withdrawn\b)/i

const FOLDED: ReadonlySet<string> = new Set(['abstract', 'comment', 'journalRef', 'doi'])
/** What is put into a record otherwise than field by field. */
const NO_FIELDS: ReadonlySet<string> = new Set(['source', 'ids', 'title', 'authors', 'arxiv', 'own'])

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }

export interface Gathered extends Loose<Omit<PaperRecord, 'source' | 'ids'>> {
  readonly source: SourceName
  readonly arxiv?: ParsedId | undefined
  /** The source's own id, for a paper without a better one. */
  readonly own?: PaperId | undefined
}

/** White space and control characters folded; undefined where nothing is left. */
export function folded(text: string | undefined): string | undefined {
  if (text === undefined || isFolded(text)) return text
  return text.replace(BLANKS, ' ').trim() || undefined
}

/** Whether there is nothing to do, as with most texts: it takes many times less than doing it. */
function isFolded(text: string): boolean {
  return text !== '' && !text.startsWith(' ') && !text.endsWith(' ') && !text.includes('  ') && !BLANK.test(text)
}

/** What a skipped entry without a title is told. */
export const NO_TITLE = 'It has no title.'

/** Undefined where there is no title to know the paper by. What is unknown, empty or no number is left out. */
export function toRecord(gathered: Gathered): PaperRecord | undefined {
  const { source, arxiv, own, published } = gathered
  const title = folded(gathered.title)
  if (title === undefined || !LETTER.test(title)) return undefined
  const authors = (gathered.authors ?? []).filter(({ name }) => LETTER.test(name))
  const doi = folded(gathered.doi)
  const ids = new Set<PaperId>()
  const byDoi = doi === undefined ? undefined : parsePaperId(doi)
  // A DOI is what authors wrote, another paper's of arXiv perhaps.
  const isOther = arxiv !== undefined && byDoi?.id.startsWith('arxiv:')
  for (const parsed of [arxiv, isOther ? undefined : byDoi]) if (parsed !== undefined) ids.add(parsed.id)
  if (own !== undefined) ids.add(own)
  const [first = titleId(title, authors[0]?.name ?? '', yearOf(published)), ...others] = ids
  const record: Record<string, unknown> = { source, ids: [first, ...others], title, authors }
  for (const name in gathered) {
    if (NO_FIELDS.has(name)) continue
    const value = gathered[name as keyof Gathered]
    const known = FOLDED.has(name) ? folded(value as string | undefined) : value
    if (known === undefined || known === '' || Number.isNaN(known)) continue
    if (!Array.isArray(known) || known.length > 0) record[name] = known
  }
  if (arxiv?.version !== undefined) record.version ??= arxiv.version
  return record as unknown as PaperRecord
}

/** arXiv's own categories, each once; the classes of other systems that stand beside them are left out. */
export function arxivCategories(terms: readonly (string | undefined)[]): string[] {
  const categories = new Set<string>()
  for (const term of terms) {
    const category = term?.trim() ?? ''
    if (ARXIV_CATEGORY.test(category)) categories.add(category)
  }
  return [...categories]
}

/** True where the authors' comment, or the text put in the abstract's place, says so; undefined otherwise. */
export function saysWithdrawn(comment: string | undefined, abstract: string | undefined): true | undefined {
  const said = WITHDRAWN_COMMENT.test(folded(comment) ?? '') || WITHDRAWN_ABSTRACT.test(folded(abstract?.slice(0, OPENING)) ?? '')
  return said || undefined
}

/** The month an arXiv id was given in, as a PublicationDate: all that an id tells of the first submission. */
export function monthOfArxivId(id: PaperId): string | undefined {
  const [, year, month] = ARXIV_MONTH.exec(id) ?? []
  if (year === undefined || month === undefined || month < '01' || month > '12') return undefined
  return `${year < '91' ? '20' : '19'}${year}-${month}`
}

function yearOf(published: string | undefined): number | undefined {
  const year = YEAR.exec(published ?? '')
  return year === null ? undefined : Number(year[0])
}
