// Query → text, in one way of writing: what parseQuery makes of the text is the query again.
import { displayId, idUrl, type PaperId, parsePaperId } from '#core/paper-id.ts'
import type { Expression, Query } from '#core/query/query.ts'
import { isKnownCategory } from '#core/text/category.ts'

const QUOTE = /["“”„‟«»＂]/
const NOT_BARE = /[\s()]/

/** Equal queries print equally; brackets stand wherever `AND` and `OR` meet. */
export function printQuery({ expression, sort }: Query): string {
  const text = expression === null ? '' : print(expression)
  const order = sort === 'relevance' ? '' : `sort:${sort}`
  if (text === '' || order === '') return text || order
  return expression?.kind === 'or' ? `(${text}) ${order}` : `${text} ${order}`
}

/** The shortest notation that reads as this id; undefined where none does. */
export function printedId(id: PaperId): string | undefined {
  return [displayId(id), id, idUrl(id)].find((text) => {
    return text !== undefined && !QUOTE.test(text) && parsePaperId(text)?.id === id
  })
}

function print(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
      return expression.of.map(printPart).join(' ')
    case 'or':
      return expression.of.map(printPart).join(' OR ')
    case 'not':
      return `-${printPart(expression.of)}`
    case 'text': {
      const { field, text, quoted } = expression
      return `${field === 'any' ? '' : `${field}:`}${quoted ? `"${text}"` : text}`
    }
    case 'category':
      return `cat:${isKnownCategory(expression.category) ? expression.category : `"${expression.category}"`}`
    case 'org':
      return `org:${expression.org}`
    case 'id':
      return `id:${bareOrQuoted(printedId(expression.id) ?? expression.id)}`
    case 'source':
      return `source:${expression.source}`
    case 'since':
    case 'until':
      return `${expression.kind}:${typeof expression.date === 'string' ? expression.date : `${expression.date.days}d`}`
    case 'score':
      return `score:${expression.comparison}${expression.value}`
  }
}

function printPart(expression: Expression): string {
  const isJoined = expression.kind === 'and' || expression.kind === 'or'
  return isJoined ? `(${print(expression)})` : print(expression)
}

function bareOrQuoted(text: string): string {
  return NOT_BARE.test(text) ? `"${text}"` : text
}
