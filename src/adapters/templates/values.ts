// The values that stand behind the marks of one segment.
import type { Span } from '#core/reply.ts'
import { MARK } from './written.ts'

const NUMBERED_MARK = /([\ue000-\uf8ff])/

export interface Values {
  /** The text with the values' spans in place of its marks, each in `style` besides its own. */
  spans(text: string, style: Omit<Span, 'text'>): Span[]
  /** The text with the values' plain texts. */
  plain(text: string): string
}

/** The first mark stands for the first of `values`, and so on. */
export function createValues(values: readonly (readonly Span[])[]): Values {
  function spans(text: string, style: Omit<Span, 'text'>): Span[] {
    return text.split(NUMBERED_MARK).flatMap((piece, at) => {
      if (at % 2 === 0) return piece === '' ? [] : [{ ...style, text: piece }]
      const value = values[piece.charCodeAt(0) - MARK.charCodeAt(0)] ?? []
      return value.map((span) => ({ ...span, ...style, text: span.text }))
    })
  }
  return { spans, plain: (text) => spans(text, {}).reduce((all, span) => all + span.text, '') }
}
