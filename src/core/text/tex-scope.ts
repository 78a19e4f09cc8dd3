// What the readers of TeX share: the source with its matched braces, the style in force, the arguments of a command.
import type { Span } from '#core/reply.ts'

export type Style = Omit<Span, 'text'>

/** How a piece of the source is to be read. */
export interface Reading {
  readonly mode: 'text' | 'math'
  readonly style: Style
  /** How many groups and arguments it lies in. */
  readonly depth: number
}

export interface Tex {
  readonly source: string
  /** The place of the brace that closes the one at `at`, before `end`; -1 where none does. */
  closing(at: number, end: number): number
  /** The next dollar after the one at `at`, escaped ones left out; -1 where there is none. */
  nextDollar(at: number): number
  /** The next place of a short mark from `at` on; -1 where there is none. */
  find(mark: string, at: number): number
  /** Reads source[from, to). */
  read(from: number, to: number, reading: Reading): Span[]
}

/** What a command came to, the place after it, and the style it leaves in force. */
export interface Outcome {
  readonly spans: readonly Span[]
  readonly next: number
  readonly style?: Style
}

/** A piece of the source; `next` is the place after it and its braces. */
export interface Argument {
  readonly from: number
  readonly to: number
  readonly next: number
}

const COMMAND = /\\(?:[A-Za-z]+|.)/sy
const LONGEST_OPTION = 200

/** The argument that begins at `at`, spaces skipped: a group, a command with its groups, or one character. */
export function argumentAt(tex: Tex, at: number, end: number): Argument | undefined {
  const start = skipSpaces(tex.source, at, end)
  if (start >= end) return undefined
  const first = tex.source[start]
  if (first === '{') {
    const close = tex.closing(start, end)
    return close === -1 ? undefined : { from: start + 1, to: close, next: close + 1 }
  }
  if (first === '}' || first === '$') return undefined
  if (first === '\\') {
    COMMAND.lastIndex = start
    let to = COMMAND.test(tex.source) ? Math.min(COMMAND.lastIndex, end) : start + 1
    while (tex.source[to] === '{' && tex.closing(to, end) !== -1) to = tex.closing(to, end) + 1
    return { from: start, to, next: to }
  }
  const to = start + ((tex.source.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
  return { from: start, to, next: to }
}

/** The group that begins at `at`, spaces skipped; undefined where no brace opens there. */
export function groupAt(tex: Tex, at: number, end: number): Argument | undefined {
  return tex.source[skipSpaces(tex.source, at, end)] === '{' ? argumentAt(tex, at, end) : undefined
}

/** The optional argument in square brackets that begins right at `at`. */
export function optionAt(tex: Tex, at: number, end: number): Argument | undefined {
  if (tex.source[at] !== '[') return undefined
  const close = tex.source.slice(at, Math.min(end, at + LONGEST_OPTION)).indexOf(']')
  return close === -1 ? undefined : { from: at + 1, to: at + close, next: at + close + 1 }
}

export function skipSpaces(source: string, at: number, end: number): number {
  let place = at
  while (place < end && (source[place] === ' ' || source[place] === '\n' || source[place] === '\t')) place++
  return place
}

export function textOf(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join('')
}

/** One span, or none for an empty text. */
export function styled(text: string, style: Style): Span[] {
  return text === '' ? [] : [{ text, ...style }]
}

/** Neighbours of one style become one span. */
export function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  let run: string[] = []
  let style: Span | undefined
  for (const span of spans) {
    if (style === undefined || !sameStyle(style, span)) {
      if (style !== undefined) out.push({ ...style, text: run.join('') })
      run = []
      style = span
    }
    run.push(span.text)
  }
  if (style !== undefined) out.push({ ...style, text: run.join('') })
  return out.filter((span) => span.text !== '')
}

function sameStyle(a: Style, b: Style): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.code === b.code && a.link === b.link
}
