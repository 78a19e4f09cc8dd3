// A paper card in Slack, as in the design's listing: facts, title, people, abstract, then what a full card adds.
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { elements, shortenedSpans, type TextElement } from './text.ts'

/** The card's lines in one run of elements; a longer abstract is cut to `abstract` characters. */
export function cardElements(
  card: Extract<Block, { kind: 'card' }>,
  { now, abstract = Number.POSITIVE_INFINITY }: { now: Temporal.Instant; abstract?: number },
): TextElement[] {
  const view = cardView(card.paper, card.form, now)
  const facts: Span[] = [
    ...(view.score === null ? [] : [{ text: view.score, bold: true }]),
    ...view.facts.map((text) => ({ text })),
  ].flatMap((span, at) => (at === 0 ? [span] : [{ text: ' · ' }, span]))
  const link = view.url === undefined ? {} : { link: view.url }
  const title: Span[] = view.title.map((span) => ({ ...span, bold: true, ...link }))
  const [why, update] = [card.why ?? [], card.update ?? []].map((part) => part.map((span): Span => ({ ...span, italic: true })))
  if (card.form === 'line') return elements(joined([title, facts, why, update], ' · '))
  const people = [view.authors, view.orgs.join(', ')].filter((part) => part !== '').join(' · ')
  const details = view.details.map(({ label, text }): Span[] => [{ text: `${label}: ` }, ...text])
  const links = view.links.map(({ label, url }): Span[] => [{ text: label, link: url }])
  const text = shortenedSpans(view.abstract, abstract)
  return elements(joined([facts, title, [{ text: people }], text, ...details, joined(links, ' · '), why, update], '\n'))
}

function joined(lines: readonly (readonly Span[] | undefined)[], between: string): Span[] {
  return lines
    .filter((line) => line !== undefined)
    .filter((line) => line.some((span) => span.text !== ''))
    .flatMap((line, at) => (at === 0 ? line : [{ text: between }, ...line]))
}
