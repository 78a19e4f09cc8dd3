import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfter } from '#adapters/chat/discord/gateway/pauses.ts'

test('pauses double up to the longest, and are moved by a quarter at most', () => {
  expect([0, 1, 2, 9].map((failures) => pauseAfter(failures, { shortest: 1, longest: 120 }, 0.5))).toEqual([1, 2, 4, 120])
  fc.assert(
    fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
      const pause = pauseAfter(failures, { shortest: 1, longest: 120 }, chance)
      expect(pause).toBeGreaterThanOrEqual(0.75)
      expect(pause).toBeLessThanOrEqual(150)
    }),
  )
})
