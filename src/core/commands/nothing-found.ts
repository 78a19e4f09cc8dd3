// What an empty search answers: what to try, from the words that papers here do have.
// The order: mistyped words mended, where dropping one part does not help enough; then one part fewer, so that most papers remain.
import { silences, type Told } from '#core/finder/told.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Expression, Query } from '#core/query/query.ts'
import type { Block, Span } from '#core/reply.ts'
import { wordsOf } from '#core/text/analyse.ts'
import { actions, bold, code, counted, prose, toType } from './blocks.ts'
import type { Context } from './command.ts'
import { meantBy } from './mistyped.ts'
import { askedNote } from './told-notes.ts'

const LEFT_OUT_AT_MOST = 12

/** Sentences and buttons; with nothing better to say, an example. */
export async function nothingFound(text: string, query: Query, told: readonly Told[], context: Context): Promise<Block[]> {
  const shorter = await withoutOnePart(query, context)
  const meant = shorter === undefined || shorter.lone ? await didYouMean(query, context) : undefined
  const tries = [
    meant && { command: `search ${meant}`, words: [code(meant)] },
    shorter && { command: `search ${shorter.query}`, words: [code(shorter.query), ` (${counted(shorter.total, 'paper')})`] },
  ].filter((one): one is { command: string; words: (string | Span)[] } => one !== undefined)
  return [
    prose(silences(told) === undefined ? 'No paper matches ' : 'No paper here matches ', bold(text), '.'),
    tries.length > 0
      ? prose('Try ', ...tries.flatMap((one, at) => (at === 0 ? one.words : [' or ', ...one.words])), '.')
      : prose('Try fewer or more common words, for example ', toType('search grokking representation'), '.'),
    ...askedNote(told),
    ...actions(
      ...tries.map((one) => ({
        label: `Search ${one.words.map((word) => (typeof word === 'string' ? word : word.text)).join('')}`,
        command: one.command,
      })),
    ),
  ]
}

interface Shorter {
  readonly query: string
  readonly total: number
  /** Whether one part alone is left: then mending may be better. */
  readonly lone: boolean
}

/** The query with its most selective part dropped: the one without which most papers remain. */
async function withoutOnePart({ expression, sort }: Query, context: Context): Promise<Shorter | undefined> {
  if (expression?.kind !== 'and') return undefined
  let best: Shorter | undefined
  for (const part of expression.of.slice(0, LEFT_OUT_AT_MOST)) {
    const rest = expression.of.filter((other) => other !== part)
    const [only] = rest
    const shorter: Query = { expression: rest.length > 1 ? { kind: 'and', of: rest } : (only ?? null), sort }
    const { total } = await context.papers.search(shorter, { offset: 0, limit: 1 })
    if (total > (best?.total ?? 0)) best = { query: printQuery(shorter), total, lone: rest.length === 1 }
  }
  return best
}

/** The query's words, those that no paper has turned into the nearest that one has; undefined where none is mended. */
async function didYouMean(query: Query, context: Context): Promise<string | undefined> {
  const typed = textsOf(query.expression)
  if (typed.length === 0 || typed.length > LEFT_OUT_AT_MOST) return undefined
  const mended: string[] = []
  for (const word of typed) mended.push((await meantBy(word, context)) ?? word)
  if (mended.every((word, at) => word === typed[at])) return undefined
  const text = mended.join(' ')
  const meant = parseQuery(text)
  const { total } = await context.papers.search(meant, { offset: 0, limit: 1 })
  return total > 0 ? text : (await withoutOnePart(meant, context))?.query
}

function textsOf(expression: Expression | null): string[] {
  if (expression === null) return []
  if (expression.kind === 'and' || expression.kind === 'or') return expression.of.flatMap(textsOf)
  return expression.kind === 'text' ? wordsOf(expression.text) : []
}
