// Others' text made safe for Slack: rich text elements, which Slack never reads as markup, and an escaped fallback.
import type { types } from '@slack/bolt'
import type { Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'

export type TextElement = types.RichTextText | types.RichTextLink | types.RichTextChannelMention

const HTTP = /^https?:\/\/[^\s<>|]+$/i
const MARKUP = /[&<>]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Each span as an element in its style; empty ones are left out, since Slack refuses them. */
export function elements(spans: readonly Span[]): TextElement[] {
  return spans.flatMap((span): TextElement[] => {
    const text = visible(span.text)
    if (text === '') return []
    const style = styleOf(span)
    if (span.channel !== undefined) return [{ type: 'channel', channel_id: span.channel, ...style }]
    if (span.link !== undefined && HTTP.test(span.link) && span.link.length <= LIMITS.url) {
      return [{ type: 'link', url: span.link, text, ...style }]
    }
    return [{ type: 'text', text, ...style }]
  })
}

/** Text without any style. */
export function plainText(spans: readonly Span[]): string {
  return visible(spans.map((span) => span.text).join(''))
}

/** `&`, `<` and `>` as Slack wants them in text that it may read as markup. */
export function escaped(text: string): string {
  return text.replace(MARKUP, (character) => ENTITIES[character] ?? character)
}

/** At most `length` UTF-16 units, never cut within a grapheme; an ellipsis stands for what is cut off. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${cut(text, Math.max(0, length - 1)).trimEnd()}…`
}

/** The spans' text shortened to `length` in all. */
export function shortenedSpans(spans: readonly Span[], length: number): Span[] {
  const kept: Span[] = []
  let left = length
  for (const span of spans) {
    if (left <= 0) break
    kept.push({ ...span, text: shortened(span.text, left) })
    left -= span.text.length
  }
  return kept
}

/** Pieces of at most `length` UTF-16 units, parted at line ends where there are any, never within a grapheme. */
export function pieces(text: string, length: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > length) {
    const line = rest.lastIndexOf('\n', length)
    const piece = line > 0 ? rest.slice(0, line) : cut(rest, length)
    parts.push(piece)
    rest = rest.slice(piece.length + (line > 0 ? 1 : 0))
  }
  return rest === '' ? parts : [...parts, rest]
}

/** The longest run of whole graphemes within `length`; a single one that is longer is cut anyway. */
function cut(text: string, length: number): string {
  return text.slice(0, graphemes.segment(text).containing(length)?.index || length)
}

function styleOf({ bold, italic, code }: Span): { style?: { bold?: true; italic?: true; code?: true } } {
  if (!bold && !italic && !code) return {}
  return { style: { ...(bold && { bold }), ...(italic && { italic }), ...(code && { code }) } }
}
