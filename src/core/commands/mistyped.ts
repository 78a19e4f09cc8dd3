// The word that was meant by one that no paper has: one letter more, fewer, other or swapped, as titles and names have it.
import type { Expression } from '#core/query/query.ts'
import { analyse, wordsOf } from '#core/text/analyse.ts'
import { editDistance } from '#core/text/nearest.ts'
import { texToText } from '#core/text/tex.ts'
import type { Context } from './command.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const SHORTEST = 4
const LONGEST = 24
/** Asked for at once; more would make one search long. */
const CHUNK = 60
const LOOKED_AT = 20

/** Undefined where a paper has the word, or none has a near one; of several the one that most of the papers looked at have. */
export async function meantBy(word: string, { papers }: Pick<Context, 'papers'>): Promise<string | undefined> {
  if (word.length < SHORTEST || word.length > LONGEST) return undefined
  const [term] = analyse(word)
  if (term === undefined) return undefined
  const own: Expression = { kind: 'text', field: 'any', terms: [term], text: word, quoted: false }
  if ((await papers.search({ expression: own, sort: 'recent' }, { offset: 0, limit: 1 })).total > 0) return undefined
  const terms = [...new Set([...variants(word)].flatMap((variant) => analyse(variant)))]
  const counts = new Map<string, number>()
  for (let at = 0; at < terms.length; at += CHUNK) {
    const of = terms.slice(at, at + CHUNK).flatMap((other) => [inField('title', other), inField('author', other)])
    const found = await papers.search({ expression: { kind: 'or', of }, sort: 'recent' }, { offset: 0, limit: LOOKED_AT })
    for (const paper of found.papers) {
      const words = wordsOf([texToText(paper.title), ...paper.authors.map((author) => author.name)].join(' '))
      for (const near of new Set(words)) if (editDistance(word, near) === 1) counts.set(near, (counts.get(near) ?? 0) + 1)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function inField(field: 'title' | 'author', term: string): Expression {
  return { kind: 'text', field, terms: [term], text: term, quoted: false }
}

/** All texts one step away. https://norvig.com/spell-correct.html */
function* variants(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    if (after !== '') yield before + after.slice(1)
    if (after.length > 1) yield `${before}${after[1]}${after[0]}${after.slice(2)}`
    for (const letter of LETTERS) {
      yield before + letter + after
      if (after !== '') yield before + letter + after.slice(1)
    }
  }
}
