import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draw } from '#adapters/templates/draw.ts'
import { createMarkdown } from '#adapters/templates/markdown.ts'
import { segmentsOf } from '#adapters/templates/segments.ts'
import { createWritten, limitsFor } from '#adapters/templates/written.ts'
import { ConfigError } from '#core/errors.ts'

const place = { template: 'mine.md.hbs', line: 1 }
const limits = limitsFor(100)
const readMarkdown = createMarkdown()

/** `whole`: read in one go, as if the text had no segments. */
function drawn(markdown: string, whole: boolean) {
  const written = createWritten(limits)
  written.text(markdown, place)
  const read = readMarkdown()
  try {
    return whole ? draw(written, limits, read, (text) => [{ at: 0, text }]) : draw(written, limits, read)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return 'refused'
  }
}

/** What means something at the beginning of a line or within it; the last ones stand for values. */
const UNITS = [
  ...'a~**a~*a~3 a~***~1) a~- a~- **a**~- `~- 3 ~1. 3 ~1. *a~- [~- =~1. `a`~- _'.split('~'),
  ...'b ~ ~  ~- ~* ~+ ~-~*~1. ~2) ~1.~> ~>~# ~#~```~`~**~_~=~\t~[a](http://b)~\\~&amp;~\ue000~\ue000'.split('~'),
  '~~~',
]

describe('segments', () => {
  const line = fc.string({
    unit: fc.constantFrom(...UNITS),
    maxLength: 5,
  })
  const markdown = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

  test('read one by one mean what the whole text means', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(drawn(text, false)).toEqual(drawn(text, true))
      }),
      { numRuns: 300 },
    )
  })

  test('are the whole text, in order', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const segments = segmentsOf(text)
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        for (const { at, text: part } of segments) expect(text.startsWith(part, at)).toBe(true)
      }),
    )
  })

  test('are one for each row of a list and each paragraph', () => {
    expect(segmentsOf('# A\n\nb\nc\n\n- d\n- e\n\n1. f\n2. g\n')).toHaveLength(6)
  })
})
