// Others' text made safe for Discord: every mark of its Markdown escaped, then styled as the reply says.
import type { Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'

/** What Discord's Markdown, mentions, emoji and bare links begin with. */
const MARKS = /[\\*_~`|[\]()<>#@:]/g
/** What makes a list, a small line or a number at a line's beginning. */
const LINE_MARKS = /^(\s*)([-+]|\d{1,20}\.)/gm
/** Full stops within words, which would make links and invites of them. */
const INNER_STOPS = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu
const HTTP = /^https?:\/\/[^\s<>]+$/i
const UNSAFE_IN_LINK = /[()\\<>\s]/g
const INNER = /^(\s*)([\s\S]*?)(\s*)$/
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Markdown that shows these spans and nothing that their text could mean by itself. */
export function markdown(spans: readonly Span[]): string {
  return spans.map(one).join('')
}

/** Text in which nothing is a mark. */
export function escaped(text: string): string {
  return visible(text)
    .replace(MARKS, '\\$&')
    .replace(LINE_MARKS, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(INNER_STOPS, '\\.')
}

/** At most `length` code points, never cut within a grapheme; an ellipsis stands for what is cut off. */
export function shortened(text: string, length: number): string {
  if (lengthOf(text) <= length) return text
  let kept = ''
  let left = length - 1
  for (const { segment } of graphemes.segment(text)) {
    left -= lengthOf(segment)
    if (left < 0) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** In code points, as Discord counts. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** The spans' text shortened to `length` code points in all. */
export function shortenedSpans(spans: readonly Span[], length: number): Span[] {
  const kept: Span[] = []
  let left = length
  for (const span of spans) {
    if (left <= 0) break
    kept.push({ ...span, text: shortened(span.text, left) })
    left -= lengthOf(span.text)
  }
  return kept
}

function one(span: Span): string {
  if (span.channel !== undefined) return `<#${span.channel}>`
  if (span.role !== undefined) return `<@&${span.role}>`
  const text = visible(span.text)
  if (text.trim() === '') return text
  const inner = span.code ? codeOf(text) : escaped(text)
  const styled = [span.bold ? '**' : '', span.italic ? '*' : ''].reduce((said, mark) => wrapped(said, mark), inner)
  if (span.link === undefined || !HTTP.test(span.link)) return styled
  const url = span.link.replace(UNSAFE_IN_LINK, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return url.length > LIMITS.url ? styled : `[${styled}](<${url}>)`
}

/** The marks stand beside words, since Discord leaves them alone beside blanks. */
function wrapped(text: string, mark: string): string {
  if (mark === '') return text
  const [, before = '', inner = '', after = ''] = INNER.exec(text) ?? []
  return `${before}${mark}${inner}${mark}${after}`
}

function codeOf(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ')}\``
}
