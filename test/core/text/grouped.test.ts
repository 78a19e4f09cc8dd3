import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped } from '#core/text/grouped.ts'

test('whole numbers are grouped as English writes them', () => {
  fc.assert(
    fc.property(fc.nat(), (whole) => {
      expect(grouped(whole)).toBe(whole.toLocaleString('en-US'))
    }),
  )
})
