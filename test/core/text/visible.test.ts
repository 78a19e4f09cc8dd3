import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visible } from '#core/text/visible.ts'

test('escape sequences lose what makes a screen obey them', () => {
  expect(visible('\u001b[31mred\u001b[0m \u009b2J')).toBe('[31mred[0m 2J')
})

test('bidi overrides and zero-width spaces go; the joiners of scripts and emoji stay', () => {
  expect(visible('a\u202eb\u2066c\u200bd')).toBe('abcd')
  expect(visible('👩\u200d🔬 می\u200cخواهم')).toBe('👩\u200d🔬 می\u200cخواهم')
})

test('marks of Arabic, Mongolian and interlinear text that nobody sees go, and half a character is shown as missing', () => {
  expect(visible('a\u061cb\u180ec\ufff9d')).toBe('abcd')
  expect(visible('a\ud800b')).toBe('a\ufffdb')
})

test('printable text comes out as it went in', () => {
  fc.assert(fc.property(fc.string(), (text) => visible(text) === text))
})

test('nothing below the space but tab and line feed is left, whatever went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      [...visible(text)].every((character) => character >= ' ' || character === '\t' || character === '\n'),
    ),
  )
})
