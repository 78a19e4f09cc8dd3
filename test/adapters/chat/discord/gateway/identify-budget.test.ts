import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdentifyBudget } from '#adapters/chat/discord/gateway/identify-budget.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('a session is begun at once where few are', () => {
  let now = 0
  const budget = createIdentifyBudget(() => now)
  for (let at = 0; at < 50; at++) {
    expect(budget(1000)).toBe(0)
    now += 60_000
  }
})

test('however often sessions are lost, no more are begun in a day than Discord allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 5000 }),
      fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 50 }),
      (total, gaps) => {
        let now = 0
        let begun = 0
        const budget = createIdentifyBudget(() => now)
        while (now < DAY_MS) {
          now += budget(total)
          if (now < DAY_MS) begun++
          now += gaps[begun % Math.max(1, gaps.length)] ?? 0
        }
        expect(begun).toBeLessThanOrEqual(total)
      },
    ),
    { numRuns: 50 },
  )
})
