// Spans made shorter or parted: never within a grapheme, nor, where that can be helped, within a word. Lengths are UTF-16 units, of
// which there are at least as many as the characters that Discord counts.
import type { Span } from '#core/reply.ts'
import { begun, shortened } from '#core/text/shorten.ts'

const HIGH_SURROGATE = /[\ud800-\udbff]/

/** The spans' text shortened to `length` in all; nothing at all where nothing may stay. */
export function shortenedSpans(spans: readonly Span[], length: number): Span[] {
  const text = textOf(spans)
  if (text.length <= length) return [...spans]
  if (length < 1) return []
  const kept = shortened(text, length).length - 1
  const [first] = parted(spans, kept)
  const last = first.at(-1)
  return last ? [...first.slice(0, -1), { ...last, text: `${last.text}…` }] : [{ text: '…' }]
}

/** In two, the first of them at most half as long, at a blank where there is one near; the text must not be of a single unit. */
export function halves(spans: readonly Span[]): [Span[], Span[]] {
  const text = textOf(spans)
  const half = Math.max(1, Math.floor(text.length / 2))
  const first = begun(text, half).length
  return parted(spans, first > 0 ? first : cut(text, half))
}

export function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('')
}

/** Where the spans' text is parted at `at`. */
function parted(spans: readonly Span[], at: number): [Span[], Span[]] {
  const [before, after]: [Span[], Span[]] = [[], []]
  let left = at
  for (const span of spans) {
    const [first, second] = [span.text.slice(0, left), span.text.slice(left)]
    if (first !== '') before.push({ ...span, text: first })
    if (second !== '') after.push({ ...span, text: second })
    left = Math.max(0, left - span.text.length)
  }
  return [before, after]
}

/** A grapheme that is longer than all there is room for is cut all the same. */
function cut(text: string, length: number): number {
  return length > 1 && HIGH_SURROGATE.test(text[length - 1] ?? '') ? length - 1 : length
}
