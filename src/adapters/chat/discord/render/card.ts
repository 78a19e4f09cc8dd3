// A paper card in Discord, as in the design's listing: facts, title, people, abstract, then what a full card adds.
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { escaped, markdown, shortenedSpans } from './text.ts'

/** The card as Markdown; a longer abstract is cut to `abstract` characters. */
export function cardText(
  card: Extract<Block, { kind: 'card' }>,
  { now, abstract = Number.POSITIVE_INFINITY }: { now: Temporal.Instant; abstract?: number },
): string {
  const view = cardView(card.paper, card.form, now)
  const facts = [...(view.score === null ? [] : [`**${escaped(view.score)}**`]), ...view.facts.map(escaped)].join(' · ')
  const link = view.url === undefined ? {} : { link: view.url }
  const title = markdown(view.title.map((span): Span => ({ ...span, bold: true, ...link })))
  const [why, update] = [card.why ?? [], card.update ?? []].map((spans) =>
    markdown(spans.map((span): Span => ({ ...span, italic: true }))),
  )
  if (card.form === 'line') return joined([title, facts, why, update], ' · ')
  const people = escaped([view.authors, view.orgs.join(', ')].filter((part) => part !== '').join(' · '))
  const details = view.details.map(({ label, text }) => `${escaped(label)}: ${markdown(text)}`)
  const links = view.links.map(({ label, url }) => markdown([{ text: label, link: url }])).join(' · ')
  const text = markdown(shortenedSpans(view.abstract, abstract))
  return joined([facts === '' ? '' : `-# ${facts}`, title, people, text, ...details, links, why, update], '\n')
}

function joined(lines: readonly (string | undefined)[], between: string): string {
  return lines.filter((line) => line).join(between)
}
