// TeX turned into what chat can show: bold, italic, code and links as spans, formulas as Unicode (`$O(n^2)$` → O(n²)).
// Never raw and never lossy: what cannot be turned stays readable text. Abstracts' Markdown is turned the same way.
import type { Span } from '#core/reply.ts'
import { readMath } from './tex-math.ts'
import { joined, styled, type Tex, textOf } from './tex-scope.ts'
import { readText } from './tex-text.ts'

const MARKS = /[\\${}^_~`*]|--|\]\(/

/**
 * The text as spans, neighbours of one style joined; [] for an empty one. Text without TeX or Markdown comes out as it
 * went in. Never throws; linear in the text's length.
 */
export function texToSpans(text: string): readonly Span[] {
  if (!MARKS.test(text)) return styled(text, {})
  return joined(createTex(text).read(0, text.length, { mode: 'text', style: {}, depth: 0 }))
}

/** The same as plain text, for search and for places without styles. */
export function texToText(text: string): string {
  return MARKS.test(text) ? textOf(texToSpans(text)) : text
}

function createTex(source: string): Tex {
  const closings = new Map<number, number>()
  const dollars = new Map<number, number>()
  const open: number[] = []
  let dollar = -1
  for (let at = 0; at < source.length; at++) {
    const character = source[at]
    if (character === '\\') at++
    else if (character === '{') open.push(at)
    else if (character === '}') {
      const start = open.pop()
      if (start !== undefined) closings.set(start, at)
    } else if (character === '$') {
      if (dollar !== -1) dollars.set(dollar, at)
      dollar = at
    }
  }
  // Each mark's last answer holds for every place before it, so that looking for it stays linear.
  const found = new Map<string, { from: number; place: number }>()

  const tex: Tex = {
    source,
    closing(at, end) {
      const place = closings.get(at) ?? -1
      return place < end ? place : -1
    },
    nextDollar: (at) => dollars.get(at) ?? -1,
    find(mark, at) {
      const known = found.get(mark)
      if (known !== undefined && known.from <= at && (known.place === -1 || at <= known.place)) return known.place
      const place = source.indexOf(mark, at)
      found.set(mark, { from: at, place })
      return place
    },
    read: (from, to, reading) => (reading.mode === 'math' ? readMath : readText)(tex, from, to, reading),
  }
  return tex
}
