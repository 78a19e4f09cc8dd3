// Others' text made safe for Slack: rich text elements, which Slack never reads as markup, and an escaped fallback.
import type { types } from '@slack/bolt'
import type { Span } from '#core/reply.ts'
import { shortened, wholeGraphemes } from '#core/text/shorten.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'

export type TextElement = types.RichTextText | types.RichTextLink | types.RichTextChannelMention

/** A channel that others may be in: direct messages have no name to show. */
const CHANNEL = /^[CG][A-Z0-9]+$/
const HTTP = /^https?:\/\//i
/** What needs no escape anywhere. */
const PLAIN_ADDRESS = /^[a-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/i
const NOT_PLAIN = /[|<>"`{}^\\]/g
const HIGH_SURROGATE = /[\ud800-\udbff]/
const BLANK = /^\s*$/
const MARKUP = /[&<>]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Each span as an element in its style; empty ones are left out, since Slack refuses them. */
export function elements(spans: readonly Span[]): TextElement[] {
  return spans.flatMap((span): TextElement[] => {
    const text = visible(span.text)
    if (text === '') return []
    const style = styleOf(span)
    if (span.channel !== undefined && CHANNEL.test(span.channel)) return [{ type: 'channel', channel_id: span.channel, ...style }]
    const url = span.link === undefined || isBlank(text) ? undefined : webAddress(span.link)
    return [url === undefined ? { type: 'text', text, ...style } : { type: 'link', url, text, ...style }]
  })
}

/** An address of the web as Slack takes it, its markup percent-encoded; undefined for any other, and for one that is too long. */
export function webAddress(address: string): string | undefined {
  const trimmed = address.trim()
  if (!HTTP.test(trimmed) || trimmed.length > LIMITS.url || !URL.canParse(trimmed)) return undefined
  if (PLAIN_ADDRESS.test(trimmed)) return trimmed
  const url = new URL(trimmed).href.replace(NOT_PLAIN, encodeURIComponent)
  return url.length <= LIMITS.url ? url : undefined
}

/** Whether nothing of a text would be seen. */
export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

/** Plain text of at most `length` characters, others' made visible. */
export function label(text: string, length: number): types.PlainTextElement {
  return { type: 'plain_text', text: shortened(visible(text), length), emoji: false }
}

/** Text without any style. */
export function plainText(spans: readonly Span[]): string {
  return visible(spans.map((span) => span.text).join(''))
}

/** `&`, `<` and `>` as Slack wants them in text that it may read as markup. */
export function escaped(text: string): string {
  return text.replace(MARKUP, (character) => ENTITIES[character] ?? character)
}

/** Escaped, and shortened so far that it has no more than `length` UTF-16 units when it is. */
export function escapedWithin(text: string, length: number): string {
  let kept = length
  for (;;) {
    const safe = escaped(shortened(text, kept))
    if (safe.length <= length) return safe
    kept = Math.min(kept - 1, Math.floor((kept * length) / safe.length))
  }
}

/** The spans' text shortened to `length` in all; where nothing may stay, an ellipsis does. */
export function shortenedSpans(spans: readonly Span[], length: number): Span[] {
  const text = spans.map((span) => span.text).join('')
  if (text.length <= length) return [...spans]
  const kept: Span[] = []
  let left = shortened(text, Math.max(1, length)).length - 1
  for (const span of spans) {
    if (span.text.length >= left) {
      kept.push({ ...span, text: `${span.text.slice(0, left)}…` })
      break
    }
    kept.push(span)
    left -= span.text.length
  }
  return kept
}

/** The spans in runs of at most `length` UTF-16 units, never parted within a grapheme. */
export function spanPieces(spans: readonly Span[], length: number): Span[][] {
  const runs: Span[][] = [[]]
  let left = length
  for (const span of spans) {
    let rest = span.text
    while (rest.length > left) {
      const piece = left === 0 ? '' : cut(rest, left, runs.at(-1)?.length === 0)
      if (piece !== '') runs.at(-1)?.push({ ...span, text: piece })
      rest = rest.slice(piece.length)
      runs.push([])
      left = length
    }
    runs.at(-1)?.push({ ...span, text: rest })
    left -= rest.length
  }
  return runs.filter((run) => run.length > 0)
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

/** The longest run of whole graphemes within `length`; a single one that is longer is cut anyway, where `must`. */
function cut(text: string, length: number, must = true): string {
  const whole = wholeGraphemes(text, length)
  if (whole > 0 || !must) return text.slice(0, whole)
  return text.slice(0, HIGH_SURROGATE.test(text[length - 1] ?? '') ? length - 1 : length)
}

function styleOf({ bold, italic, code }: Span): { style?: { bold?: true; italic?: true; code?: true } } {
  if (!bold && !italic && !code) return {}
  return { style: { ...(bold && { bold }), ...(italic && { italic }), ...(code && { code }) } }
}
