// What is read off the names of held leases, and how shards are shared.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { census, REACHED, seatName, shardName, shareOf, turnName } from '#adapters/chat/discord/shards/names.ts'

test('the names of seats and shards say what they are, and all others nothing', () => {
  const seats = [10, 2].map(seatName)
  const shards = [
    { id: 0, of: 12 },
    { id: 11, of: 12 },
  ]
  const held = [...seats, turnName(0), 'discord size', 'discord shard of 4', 'feeds', ...shards.map(shardName)]
  expect(census(held)).toEqual({ seats: [2, 10], shards, isReached: false })
  expect(census([...held, REACHED]).isReached).toBe(true)
})

describe('the share of a process', () => {
  const seats = fc.uniqueArray(fc.nat(63), { minLength: 1 }).map((some) => some.sort((one, other) => one - other))

  test('is as large as that of any other, or one smaller, and all have all shards', () => {
    fc.assert(
      fc.property(fc.nat(500), seats, (all, living) => {
        const shares = living.map((seat) => shareOf(all, living, seat))
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(all)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('is nothing where it has no seat', () => {
    expect(shareOf(4, [0, 1], 2)).toBe(0)
  })
})
