// Expression → what it cannot select a paper without, so that only topics are evaluated of which a paper has something.
import type { Expression } from '#core/query/query.ts'
import { indexedKeys } from './leaves.ts'

/**
 * Keys of which every paper that the expression selects has at least one: of parts that all have to hold those of the
 * cheapest, of alternatives one each. Null where there are none, as of a negation, a date or a score.
 */
export function requiredKeys(expression: Expression, costOf: (key: string) => number): readonly string[] | null {
  switch (expression.kind) {
    case 'not':
      return null
    case 'and':
      return cheapest(expression.of.map((part) => requiredKeys(part, costOf)))
    case 'or': {
      const parts = expression.of.map((part) => requiredKeys(part, costOf))
      return parts.includes(null) ? null : [...new Set(parts.flatMap((keys) => keys ?? []))]
    }
    default:
      return cheapest(indexedKeys(expression).map((key) => [key]))
  }

  function cheapest(choices: readonly (readonly string[] | null)[]): readonly string[] | null {
    let best: readonly string[] | null = null
    let lowest = Number.POSITIVE_INFINITY
    for (const keys of choices) {
      if (keys === null) continue
      const cost = keys.reduce((sum, key) => sum + 1 + costOf(key), 0)
      if (cost < lowest) [best, lowest] = [keys, cost]
    }
    return best
  }
}
