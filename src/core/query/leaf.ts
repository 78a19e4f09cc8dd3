// One field's value → what it means, or the mend: texts, categories, organisations, ids, sources, dates, scores.
import { parseName } from '#core/author-name.ts'
import { UserInputError } from '#core/errors.ts'
import { orgSlug } from '#core/org.ts'
import type { SourceName } from '#core/paper.ts'
import { parsePaperId } from '#core/paper-id.ts'
import { analyse } from '#core/text/analyse.ts'
import { isKnownCategory, knownCategories, writtenCategory } from '#core/text/category.ts'
import { fold } from '#core/text/fold.ts'
import { nearest } from '#core/text/nearest.ts'
import type { Field } from './fields.ts'
import { printedId } from './print.ts'
import type { Expression, Sort, TextField } from './query.ts'

const ABSOLUTE = /^([12]\d{3})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/
const RELATIVE = /^(\d{1,5})([dw])$/i
const SCORE = /^(>=|<=|[<>=≥≤])?\s*(\d{1,3}(?:\.\d{1,6})?)$/
const SLUG = /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u
const PRESENT_ID = /^(?:arxiv|doi):/
const PAPERS_SORTS = ['relevance', 'recent', 'score'] as const satisfies readonly Sort[]
const SOURCES = [
  'arxiv-api',
  'arxiv-oai',
  'arxiv-rss',
  'openalex',
  'semantic-scholar',
  'hugging-face',
  'biorxiv',
  'crossref',
  'feed',
  'bibtex',
  'ndjson',
  'sample',
] as const satisfies readonly SourceName[]

export interface Value {
  readonly text: string
  readonly quoted: boolean
  /** Its place in the query, from 0. */
  readonly at: number
}

/** The expression, or null where the value has no letter or digit to look for. */
export function leaf(field: Exclude<Field, 'sort'>, value: Value): Expression | null {
  switch (field) {
    case 'any':
      return (value.quoted ? null : bareId(value.text)) ?? textLeaf('any', value)
    case 'title':
    case 'abstract':
    case 'author':
      return textLeaf(field, value)
    case 'cat':
      return { kind: 'category', category: category(value) }
    case 'org':
      return { kind: 'org', org: organisation(value) }
    case 'id':
      return idLeaf(value)
    case 'source':
      return { kind: 'source', source: source(value) }
    case 'since':
    case 'until':
      return { kind: field, date: date(field, value) }
    case 'score':
      return score(value)
  }
}

/** The order that `sort:` names. */
export function sortNamed(value: Value): Sort {
  const name = value.text.trim().toLowerCase()
  const found = PAPERS_SORTS.find((sort) => sort === name) ?? (name === 'date' || name === 'new' ? 'recent' : undefined)
  if (found) return found
  throw wrong('sort', value, `Write ${PAPERS_SORTS.map((sort) => `sort:${sort}`).join(', ')}.`)
}

function textLeaf(field: TextField, { text, quoted }: Value): Expression | null {
  const [first, ...rest] = analyse(field === 'author' ? givenFirst(text) : text)
  return first === undefined ? null : { kind: 'text', field, terms: [first, ...rest], text, quoted }
}

/** `Michaud, Eric J.` as papers print it. */
function givenFirst(name: string): string {
  if (!name.includes(',')) return name
  const { given, family } = parseName(name)
  return [...given, family].join(' ')
}

function bareId(text: string): Expression | null {
  const id = parsePaperId(text)?.id
  return id !== undefined && PRESENT_ID.test(id) && printedId(id) !== undefined ? { kind: 'id', id } : null
}

function idLeaf(value: Value): Expression {
  const id = parsePaperId(value.text)?.id
  if (id === undefined || printedId(id) === undefined) {
    throw wrong('id', value, 'Write an arXiv id (id:2303.13506), a DOI or a link to the paper.')
  }
  return { kind: 'id', id }
}

function category(value: Value): string {
  const written = writtenCategory(value.text)
  if (written === '') throw wrong('cat', value, 'Write cat:cs.LG, cat:LG or cat:cs.')
  if (value.quoted || isKnownCategory(written)) return written
  const near = nearest(written, knownCategories(), 2)
  if (near.length === 0) return written
  throw wrong('cat', value, `Did you mean ${near.map((one) => `cat:${one}`).join(' or ')}? If not, put it in quotes.`)
}

function organisation(value: Value): string {
  const folded = fold(value.text).trim()
  const slug = SLUG.test(folded) ? folded : orgSlug(value.text)
  if (slug === undefined || !SLUG.test(slug)) throw wrong('org', value, 'Write a name such as org:berkeley or org:eth-zurich.')
  return slug
}

function source(value: Value): string {
  const name = value.text.trim().toLowerCase()
  if (name === 'arxiv' || SOURCES.some((known) => known === name)) return name
  const names = ['arxiv', ...SOURCES]
  const near = nearest(name, names, 2)
  throw wrong('source', value, near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `The sources are ${names.join(', ')}.`)
}

function date(field: 'since' | 'until', value: Value): string | { days: number } {
  const text = value.text.trim()
  const [, count, unit] = RELATIVE.exec(text) ?? []
  if (count !== undefined) return { days: Number(count) * (unit?.toLowerCase() === 'w' ? 7 : 1) }
  const [, year, month, day] = ABSOLUTE.exec(text) ?? []
  const parts = [year, month, day].filter((part) => part !== undefined).map((part) => part.padStart(2, '0'))
  const whole = `${parts[0]}-${parts[1] ?? '01'}-${parts[2] ?? '01'}`
  if (year !== undefined && isDay(whole)) return parts.join('-')
  throw wrong(field, value, `Write ${field}:2024, ${field}:2024-03, ${field}:2024-03-15 or ${field}:30d.`)
}

function isDay(text: string): boolean {
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

/** A number alone means at least so much: scores have decimals, so that equal ones are rare. */
function score(value: Value): Expression {
  const [, sign = '>=', digits] = SCORE.exec(value.text.trim()) ?? []
  const number = Number(digits)
  if (digits === undefined || number > 100) throw wrong('score', value, 'Write score:>80; scores go from 0 to 100.')
  const comparison = sign === '≥' ? '>=' : sign === '≤' ? '<=' : (sign as '>' | '>=' | '<' | '<=' | '=')
  return { kind: 'score', comparison, value: number }
}

function wrong(field: Field, { text, at }: Value, hint: string): UserInputError {
  const shown = text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text
  return new UserInputError(`${field}: cannot be “${shown}” (character ${at + 1}).`, { hint })
}
