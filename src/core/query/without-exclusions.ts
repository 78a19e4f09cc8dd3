// What a query would be without the exclusions that alone keep a paper from it.
import type { Expression } from './query.ts'

export interface Opened {
  /** What was left out; empty where leaving out does not help. */
  readonly exclusions: readonly Expression[]
  /** What is left, and selects the paper; null where nothing was left out. */
  readonly rest: Expression | null
}

const NOT_OPENED: Opened = { exclusions: [], rest: null }

/** `isMet` says whether the paper meets a part. Of an OR only those branches are changed that select it then. */
export function withoutExclusions(expression: Expression | null, isMet: (part: Expression) => boolean): Opened {
  if (expression?.kind === 'and') return ofAnd(expression.of, isMet)
  return expression?.kind === 'or' ? ofOr(expression.of, isMet) : NOT_OPENED
}

function ofAnd(parts: readonly Expression[], isMet: (part: Expression) => boolean): Opened {
  const opened = parts.map((part): Opened => {
    if (isMet(part)) return { exclusions: [], rest: part }
    return part.kind === 'not' ? { exclusions: [part], rest: null } : withoutExclusions(part, isMet)
  })
  const exclusions = opened.flatMap((part) => part.exclusions)
  const rest = joined(
    'and',
    opened.flatMap((part) => part.rest ?? []),
  )
  const keepsOut = opened.some((part) => part.rest === null && part.exclusions.length === 0)
  return exclusions.length === 0 || keepsOut || rest === null ? NOT_OPENED : { exclusions, rest }
}

function ofOr(branches: readonly Expression[], isMet: (part: Expression) => boolean): Opened {
  const opened = branches.map((branch) => withoutExclusions(branch, isMet))
  const exclusions = opened.flatMap((branch) => branch.exclusions)
  const rest = branches.map((branch, at) => opened[at]?.rest ?? branch)
  return exclusions.length === 0 ? NOT_OPENED : { exclusions, rest: joined('or', rest) }
}

function joined(kind: 'and' | 'or', [first, ...more]: readonly Expression[]): Expression | null {
  return first && more.length > 0 ? { kind, of: [first, ...more] } : (first ?? null)
}
