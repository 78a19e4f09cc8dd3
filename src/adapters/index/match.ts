// What of a query FTS5 itself can answer, in the language of its MATCH operator.
// https://www.sqlite.org/fts5.html#full_text_query_syntax
import type { Expression } from '#core/query/query.ts'
import type { TextLeaf } from '#core/query/wanted-texts.ts'
import { normalCategory } from '#core/text/category.ts'
import { token, valueToken } from './tokens.ts'

const COLUMNS = { any: '', title: 'title : ', abstract: 'abstract : ', author: 'authors : ' }

/** The MATCH text that selects what the expression selects; null where FTS5 cannot: dates, scores, and `not` without a positive beside it. */
export function toMatch(expression: Expression): string | null {
  switch (expression.kind) {
    case 'text':
      return textMatch(expression)
    case 'category':
      return valueMatch(valueToken('cat', normalCategory(expression.category)))
    case 'org':
      return valueMatch(valueToken('org', expression.org))
    case 'id':
      return valueMatch(valueToken('id', expression.id))
    case 'source':
      return valueMatch(valueToken('source', expression.source))
    case 'or':
      return joined(expression.of.map(toMatch), ' OR ')
    case 'and': {
      const unwanted = expression.of.flatMap((part) => (part.kind === 'not' ? [toMatch(part.of)] : []))
      const wanted = joined(
        expression.of.flatMap((part) => (part.kind === 'not' ? [] : [toMatch(part)])),
        ' AND ',
      )
      if (unwanted.length === 0 || wanted === null) return wanted
      const without = joined(unwanted, ' OR ')
      return without === null ? null : `(${wanted} NOT ${without})`
    }
    default:
      return null
  }
}

/** The MATCH text for any of the leaves: what a paper's relevance is computed from. */
export function anyText(leaves: readonly TextLeaf[]): string {
  return leaves.map(textMatch).join(' OR ')
}

function joined(parts: readonly (string | null)[], operator: string): string | null {
  if (parts.length === 0 || parts.includes(null)) return null
  return parts.length === 1 ? (parts[0] ?? null) : `(${parts.join(operator)})`
}

/** Words of `any` need no column: no word is equal to a value's token. */
function textMatch({ field, terms }: TextLeaf): string {
  return `${COLUMNS[field]}"${terms.map(token).join(' ')}"`
}

function valueMatch(value: string): string {
  return `values : "${value}"`
}
