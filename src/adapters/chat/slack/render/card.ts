// A paper card in Slack, as in the design's listing: facts as small print, then title, people, abstract, and what a full card adds.
import type { types } from '@slack/bolt'
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'
import { elements, isBlank, label, plainText, shortenedSpans } from './text.ts'

export type Card = Extract<Block, { kind: 'card' }>

/** So much of a title, of the people, of a reason; real ones are far shorter. */
const MOST = 1000
/** So much of the facts. */
const MOST_FACTS = 300
/** So much of each further detail. */
const MOST_DETAIL = 600

export interface CardFormat {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** The longest an abstract may be, in characters. */
  readonly abstract: number
}

/** The card without its buttons. Title, people and details are cut, with an ellipsis, where they are of no human length. */
export function cardBlocks(card: Card, { now, abstract }: CardFormat): types.KnownBlock[] {
  const view = cardView(card.paper, card.form, now)
  const facts = factsOf(view)
  const people = [view.authors, view.orgs.join(', ')].filter((part) => part !== '').join(' · ')
  const details = view.details.map(({ label, text }) =>
    shortenedSpans([{ text: `${label}: `, bold: true }, ...text], MOST_DETAIL),
  )
  const links = joined(
    view.links.map(({ label, url }): Span[] => [{ text: label, link: url }]),
    ' · ',
  )
  const head = joined([titleOf(view), shortenedSpans([{ text: people }], MOST)], '\n')
  const rest = joined([...details, links, ...reasonsOf(card)], '\n')
  const room = LIMITS.blocksText - plainText([...head, ...rest]).length - MOST
  const between = card.form === 'full' ? '\n\n' : '\n'
  const said = joined([head, shortenedSpans(view.abstract, Math.min(abstract, room)), rest], between)
  return [
    ...(isBlank(facts) ? [] : [{ type: 'context' as const, elements: [label(facts, MOST_FACTS)] }]),
    ...(plainText(said) === '' ? [] : [richText(said)]),
  ]
}

/** The card as one line: title, facts, and why it is here. */
export function cardLine(card: Card, now: Temporal.Instant): Span[] {
  const view = cardView(card.paper, 'line', now)
  return joined([titleOf(view), shortenedSpans([{ text: factsOf(view) }], MOST_FACTS), ...reasonsOf(card)], ' · ')
}

function titleOf({ title, url }: ReturnType<typeof cardView>): Span[] {
  const link = url === undefined ? {} : { link: url }
  const seen = title.map((span) => ({ ...span, text: visible(span.text) }))
  return shortenedSpans(seen, MOST).map((span) => ({ ...span, bold: true, ...link }))
}

function factsOf({ score, facts }: ReturnType<typeof cardView>): string {
  return [score ?? '', ...facts.map(visible)].filter((fact) => !isBlank(fact)).join(' · ')
}

function reasonsOf({ why = [], update = [] }: Card): Span[][] {
  return [why, update].map((part) => shortenedSpans(part, MOST).map((span): Span => ({ ...span, italic: true })))
}

function richText(spans: readonly Span[]): types.RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elements(spans) }] }
}

function joined(lines: readonly (readonly Span[])[], between: string): Span[] {
  return lines
    .filter((line) => line.some((span) => span.text !== ''))
    .flatMap((line, at) => (at === 0 ? line : [{ text: between }, ...line]))
}
