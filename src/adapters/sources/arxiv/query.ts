// What is asked of arXiv's API, in its own language: people by the phrases their names may stand as, and our queries as far as it knows.
import { parseName } from '#core/author-name.ts'
import { dayBounds } from '#core/query/dates.ts'
import type { Expression, TextField } from '#core/query/query.ts'
import { wordsOf } from '#core/text/analyse.ts'
import { isKnownCategory, knownCategories, normalCategory } from '#core/text/category.ts'

/** Longer is no person's. */
const LONGEST_NAME = 100
/** Bytes of a query in an address, so that the address stays within what every server takes. */
const LONGEST_QUERY = 1400
/** The oldest paper's day, and one after the newest's, for ranges that are open at one end. */
const FIRST_DAY = '19910101'
const LAST_DAY = '29991231'

const FIELDS: Readonly<Record<TextField, string>> = { any: 'all', title: 'ti', abstract: 'abs', author: 'au' }

/** `isDay`: it says when alone, and nothing of what. */
type Asked = { readonly positive: string; readonly isDay?: boolean } | { readonly negative: string }

/**
 * Queries that together find the papers of all these people, each as long as an address may be. Middle names may be left
 * out in print, so a name is asked for with and without. Names without a letter are left out.
 */
export function authorQueries(names: readonly string[]): string[] {
  const queries: string[] = []
  let query = ''
  for (const name of new Set(names.flatMap((name) => authorPhrases(name)))) {
    const longer = query === '' ? name : `${query} OR ${name}`
    if (encodedLength(longer) <= LONGEST_QUERY) query = longer
    else {
      queries.push(query)
      query = name
    }
  }
  return query === '' ? queries : [...queries, query]
}

/** `Eric J. Michaud` → `au:"eric j michaud"`, `au:"eric michaud"`. */
function authorPhrases(name: string): string[] {
  if (name.length > LONGEST_NAME) return []
  const { given, family } = parseName(name)
  const spellings = [[...given, family], ...(given.length > 1 ? [[given[0] ?? '', family]] : [])]
  return spellings.flatMap((parts) => textTerm('author', parts.join(' ')) ?? [])
}

/**
 * Our query as arXiv understands it: texts, categories and dates. Conditions that it does not know (organisations, ids,
 * sources, scores) are left out, so that it may find too much; undefined where nothing is left to look for but dates.
 */
export function searchQuery(expression: Expression, now: Temporal.Instant): string | undefined {
  const asked = termOf(expression, now)
  return asked !== undefined && 'positive' in asked && !asked.isDay ? asked.positive : undefined
}

function termOf(expression: Expression, now: Temporal.Instant): Asked | undefined {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.of.flatMap((part) => termOf(part, now) ?? []))
    case 'or':
      return anyOf(expression.of.map((part) => termOf(part, now)))
    case 'not':
      return opposite(termOf(expression.of, now))
    case 'text':
      return positive(textTerm(expression.field, expression.text))
    case 'category':
      return positive(categoryTerm(expression.category))
    case 'since':
    case 'until':
      return { positive: dateTerm(expression, now), isDay: true }
    default:
      return undefined
  }
}

function positive(term: string | undefined): Asked | undefined {
  return term === undefined ? undefined : { positive: term }
}

function opposite(asked: Asked | undefined): Asked | undefined {
  if (asked === undefined) return undefined
  return 'positive' in asked ? { negative: asked.positive } : { positive: asked.negative }
}

/** arXiv knows "and not" alone, so that something has to be wanted before something is not. */
function allOf(parts: readonly Asked[]): Asked | undefined {
  const positives = parts.filter((part) => 'positive' in part)
  const wanted = positives.map(({ positive }) => positive)
  const unwanted = parts.flatMap((part) => ('negative' in part ? part.negative : []))
  if (wanted.length === 0) return unwanted.length === 0 ? undefined : { negative: joined('OR', unwanted) }
  const all = joined('AND', wanted)
  const isDay = positives.every((part) => part.isDay === true)
  return { positive: unwanted.length === 0 ? all : `(${[all, ...unwanted].join(' ANDNOT ')})`, isDay }
}

/** One part that cannot be asked for would find papers that the others do not: then nothing can. */
function anyOf(parts: readonly (Asked | undefined)[]): Asked | undefined {
  const wanted = parts.filter((part) => part !== undefined && 'positive' in part)
  if (wanted.length < parts.length) return undefined
  const positive = wanted.map((part) => part.positive)
  return { positive: joined('OR', positive), isDay: wanted.some((part) => part.isDay === true) }
}

function joined(operator: 'AND' | 'OR', terms: readonly string[]): string {
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(` ${operator} `)})`
}

/** A word, or a phrase in quotes; without the signs that mean something to arXiv. */
function textTerm(field: TextField, text: string): string | undefined {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  return `${FIELDS[field]}:${words.length === 1 ? words[0] : `"${words.join(' ')}"`}`
}

/** `cs.LG` as it is, `cs` as all that begin so, `LG` as all that end so. */
function categoryTerm(category: string): string | undefined {
  if (!isKnownCategory(category)) return undefined
  const normal = normalCategory(category)
  const whole = knownCategories().find((known) => normalCategory(known) === normal && known.includes('.'))
  if (whole !== undefined) return `cat:${whole}`
  const badged = knownCategories().filter((known) => normalCategory(known).endsWith(`.${normal}`))
  if (badged.length > 0) {
    return joined(
      'OR',
      badged.map((known) => `cat:${known}`),
    )
  }
  const hasClasses = knownCategories().some((known) => normalCategory(known).startsWith(`${normal}.`))
  return hasClasses ? `cat:${normal}.*` : `cat:${normal}`
}

function dateTerm(expression: Extract<Expression, { kind: 'since' | 'until' }>, now: Temporal.Instant): string {
  const { from, below } = dayBounds(expression, now)
  const last = below === null ? LAST_DAY : digits(Temporal.PlainDate.from(below).subtract({ days: 1 }).toString())
  return `submittedDate:[${from === null ? FIRST_DAY : digits(from)}0000 TO ${last}2359]`
}

function digits(day: string): string {
  return day.replaceAll('-', '')
}

function encodedLength(text: string): number {
  return new URLSearchParams({ q: text }).toString().length
}
