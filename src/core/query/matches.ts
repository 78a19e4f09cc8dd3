// Query × paper → whether it selects the paper: the plain meaning that the index and the matcher have to keep to.
import { normalCategory } from '#core/text/category.ts'
import { dayBounds } from './dates.ts'
import type { Expression, Query, TextField } from './query.ts'
import type { PaperTerms } from './terms.ts'

/** `now` resolves relative dates. What is unknown of a paper is matched by no comparison, and so by every negative one. */
export function matches({ expression }: Query, terms: PaperTerms, now: Temporal.Instant): boolean {
  return expression === null || selects(expression, terms, now)
}

/** The same for a part of a query. */
export function selects(expression: Expression, terms: PaperTerms, now: Temporal.Instant): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.of.every((part) => selects(part, terms, now))
    case 'or':
      return expression.of.some((part) => selects(part, terms, now))
    case 'not':
      return !selects(expression.of, terms, now)
    case 'text':
      return hasText(expression.field, expression.terms, terms)
    case 'category':
      return terms.categories.includes(normalCategory(expression.category))
    case 'org':
      return terms.orgs.includes(expression.org)
    case 'id':
      return terms.ids.includes(expression.id)
    case 'source':
      return terms.sources.includes(expression.source)
    case 'since':
    case 'until': {
      const { from, below } = dayBounds(expression, now)
      const { published } = terms
      return published !== null && (from === null || published >= from) && (below === null || published < below)
    }
    case 'score':
      return terms.score !== null && compares(terms.score, expression.comparison, expression.value)
  }
}

/** Whether the phrase stands in one of the field's texts. */
export function hasText(field: TextField, phrase: readonly string[], terms: PaperTerms): boolean {
  const isAny = field === 'any'
  if ((isAny || field === 'title') && phraseAt(terms.title, phrase) !== -1) return true
  if ((isAny || field === 'abstract') && phraseAt(terms.abstract, phrase) !== -1) return true
  return (isAny || field === 'author') && terms.authors.some((author) => phraseAt(author, phrase) !== -1)
}

/** Where the phrase begins; -1 where it is not. */
function phraseAt(text: readonly string[], phrase: readonly string[]): number {
  const [first = ''] = phrase
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + 1)) {
    if (phrase.every((term, offset) => text[at + offset] === term)) return at
  }
  return -1
}

function compares(score: number, comparison: '>' | '>=' | '<' | '<=' | '=', value: number): boolean {
  switch (comparison) {
    case '>':
      return score > value
    case '>=':
      return score >= value
    case '<':
      return score < value
    case '<=':
      return score <= value
    case '=':
      return score === value
  }
}
