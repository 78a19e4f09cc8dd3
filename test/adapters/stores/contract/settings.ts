// The contract of schedules and their slots, reading lists, feeds and meta.
import { describe, expect } from 'vitest'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { Slot } from '#core/schedule.ts'
import { LATER, NOON, type OpenStore, OTHER_CHANNELS, OTHERS, OURS, putPapers, schedule, storeTest } from './opening.ts'

export function settingsContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('schedules', () => {
    test('are one a destination: setting one replaces the one before', async ({ schedules }) => {
      await schedules.set(schedule('first', { whenEmpty: 'line' }))
      const second = schedule('second', { frequency: 'daily' })
      await schedules.set(second)
      expect(await schedules.ofDestination(OURS)).toEqual(second)
      expect(await schedules.all()).toEqual([second])
      const changed = { ...second, time: '10:30' }
      await schedules.set(changed)
      expect(await schedules.all()).toEqual([changed])
    })

    test('of one destination are never seen or removed by another', async ({ schedules }) => {
      const ours = schedule('ours')
      await schedules.set(ours)
      for (const destination of OTHERS) {
        expect(await schedules.ofDestination(destination)).toBeUndefined()
        expect(await schedules.remove(destination)).toBe(false)
        await schedules.set(schedule(`of ${JSON.stringify(destination)}`, { destination }))
      }
      expect(await schedules.ofDestination(OURS)).toEqual(ours)
      expect(await schedules.all()).toHaveLength(1 + OTHERS.length)
    })

    test('are removed once', async ({ schedules }) => {
      await schedules.set(schedule('ours'))
      expect(await schedules.remove(OURS)).toBe(true)
      expect(await schedules.remove(OURS)).toBe(false)
      expect(await schedules.ofDestination(OURS)).toBeUndefined()
    })

    test('have each slot once, and the latest is the one that stands for the latest instant', async ({ schedules }) => {
      const slot: Slot = { schedule: 's', at: LATER, from: NOON, to: LATER, outcome: 'posted' }
      const before: Slot = { ...slot, at: NOON, outcome: 'empty' }
      expect(await schedules.lastSlot('s')).toBeUndefined()
      expect(await schedules.recordSlot(slot)).toBe(true)
      expect(await schedules.recordSlot(before)).toBe(true)
      expect(await schedules.recordSlot({ ...slot, outcome: 'merged' })).toBe(false)
      expect(await schedules.lastSlot('s')).toEqual(slot)
      expect(await schedules.lastSlot('another')).toBeUndefined()
      expect(await schedules.lastSlots()).toEqual([])
      await schedules.set(schedule('s'))
      await schedules.set(schedule('t', { destination: { ...OURS, channel: 'without slots' } }))
      expect(await schedules.lastSlots()).toEqual([slot])
    })
  })

  describe('reading lists', () => {
    test('keep a paper once, the latest first, until it is taken off', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      expect(await store.readingLists.save(OURS, b!, 'Ada', NOON)).toBe(true)
      expect(await store.readingLists.save(OURS, a!, 'Ada', LATER)).toBe(true)
      expect(await store.readingLists.save(OURS, b!, 'Kurt', LATER)).toBe(false)
      expect((await store.readingLists.list(OURS)).map(({ number }) => number)).toEqual([a, b])
      expect(await store.readingLists.unsave(OURS, a!)).toBe(true)
      expect(await store.readingLists.unsave(OURS, a!)).toBe(false)
      expect((await store.readingLists.list(OURS)).map(({ number }) => number)).toEqual([b])
    })

    test('keep no paper that there is not', async ({ readingLists }) => {
      expect(await readingLists.save(OURS, 999, 'Ada', NOON)).toBe(false)
    })

    test('of one destination are never seen or changed by another', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      await store.readingLists.save(OURS, a!, 'Ada', NOON)
      for (const destination of OTHER_CHANNELS) {
        expect(await store.readingLists.list(destination)).toEqual([])
        expect(await store.readingLists.unsave(destination, a!)).toBe(false)
      }
      expect(await store.readingLists.list(OURS)).toHaveLength(1)
    })
  })

  describe('feeds and meta', () => {
    test('answer the state of a feed that was set last', async ({ feeds }) => {
      const state: FeedState = { feed: 'arxiv:cs.LG', state: 'fresh', etag: '"1"', checkedAt: NOON, failures: 0 }
      const other: FeedState = { feed: 'arxiv:cs.CL', state: 'failed', checkedAt: NOON, failures: 2, error: 'No answer.' }
      expect(await feeds.get(state.feed)).toBeUndefined()
      for (const each of [state, other]) await feeds.set(each)
      expect(await feeds.get(state.feed)).toEqual(state)
      const quiet: FeedState = { feed: state.feed, state: 'quiet', checkedAt: LATER, failures: 0 }
      await feeds.set(quiet)
      expect(await feeds.all()).toEqual([other, quiet])
    })

    test('keep the first reading of each batch, and add up a window of them', async ({ feeds }) => {
      const reading = (feed: string, batch: string, at: string, added = 1): Reading => {
        return { feed, batch, at, offered: 9, added, merged: 2, failed: 3 }
      }
      const many = Array.from({ length: 300 }, (_, at) => reading(`feed ${at}`, 'one', at % 2 === 0 ? LATER : NOON))
      for (const each of many) await feeds.recordReading(each)
      await feeds.recordReading(reading('feed 0', 'one', NOON, 5))
      await feeds.recordReading(reading('feed 0', 'two', NOON))
      const names = [...many.map(({ feed }) => feed), 'feed 0', 'unknown']
      const all = await feeds.readings(names, NOON, '2026-03-03T00:00:00Z')
      expect(all).toHaveLength(301)
      expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted())
      expect(await feeds.readings(['feed 0'], NOON, LATER)).toEqual([reading('feed 0', 'two', NOON)])
      expect(await feeds.readings(['feed 0'], LATER, '2026-03-03T00:00:00Z')).toEqual([reading('feed 0', 'one', LATER)])
      expect(await feeds.readings([], NOON, '2026-03-03T00:00:00Z')).toEqual([])
    })

    test('keep a value a key', async ({ meta }) => {
      expect(await meta.get('scored')).toBeUndefined()
      await meta.set('scored', NOON)
      await meta.set('scored', LATER)
      expect(await meta.get('scored')).toBe(LATER)
    })
  })
}
