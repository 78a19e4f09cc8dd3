// A paper card in the terminal, as in the design's listing: facts, title, people, abstract, then what a full card adds.
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import type { Style } from './style.ts'

/** The card's paragraphs, one a text, not yet wrapped. `spans` turns spans into terminal text. */
export function cardParagraphs(
  card: Extract<Block, { kind: 'card' }>,
  now: Temporal.Instant,
  style: Style,
  spans: (spans: readonly Span[]) => string,
): string[] {
  const view = cardView(card.paper, card.form, now)
  const score = view.score === null ? [] : [style.accent(view.score)]
  const facts = [...score, ...view.facts.map(visible)].join(' · ')
  const title = style.bold(spans(view.title))
  const why = [card.why ?? [], card.update ?? []]
    .filter((part) => part.length > 0)
    .map((part) => style.dim(spans(part)))
    .join(' · ')
  if (card.form === 'line')
    return [[title, facts, why].filter((part) => part !== '').join(' · '), style.dim(view.url ?? '')].filter(Boolean)
  const people = [view.authors, view.orgs.join(', ')].filter((part) => part !== '').join(' · ')
  return [
    facts,
    title,
    visible(people),
    spans(view.abstract),
    ...view.details.map(({ label, text }) => `${style.dim(`${label}:`)} ${spans(text)}`),
    ...view.links.map(({ label, url }) => `${style.dim(`${label}:`)} ${url}`),
    why,
    card.form === 'listing' ? style.dim(view.url ?? '') : '',
  ].filter((paragraph) => paragraph !== '')
}
