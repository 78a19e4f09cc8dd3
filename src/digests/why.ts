// Why a paper is here, in words: the authors followed, the words that matched, the categories; and what is asked about it.
import { themActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import type { DigestPaper } from '#core/ports/templates.ts'
import type { Span } from '#core/reply.ts'
import type { Reason, Target } from '#core/subscription.ts'
import { texToText } from '#core/text/tex.ts'

/** The paper with why it is here; of somebody who may be a namesake a person is asked whether it is them. */
export function digestPaper(paper: Paper, reasons: readonly Reason[]): DigestPaper {
  const possible = reasons.find(({ possibly }) => possibly)?.target
  const actions = possible?.kind === 'author' ? themActions(paper, possible) : []
  return { paper, why: whySpans(reasons), ...(actions.length > 0 && { actions }) }
}

/** `by Eric J. Michaud · possibly by Jun Li · matches sparse autoencoders · in cs.LG (cross-list)`; equal reasons are named once. */
export function whySpans(reasons: readonly Reason[]): Span[] {
  const named = (kind: Target['kind'], some = reasons) => [
    ...new Set(some.filter(({ target }) => target.kind === kind).flatMap((reason) => wordsOf(reason))),
  ]
  const sure = reasons.filter(({ possibly }) => !possibly)
  const authors = named('author', sure)
  const possible = named('author').filter((name) => !authors.includes(name))
  const groups: [string, string[]][] = [
    ['by ', authors],
    ['possibly by ', possible],
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

function wordsOf({ target, words, crossListed }: Reason): readonly string[] {
  switch (target.kind) {
    case 'author':
      return [target.name]
    case 'topic':
      return words.length > 0 ? words.map(texToText) : [target.query]
    case 'category':
      return crossListed ? words.map((word) => `${word} (cross-list)`) : [target.category]
    case 'feed':
      return [target.name]
  }
}
