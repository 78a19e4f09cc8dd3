// Why a paper is here, in words: the authors followed, the words that matched, the categories.
import type { Span } from '#core/reply.ts'
import type { Reason, Target } from '#core/subscription.ts'
import { texToText } from '#core/text/tex.ts'

/** `by Eric J. Michaud · matches sparse autoencoders · in cs.LG`; equal reasons are named once. */
export function whySpans(reasons: readonly Reason[]): Span[] {
  const named = (kind: Target['kind']) => [
    ...new Set(reasons.filter(({ target }) => target.kind === kind).flatMap((reason) => wordsOf(reason))),
  ]
  const groups: [string, string[]][] = [
    ['by ', named('author')],
    ['matches ', named('topic')],
    ['in ', named('category')],
    ['from ', named('feed')],
  ]
  return groups
    .filter(([, words]) => words.length > 0)
    .flatMap(([before, words], at) => [
      { text: `${at > 0 ? ' · ' : ''}${before}` },
      ...words.flatMap((word, place): Span[] => [...(place > 0 ? [{ text: ', ' }] : []), { text: word, bold: true }]),
    ])
}

/** What is followed, in words: `author Eric J. Michaud`, `topic "sparse autoencoder"`. */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'author':
      return `author ${target.name}`
    case 'topic':
      return `topic ${target.query}`
    case 'category':
      return `category ${target.category}`
    case 'feed':
      return `feed ${target.name}`
  }
}

function wordsOf({ target, words }: Reason): readonly string[] {
  switch (target.kind) {
    case 'author':
      return [target.name]
    case 'topic':
      return words.length > 0 ? words.map(texToText) : [target.query]
    case 'category':
      return [target.category]
    case 'feed':
      return [target.name]
  }
}
