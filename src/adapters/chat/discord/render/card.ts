// A paper card in Discord, as in the design's listing: facts as small print, then title, people, abstract, and what a full card adds.
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { shortened } from '#core/text/shorten.ts'
import { visible } from '#core/text/visible.ts'
import { shortenedSpans, textOf } from './shorten.ts'
import { escaped, isBlank, markdown } from './text.ts'

export type Card = Extract<Block, { kind: 'card' }>

/** How much of a card is said, in characters. */
export interface CardLengths {
  readonly abstract: number
  /** Each of title, people, reason and further detail. */
  readonly most: number
  /** Cards of one line say their title alone. */
  readonly isBrief?: boolean
  /** Titles are no links. */
  readonly isBare?: boolean
}

/** The card as Markdown; what is longer than it may be ends with an ellipsis. */
export function cardText(card: Card, lengths: CardLengths, now: Temporal.Instant): string {
  const { abstract, most } = lengths
  const view = cardView(card.paper, card.form, now)
  const facts = factsOf(view, most)
  const people = [view.authors, view.orgs.join(', ')].filter((part) => !isBlank(part)).join(' · ')
  const details = view.details.map(({ label, text }) =>
    markdown([{ text: `${label}: `, bold: true }, ...shortenedSpans(text.map(onOneLine), most)]),
  )
  const links = view.links.map(({ label, url }) => markdown([{ text: label, link: url }]))
  const head = [facts === '' ? '' : `-# ${facts}`, titleOf(view, lengths), escaped(oneLine(shortened(people, most)))]
  const rest = [...details, links.join(' · '), ...reasonsOf(card, most)]
  const parts = [joined(head, '\n'), markdown(shortenedSpans(view.abstract, abstract)), joined(rest, '\n')]
  return joined(parts, card.form === 'full' ? '\n\n' : '\n')
}

/** The card as one line: title, facts, and why it is here. */
export function cardLine(card: Card, lengths: CardLengths, now: Temporal.Instant): string {
  const view = cardView(card.paper, 'line', now)
  const rest = lengths.isBrief ? [] : [factsOf(view, lengths.most), ...reasonsOf(card, lengths.most)]
  return joined([titleOf(view, lengths), ...rest], ' · ')
}

/** The title as it is read, on one line. */
export function plainTitle({ paper, form }: Card, now: Temporal.Instant): string {
  return visible(textOf(cardView(paper, form, now).title.map(onOneLine)))
}

function titleOf({ title, url }: ReturnType<typeof cardView>, { most, isBare }: CardLengths): string {
  const link = url === undefined || isBare ? {} : { link: url }
  return markdown(shortenedSpans(title, most).map((span) => ({ ...onOneLine(span), bold: true, ...link })))
}

function factsOf({ score, facts }: ReturnType<typeof cardView>, most: number): string {
  const shown = facts.map((fact) => escaped(oneLine(shortened(fact, most))))
  return joined([score === null ? '' : `**${escaped(score)}**`, ...shown], ' · ')
}

function reasonsOf({ why = [], update = [] }: Card, most: number): string[] {
  return [why, update].map((spans) =>
    markdown(shortenedSpans(spans, most).map((span): Span => ({ ...onOneLine(span), italic: true }))),
  )
}

function onOneLine<T extends Span>(span: T): T {
  return { ...span, text: oneLine(span.text) }
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ')
}

function joined(parts: readonly string[], between: string): string {
  return parts.filter((part) => !isBlank(part)).join(between)
}
