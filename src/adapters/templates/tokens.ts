// Values stand in the rendered Markdown as tokens that nobody can guess and that mean nothing to Markdown: what a title or
// a name says is never parsed, so it cannot become a link, a mention or a card.

import { randomBytes } from 'node:crypto'
import type { Block, Span } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { texToSpans } from '#core/text/tex.ts'

/** What a template's variable stands for, where it is more than plain text. */
export interface Rich {
  readonly spans: readonly Span[]
}

type Card = Extract<Block, { kind: 'card' }>

export interface Tokens {
  /** The token of a value; '' for an empty one. */
  text(value: unknown): string
  card(card: Card): string
  /** The text with its tokens' spans in it, each in `style` besides its own. */
  spans(text: string, style: Omit<Span, 'text'>): Span[]
  /** The text with its tokens' plain texts. */
  plain(text: string): string
  /** The card that the text is the token of, and nothing else. */
  cardOf(text: string): Card | undefined
}

const CARD_TOKEN = /^\s*(\S+)\s*$/

/** Tokens of one rendering. */
export function createTokens(): Tokens {
  const secret = `q${randomBytes(12).toString('hex')}`
  const pattern = new RegExp(`${secret}([tc])(\\d+)z`)
  const texts: (readonly Span[])[] = []
  const cards: Card[] = []

  function spans(text: string, style: Omit<Span, 'text'>): Span[] {
    const pieces = text.split(pattern)
    const found: Span[] = []
    for (let at = 0; at < pieces.length; at += 3) {
      if (pieces[at]) found.push({ ...style, text: pieces[at] ?? '' })
      const place = Number(pieces[at + 2])
      const value = pieces[at + 1] === 'c' ? titleOf(cards[place]) : (texts[place] ?? [])
      if (at + 1 < pieces.length) found.push(...value.map((span) => ({ ...span, ...style, text: span.text })))
    }
    return found
  }

  return {
    text(value) {
      const spans = spansOf(value).filter(({ text }) => text !== '')
      return spans.length === 0 ? '' : `${secret}t${texts.push(spans) - 1}z`
    },
    card: (card) => `${secret}c${cards.push(card) - 1}z`,
    spans,
    plain: (text) => spans(text, {}).reduce((all, span) => all + span.text, ''),
    cardOf(text) {
      const [, token = ''] = CARD_TOKEN.exec(text) ?? []
      const [before, kind, place, after] = token.split(pattern)
      return before === '' && kind === 'c' && after === '' ? cards[Number(place)] : undefined
    },
  }
}

/** A card where there is no room for one, within a sentence, is its title. */
function titleOf(card: Card | undefined): readonly Span[] {
  return card ? texToSpans(card.paper.title) : []
}

function spansOf(value: unknown): readonly Span[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'object' && 'spans' in value) return (value as Rich).spans
  if (typeof value === 'string') return [{ text: value }]
  return typeof value === 'number' ? [{ text: grouped(value) }] : []
}
