// Expressions as runs of numbers in one list, since half a million of them as trees would not fit: a leaf is its number, 0
// or more; AND and OR are followed by how many parts they have and these, NOT by its part.
import type { Expression } from '#core/query/query.ts'
import type { Leaf } from './leaves.ts'
import type { Numbers } from './numbers.ts'

export const AND = -1
const OR = -2
export const NOT = -3

/** An AND of nothing, which every paper fulfils. */
export const EVERYTHING: Expression = { kind: 'and', of: [] }

/** Writes the expression at the end. */
export function encode(expression: Expression, code: Numbers, numberOf: (leaf: Leaf) => number): void {
  switch (expression.kind) {
    case 'not':
      code.push(NOT)
      encode(expression.of, code, numberOf)
      break
    case 'and':
    case 'or':
      code.push(expression.kind === 'and' ? AND : OR)
      code.push(expression.of.length)
      for (const part of expression.of) encode(part, code, numberOf)
      break
    default:
      code.push(numberOf(expression))
  }
}

/** The leaves of the expression that begins at a place, in its order, those under a NOT left out. */
export function wantedLeaves(code: Numbers, place: number): number[] {
  const wanted: number[] = []
  for (let at = place, parts = 1; parts > 0; parts--) {
    const head = code.get(at++)
    if (head >= 0) wanted.push(head)
    else if (head === NOT) at = endOf(code, at)
    else parts += code.get(at++)
  }
  return wanted
}

function endOf(code: Numbers, place: number): number {
  let at = place
  for (let parts = 1; parts > 0; parts--) {
    const head = code.get(at++)
    if (head === NOT) parts++
    else if (head < 0) parts += code.get(at++)
  }
  return at
}
