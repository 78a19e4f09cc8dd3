// The contract of leases and events: one process has each at a time.
import fc from 'fast-check'
import { describe, expect, test as plainTest } from 'vitest'
import { LATER, NOON, type OpenStore, storeTest } from './opening.ts'

const BETWEEN = '2026-03-02T12:01:00Z'
const FOREVER = '2027-01-01T00:00:00Z'

export function leaseContract(open: OpenStore): void {
  const test = storeTest(open)

  const fenceOf = async (taken: Promise<number | 'held' | 'done'>): Promise<number> => {
    const fence = await taken
    if (typeof fence === 'string') throw new Error(`It is ${fence}.`)
    return fence
  }

  describe('a lease', () => {
    test('is taken by one, and by the next once it is given back', async ({ leases }) => {
      const fence = await fenceOf(leases.take('watch', { now: NOON, until: LATER }))
      expect(await leases.take('watch', { now: BETWEEN, until: LATER })).toBe('held')
      await fenceOf(leases.take('other', { now: BETWEEN, until: LATER }))
      await leases.giveBack('watch', fence, { now: BETWEEN, done: true })
      expect(await fenceOf(leases.take('watch', { now: BETWEEN, until: LATER }))).toBeGreaterThan(fence)
    })

    test('that is over goes to whoever asks, and whoever had it hears so', async ({ leases }) => {
      const first = await fenceOf(leases.take('watch', { now: NOON, until: BETWEEN }))
      expect(await leases.renew('watch', first, LATER)).toBe(true)
      for (const now of [BETWEEN, LATER]) expect(await leases.take('watch', { now, until: FOREVER })).toBe('held')
      const second = await fenceOf(leases.take('watch', { now: '2026-03-02T12:05:00.001Z', until: FOREVER }))
      expect(second).toBeGreaterThan(first)
      expect(await leases.renew('watch', first, FOREVER)).toBe(false)
      await leases.giveBack('watch', first, { now: LATER, done: true })
      expect(await leases.take('watch', { now: LATER, until: FOREVER })).toBe('held')
      expect(await leases.renew('watch', second, FOREVER)).toBe(true)
    })

    test('that was given back is nobody’s to renew', async ({ leases }) => {
      const fence = await fenceOf(leases.take('watch', { now: NOON, until: LATER }))
      await leases.giveBack('watch', fence, { now: NOON, done: false })
      expect(await leases.renew('watch', fence, LATER)).toBe(false)
    })

    test('is not taken for what was done since, but for what was not', async ({ leases }) => {
      const take = (now: string, unlessDoneSince: string) => leases.take('watch', { now, until: LATER, unlessDoneSince })
      await leases.giveBack('watch', await fenceOf(take(NOON, NOON)), { now: NOON, done: false })
      await leases.giveBack('watch', await fenceOf(take(NOON, NOON)), { now: BETWEEN, done: true })
      for (const since of [NOON, BETWEEN]) expect(await take(LATER, since)).toBe('done')
      await fenceOf(take(LATER, LATER))
    })

    test('is held by its name until it is over or given back, beside others whose names begin alike', async ({ leases }) => {
      const heldAt = async (now: string) => (await leases.held('watch ', now)).sort()
      for (const name of ['watch', 'watch 1', 'Watch 2', 'watches']) await leases.take(name, { now: NOON, until: LATER })
      const fence = await fenceOf(leases.take('watch 2', { now: NOON, until: LATER }))
      await leases.take('watch 3', { now: NOON, until: BETWEEN })
      expect(await heldAt(BETWEEN)).toEqual(['watch 1', 'watch 2', 'watch 3'])
      expect(await heldAt(LATER)).toEqual(['watch 1', 'watch 2'])
      await leases.giveBack('watch 2', fence, { now: BETWEEN, done: false })
      expect(await heldAt(BETWEEN)).toEqual(['watch 1', 'watch 3'])
      expect(await heldAt(FOREVER)).toEqual([])
    })

    test('goes to one of many who ask at the same time', async ({ leases }) => {
      const taken = await Promise.all(Array.from({ length: 8 }, () => leases.take('watch', { now: NOON, until: LATER })))
      expect(taken.filter((one) => one !== 'held')).toHaveLength(1)
    })
  })

  describe('an event', () => {
    test('is taken once, until it is left or forgotten', async ({ events }) => {
      expect(await events.take('Ev1', NOON)).toBe(true)
      expect(await events.take('Ev1', LATER)).toBe(false)
      expect(await events.take('Ev2', LATER)).toBe(true)
      await events.leave('Ev2')
      expect(await events.take('Ev2', LATER)).toBe(true)
      expect(await events.forget(BETWEEN)).toBe(1)
      expect(await events.take('Ev1', LATER)).toBe(true)
      expect(await events.take('Ev2', LATER)).toBe(false)
    })

    test('goes to one of many who take it at the same time', async ({ events }) => {
      const taken = await Promise.all(Array.from({ length: 8 }, () => events.take('Ev1', NOON)))
      expect(taken.filter(Boolean)).toHaveLength(1)
    })

    plainTest('may be called anything', async () => {
      const store = await open()
      const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 3000, maxLength: 4000 }))
      for (const event of new Set(fc.sample(name, { numRuns: 30, seed: 5 }).filter((text) => text.isWellFormed()))) {
        expect(await store.events.take(event, NOON)).toBe(true)
        expect(await store.events.take(event, NOON)).toBe(false)
      }
      await store.close()
    })
  })
}
