import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '#core/text/fold.ts'

test.each([
  ['Boix-Adserà', 'boix-adsera'],
  ['ŁUKASZ Ørsted Straße', 'lukasz orsted strasse'],
  ['ﬁne ℝ² Ω', 'fine r2 ω'],
  ['Μάξιμος', 'μαξιμοσ'],
  ['が 한국 हिन्दी', 'が 한국 हिन्दी'],
])('folds %s to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('folding again changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)))
})
