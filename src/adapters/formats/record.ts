// One record out of what a reader gathered: unknown fields left out, texts folded, ids in order.
import type { PaperFields, PaperRecord, SourceName } from '#core/paper.ts'
import type { PaperId, ParsedId } from '#core/paper-id.ts'
import { parsePaperId, titleId } from '#core/paper-id.ts'

const SPACE = /\s+/g
const YEAR = /^\d{4}/
const LETTER = /\p{L}/u
const ARXIV_MONTH = /^arxiv:(?:[a-z-]+\/)?(\d\d)(\d\d)/
const ARXIV_CATEGORY = /^[a-z][a-z-]*(?:\.[A-Za-z-]+)?$/
const WITHDRAWN_COMMENT =
  /^\W*withdrawn\b|\b(?:paper|article|submission|manuscript|preprint|work|it) (?:has been|was|is) (?:temporarily )?withdrawn\b/i
const WITHDRAWN_ABSTRACT =
  /^(?:\W*withdrawn\b|this (?:paper|article|submission|manuscript|preprint|work) (?:has been|was|is) (?:temporarily )?withdrawn\b)/i

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }

export interface Gathered extends Loose<Omit<PaperRecord, 'source' | 'ids'>> {
  readonly source: SourceName
  readonly arxiv?: ParsedId | undefined
  /** The source's own id, for a paper without a better one. */
  readonly own?: PaperId | undefined
}

/** White space folded; undefined where nothing is left. */
export function folded(text: string | undefined): string | undefined {
  const bare = text?.replace(SPACE, ' ').trim()
  return bare === '' ? undefined : bare
}

/** What a skipped entry without a title is told. */
export const NO_TITLE = 'It has no title.'

/** Undefined where there is no title to know the paper by. */
export function toRecord({ source, arxiv, own, ...fields }: Gathered): PaperRecord | undefined {
  const title = folded(fields.title)
  if (title === undefined || !LETTER.test(title)) return undefined
  const authors = (fields.authors ?? []).filter(({ name }) => LETTER.test(name))
  const doi = folded(fields.doi)
  const ids = new Set<PaperId>()
  for (const parsed of [arxiv, doi === undefined ? undefined : parsePaperId(doi)]) if (parsed !== undefined) ids.add(parsed.id)
  if (own !== undefined) ids.add(own)
  const [first = titleId(title, authors[0]?.name ?? '', yearOf(fields.published)), ...others] = ids
  return {
    ...known<Loose<PaperFields>>({
      ...fields,
      version: fields.version ?? arxiv?.version,
      abstract: folded(fields.abstract),
      comment: folded(fields.comment),
      journalRef: folded(fields.journalRef),
      doi,
    }),
    title,
    authors,
    source,
    ids: [first, ...others],
  } as PaperRecord
}

/** arXiv's own categories, each once; the classes of other systems that stand beside them are left out. */
export function arxivCategories(terms: readonly (string | undefined)[]): string[] {
  return [...new Set(terms.flatMap((term) => term?.trim() ?? []))].filter((term) => ARXIV_CATEGORY.test(term))
}

/** True where the authors' comment, or the text put in the abstract's place, says so; undefined otherwise. */
export function saysWithdrawn(comment: string | undefined, abstract: string | undefined): true | undefined {
  const said = WITHDRAWN_COMMENT.test(folded(comment) ?? '') || WITHDRAWN_ABSTRACT.test(folded(abstract) ?? '')
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

/** Without what is undefined, empty or not a number. */
function known<T extends object>(fields: T): T {
  const present = Object.entries(fields).filter(([, value]) => {
    if (value === undefined || value === null || value === '' || Number.isNaN(value)) return false
    return !Array.isArray(value) || value.length > 0
  })
  return Object.fromEntries(present) as T
}
