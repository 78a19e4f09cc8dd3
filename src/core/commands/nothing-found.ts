// What an empty search answers: what to try, from the words that papers here do have.
// The order: one filter or word fewer (the one that leaves most papers), then the nearest authors to a mistyped word.

import { familyKey } from '#core/author-name.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Expression, Query } from '#core/query/query.ts'
import type { Block, Span } from '#core/reply.ts'
import { wordsOf } from '#core/text/analyse.ts'
import { nearest } from '#core/text/nearest.ts'
import { texToText } from '#core/text/tex.ts'
import { actions, bold, code, counted, prose } from './blocks.ts'
import type { Context } from './command.ts'

const LEFT_OUT_AT_MOST = 12
const TITLES = 500

/** Sentences and buttons; with nothing better to say, an example. */
export async function nothingFound(text: string, query: Query, context: Context): Promise<Block[]> {
  const shorter = await withoutOnePart(query, context)
  const meant = shorter === undefined || shorter.lone ? await didYouMean(query, context) : undefined
  const tries = [
    meant && { command: `search ${meant}`, words: [code(meant)] },
    shorter && { command: `search ${shorter.query}`, words: [code(shorter.query), ` (${counted(shorter.total, 'paper')})`] },
  ].filter((one): one is { command: string; words: (string | Span)[] } => one !== undefined)
  return [
    prose('No paper matches ', bold(text), '.'),
    tries.length > 0
      ? prose('Try ', ...tries.flatMap((one, at) => (at === 0 ? one.words : [' or ', ...one.words])), '.')
      : prose('Try fewer or more common words, for example ', code('search grokking representation'), '.'),
    ...actions(
      ...tries.map((one) => ({
        label: `Search ${one.words.map((word) => (typeof word === 'string' ? word : word.text)).join('')}`,
        command: one.command,
      })),
    ),
  ]
}

/** The query with its most selective part dropped: the one without which most papers remain. */
async function withoutOnePart({ expression, sort }: Query, context: Context) {
  if (expression?.kind !== 'and') return undefined
  let best: { query: string; total: number; lone: boolean } | undefined
  for (const part of expression.of.slice(0, LEFT_OUT_AT_MOST)) {
    const rest = expression.of.filter((other) => other !== part)
    const [only] = rest
    const shorter: Query = { expression: rest.length > 1 ? { kind: 'and', of: rest } : (only ?? null), sort }
    const { total } = await context.papers.search(shorter, { offset: 0, limit: 1 })
    if (total > (best?.total ?? 0)) best = { query: printQuery(shorter), total, lone: rest.length === 1 }
  }
  return best
}

/** The query's words, each that no paper has turned into the nearest that one has; undefined where none is mended. */
async function didYouMean(query: Query, context: Context): Promise<string | undefined> {
  const typed = textsOf(query.expression)
  if (typed.length === 0 || typed.length > LEFT_OUT_AT_MOST) return undefined
  const vocabulary = await words(context)
  const mended = typed.map((word) => (vocabulary.has(word.toLowerCase()) ? word : (nearest(word, vocabulary, 1)[0] ?? word)))
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

/** The words of the newest titles and their authors' family names. */
async function words({ store }: Context): Promise<Set<string>> {
  const papers = await store.papers.newest({}, { offset: 0, limit: TITLES })
  return new Set(
    papers.flatMap((paper) => [
      ...wordsOf(texToText(paper.title)).filter((word) => word.length > 3),
      ...paper.authors.map((author) => familyKey(author.name)),
    ]),
  )
}
