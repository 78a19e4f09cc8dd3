// Text → Query. Brackets first, then `-` and NOT, then words side by side (all of them), then OR.
import { UserInputError } from '#core/errors.ts'
import type { Field } from './fields.ts'
import { leaf, sortNamed } from './leaf.ts'
import { printQuery } from './print.ts'
import type { Expression, Query, Sort } from './query.ts'
import { piece, type Token, tokenize } from './tokens.ts'

const LONGEST = 1000
const DEEPEST_BRACKETS = 40
const DEEPEST = 20

const VALUELESS: Readonly<Partial<Record<Field, string>>> = {
  author: 'author:"Eric J. Michaud"',
  cat: 'cat:cs.LG',
  since: 'since:30d',
  until: 'until:2024-03',
  score: 'score:>80',
  sort: 'sort:recent',
}
/** Fields of which one value alone makes sense. */
const SINGLE = new Set<Field>(['since', 'until', 'score', 'sort'])

/**
 * Lenient where people are: curly quotes, `AND`, `NOT`, punctuation that says nothing, ids without their field. The empty
 * text selects every paper. Throws UserInputError, and nothing else, with the place (characters count from 1) and the mend.
 */
export function parseQuery(text: string): Query {
  if (text.length > LONGEST) throw tooLong(text.length)
  const tokens = tokenize(text.toWellFormed())
  let next = 0
  let sort: Sort = 'relevance'
  let hasSort = false
  const expression = parseOr('any', 0)
  const stray = tokens[next]
  if (stray !== undefined) {
    throw new UserInputError(`The bracket at character ${stray.at + 1} closes nothing.`, {
      hint: 'Take it out, or put the words in quotes.',
    })
  }
  if (expression === null && !hasSort && text.trim() !== '') {
    throw new UserInputError(`There is no letter or digit to look for in “${text.trim().slice(0, 40).toWellFormed()}”.`, {
      hint: 'Write at least one word, for example: grokking',
    })
  }
  if (height(expression) > DEEPEST) throw tooDeep()
  const query: Query = { expression, sort }
  // A topic is saved as printed, so that what is printed has to be a query too.
  const printed = printQuery(query)
  if (printed.length > LONGEST) throw tooLong(printed.length)
  return query

  function parseOr(field: Field, depth: number): Expression | null {
    const parts: (Expression | null)[] = [parseAnd(field, depth)]
    for (let or = tokens[next]; or?.kind === 'or'; or = tokens[next]) {
      if (isEmptyBefore(next)) throw lonely(or, 'before')
      next++
      const after = tokens[next]
      if (after === undefined || after.kind === 'close' || after.kind === 'or') throw lonely(or, 'after')
      parts.push(parseAnd(field, depth))
    }
    return joined('or', parts)
  }

  function isEmptyBefore(at: number): boolean {
    const before = tokens[at - 1]?.kind
    return before === undefined || before === 'open' || before === 'or'
  }

  function parseAnd(field: Field, depth: number): Expression | null {
    const parts: (Expression | null)[] = []
    for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
      if (token.kind === 'or' || token.kind === 'close') break
      if (token.kind === 'and') {
        if (isEmptyBefore(next)) throw lonely(token, 'before')
        next++
        const after = tokens[next]?.kind
        if (after === undefined || after === 'close' || after === 'or' || after === 'and') throw lonely(token, 'after')
      } else parts.push(parseNot(field, depth))
    }
    return joined('and', parts)
  }

  function parseNot(field: Field, depth: number): Expression | null {
    let isNegative = false
    let token = tokens[next]
    const first = token
    for (; token?.kind === 'not'; token = tokens[++next]) isNegative = !isNegative
    if (first?.kind === 'not' && (token === undefined || token.kind === 'close' || token.kind === 'or' || token.kind === 'and')) {
      throw lonely(first, 'after')
    }
    const part = token === undefined ? null : parseOne(token, field, depth)
    if (!isNegative || part === null) return part
    return part.kind === 'not' ? part.of : { kind: 'not', of: part }
  }

  function parseOne(token: Token, field: Field, depth: number): Expression | null {
    next++
    if (token.kind === 'open') return parseGroup(token, field, depth)
    if (token.kind === 'text') return value(field, token)
    if (token.kind !== 'field') return null
    const after = tokens[next]
    if (after?.kind === 'open' && !SINGLE.has(token.field)) {
      next++
      return parseGroup(after, token.field, depth)
    }
    if (after?.kind !== 'text') {
      const example = VALUELESS[token.field] ?? `${token.field}:word`
      throw new UserInputError(`${token.field}: at character ${token.at + 1} needs a value right after it.`, {
        hint: `For example: ${example}`,
      })
    }
    next++
    return value(token.field, after)
  }

  function parseGroup(open: Token, field: Field, depth: number): Expression | null {
    if (depth >= DEEPEST_BRACKETS) throw tooDeep()
    const inner = parseOr(field, depth + 1)
    if (tokens[next]?.kind !== 'close') {
      throw new UserInputError(`The bracket at character ${open.at + 1}, ${piece(text, open.at)}, is never closed.`, {
        hint: 'Add the closing bracket: )',
      })
    }
    next++
    return inner
  }

  function value(field: Field, token: Token & { kind: 'text' }): Expression | null {
    if (field !== 'sort') return leaf(field, token)
    sort = sortNamed(token)
    hasSort = true
    return null
  }
}

/** One flat list of what says something; a single part is itself. */
function joined(kind: 'and' | 'or', parts: readonly (Expression | null)[]): Expression | null {
  const of = parts.flatMap((part) => (part === null ? [] : part.kind === kind ? part.of : [part]))
  const [first = null] = of
  return of.length > 1 ? { kind, of } : first
}

function height(expression: Expression | null): number {
  if (expression?.kind === 'not') return 1 + height(expression.of)
  if (expression?.kind !== 'and' && expression?.kind !== 'or') return 1
  return 1 + Math.max(...expression.of.map(height))
}

function lonely({ raw, at }: Token, side: 'before' | 'after'): UserInputError {
  return new UserInputError(`Nothing stands ${side} ${raw} (character ${at + 1}).`, {
    hint:
      raw.length > 1
        ? `Write it between or before words (graph ${raw} network), or small as a word.`
        : 'Write -word without a space.',
  })
}

function tooLong(length: number): UserInputError {
  return new UserInputError(`The query has ${length} characters; ${LONGEST} are allowed.`, {
    hint: 'Part it into several searches or topics.',
  })
}

function tooDeep(): UserInputError {
  return new UserInputError(`The brackets go deeper than ${DEEPEST} levels.`, { hint: 'Write the query with fewer brackets.' })
}
