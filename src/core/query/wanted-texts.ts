// The texts a query asks for: what its relevance is computed from and what is shown as a reason.
import type { Expression } from './query.ts'

export type TextLeaf = Extract<Expression, { kind: 'text' }>

/** In the order of the query, those under a `not` left out. */
export function wantedTexts(expression: Expression | null): readonly TextLeaf[] {
  switch (expression?.kind) {
    case 'text':
      return [expression]
    case 'and':
    case 'or':
      return expression.of.flatMap(wantedTexts)
    default:
      return []
  }
}
