import { expect, test } from 'vitest'
import type { Reason, Target } from '#core/subscription.ts'
import { whySpans } from '#digests/why.ts'
import { anAuthorTarget } from '#test/builders.ts'

const cs: Target = { kind: 'category', category: 'cs.LG' }
const reason = (target: Target, words: string[], crossListed?: true): Reason => {
  return { subscription: 'subscription-1', target, words, ...(crossListed && { crossListed }) }
}
const text = (...reasons: Reason[]) =>
  whySpans(reasons)
    .map((span) => span.text)
    .join('')

test('names authors, words and categories, each once', () => {
  const topic: Target = { kind: 'topic', query: 'sparse autoencoder' }
  const words = reason(topic, ['Sparse', 'autoencoders'])
  expect(text(reason(cs, ['cs.LG']), words, words, reason(anAuthorTarget('Eric J. Michaud'), ['E. J. Michaud']))).toBe(
    'by Eric J. Michaud · matches Sparse, autoencoders · in cs.LG',
  )
})

test('says of a cross-list that it is one, by the category that the paper carries', () => {
  expect(text(reason({ kind: 'category', category: 'stat' }, ['stat.ML'], true), reason(cs, ['cs.LG']))).toBe(
    'in stat.ML (cross-list), cs.LG',
  )
})
