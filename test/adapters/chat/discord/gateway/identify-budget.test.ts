import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdentifyBudget } from '#adapters/chat/discord/gateway/identify-budget.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** None of them taken, as Discord says. */
const all = (total: number) => ({ total, remaining: total, reset_after: DAY_MS })

test('a session is begun at once where few are', () => {
  let now = 0
  const budget = createIdentifyBudget(() => now)
  for (let at = 0; at < 50; at++) {
    expect(budget(all(1000))).toBe(0)
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
          now += budget(all(total))
          if (now < DAY_MS) begun++
          now += gaps[begun % Math.max(1, gaps.length)] ?? 0
        }
        expect(begun).toBeLessThanOrEqual(total)
      },
    ),
    { numRuns: 50 },
  )
})

test('a process that dies again and again, and knows nothing of the sessions before, begins no more in a day than Discord allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 5000 }),
      fc.integer({ min: 10_000, max: 600_000 }),
      fc.integer({ min: 1, max: 50 }),
      (total, life, shards) => {
        let begun = 0
        for (let born = 0; born < DAY_MS; born += life) {
          const limit = { total, remaining: total - begun, reset_after: DAY_MS - born }
          const budget = createIdentifyBudget(() => born)
          const lived = Math.min(life, DAY_MS - born)
          for (let shard = 0; shard < shards; shard++) if (budget(limit) < lived) begun++
          expect(begun).toBeLessThanOrEqual(total)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('once few of a day’s sessions remain, those of one start are spread over what is left of it', () => {
  const budget = createIdentifyBudget(() => 0)
  const limit = { total: 1000, remaining: 100, reset_after: 100_000 }
  expect([budget(limit), budget(limit), budget(limit)]).toEqual([1000, 2000, 3000])
  expect(budget({ ...limit, remaining: 0 })).toBe(100_000)
})
