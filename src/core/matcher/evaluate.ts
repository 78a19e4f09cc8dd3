// Expressions over a batch: each distinct leaf is looked up once, then bits are combined by and, or, not.

import { selects } from '#core/query/matches.ts'
import type { Expression } from '#core/query/query.ts'
import { normalCategory } from '#core/text/category.ts'
import type { Batch } from './batch.ts'
import { type Bits, fullBits } from './bits.ts'

type Leaf = Exclude<Expression, { kind: 'and' | 'or' | 'not' }>

/** A function from expressions to the papers they select, with a memory for the batch's leaves. */
export function createEvaluation(batch: Batch, now: Temporal.Instant): (expression: Expression) => Bits {
  const full = fullBits(batch.papers.length)
  const leaves = new Map<string, Bits>()
  return evaluate

  function evaluate(expression: Expression): Bits {
    switch (expression.kind) {
      case 'and': {
        const [first = full, ...rest] = expression.of.map(evaluate)
        const out = first.slice()
        for (const bits of rest) for (let at = 0; at < out.length; at++) out[at] = (out[at] ?? 0) & (bits[at] ?? 0)
        return out
      }
      case 'or': {
        const out = new Uint32Array(full.length)
        for (const part of expression.of) {
          const bits = evaluate(part)
          for (let at = 0; at < out.length; at++) out[at] = (out[at] ?? 0) | (bits[at] ?? 0)
        }
        return out
      }
      case 'not': {
        const bits = evaluate(expression.of)
        return full.map((word, at) => word & ~(bits[at] ?? 0))
      }
      default:
        return leaf(expression)
    }
  }

  function leaf(expression: Leaf): Bits {
    const key = keyOf(expression)
    const known = leaves.get(key)
    if (known !== undefined) return known
    const found = lookUp(expression)
    leaves.set(key, found)
    return found
  }

  function lookUp(expression: Leaf): Bits {
    switch (expression.kind) {
      case 'text':
        return batch.text(expression.field, expression.terms)
      case 'category':
        return batch.value('category', normalCategory(expression.category))
      case 'org':
        return batch.value('org', expression.org)
      case 'id':
        return batch.value('id', expression.id)
      case 'source':
        return batch.value('source', expression.source)
      default:
        return batch.where((terms) => selects(expression, terms, now))
    }
  }
}

/** Equal leaves, equal keys. */
function keyOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'text':
      return `${leaf.field}:${leaf.terms.join(' ')}`
    case 'category':
      return `=cat:${leaf.category}`
    case 'org':
      return `=org:${leaf.org}`
    case 'id':
      return `=id:${leaf.id}`
    case 'source':
      return `=source:${leaf.source}`
    case 'score':
      return `=score:${leaf.comparison}${leaf.value}`
    default:
      return `=${leaf.kind}:${typeof leaf.date === 'string' ? leaf.date : `${leaf.date.days}d`}`
  }
}
