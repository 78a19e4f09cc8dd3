// Which words of a paper a query matched, as they stand in its texts: what a reader is shown as the reason.
import type { Paper } from '#core/paper.ts'
import { analyse } from '#core/text/analyse.ts'
import { texToText } from '#core/text/tex.ts'
import { phraseAt } from './matches.ts'
import type { Expression, Query, TextField } from './query.ts'

const SHOWN = 12
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+(?:['’]s(?![\p{L}\p{N}]))?/gu

/** A text, its terms, and where in the text each term's word begins and ends. */
export interface LocatedText {
  readonly field: Exclude<TextField, 'any'>
  readonly text: string
  readonly terms: readonly string[]
  readonly words: readonly (readonly [number, number])[]
}

/** `Sparse Autoencoders` for the query `sparse autoencoder`; title first, each once, no more than twelve. */
export function matchedWords(query: Query, paper: Paper): string[] {
  return wordsIn(query, locatedTexts(paper))
}

/** The same on texts located before, for many queries of one paper. */
export function wordsIn({ expression }: Query, texts: readonly LocatedText[]): string[] {
  const found = new Map<string, string>()
  for (const { field, terms } of expression === null ? [] : wanted(expression)) {
    for (const text of texts) {
      if (field !== 'any' && field !== text.field) continue
      const at = phraseAt(text.terms, terms)
      if (at === -1) continue
      const [start = 0] = text.words[at] ?? []
      const [, end = 0] = text.words[at + terms.length - 1] ?? []
      const word = text.text.slice(start, end)
      if (!found.has(word.toLowerCase())) found.set(word.toLowerCase(), word)
      break
    }
    if (found.size >= SHOWN) break
  }
  return [...found.values()]
}

/** Title, authors one by one, abstract. */
export function locatedTexts(paper: Paper): LocatedText[] {
  return [
    located('title', paper.title),
    ...paper.authors.map(({ name }) => located('author', name)),
    located('abstract', paper.abstract ?? ''),
  ]
}

function located(field: LocatedText['field'], tex: string): LocatedText {
  const text = texToText(tex)
  const terms: string[] = []
  const words: (readonly [number, number])[] = []
  for (const { 0: word, index } of text.matchAll(WORD)) {
    for (const term of analyse(word)) {
      terms.push(term)
      words.push([index, index + word.length])
    }
  }
  return { field, text, terms, words }
}

function wanted(expression: Expression): readonly Extract<Expression, { kind: 'text' }>[] {
  if (expression.kind === 'text') return [expression]
  return expression.kind === 'and' || expression.kind === 'or' ? expression.of.flatMap(wanted) : []
}
