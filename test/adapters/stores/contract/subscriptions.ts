// The contract of SubscriptionStore: who follows what, and what was matched, once each and within one destination.
import { describe, expect } from 'vitest'
import { LATER, match, NOON, type OpenStore, OTHERS, OURS, putPapers, storeTest, subscription } from './opening.ts'

export function subscriptionContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('subscriptions', () => {
    test('come back as they were added, in that order', async ({ subscriptions }) => {
      const first = subscription('b', { target: { kind: 'category', category: 'cs.LG' } })
      const second = subscription('a', { createdAt: LATER, lastMatchAt: LATER, cadence: 'now' })
      expect(await subscriptions.add(second)).toBe(true)
      expect(await subscriptions.add(first)).toBe(true)
      expect(await subscriptions.ofDestination(OURS)).toEqual([first, second])
      expect(await subscriptions.all()).toEqual([first, second])
    })

    test('are one a target and destination: adding it again changes nothing', async ({ subscriptions }) => {
      const first = subscription('a')
      await subscriptions.add(first)
      expect(await subscriptions.add({ ...first, id: 'b', cadence: 'now' })).toBe(false)
      expect(await subscriptions.all()).toEqual([first])
    })

    test('of one destination are never seen, changed or removed by another', async ({ subscriptions }) => {
      const ours = subscription('ours')
      await subscriptions.add(ours)
      for (const [at, destination] of OTHERS.entries()) {
        expect(await subscriptions.add(subscription(`other${at}`, { destination, target: ours.target }))).toBe(true)
        expect((await subscriptions.ofDestination(destination)).map(({ id }) => id)).toEqual([`other${at}`])
        expect(await subscriptions.remove(destination, ['ours'])).toBe(0)
        await subscriptions.setCadence(destination, 'ours', 'now')
      }
      expect(await subscriptions.ofDestination(OURS)).toEqual([ours])
    })

    test('are removed by id, and the answer says how many were', async ({ subscriptions }) => {
      for (const id of ['a', 'b', 'c']) await subscriptions.add(subscription(id))
      expect(await subscriptions.remove(OURS, ['a', 'c', 'c', 'unknown'])).toBe(2)
      expect((await subscriptions.ofDestination(OURS)).map(({ id }) => id)).toEqual(['b'])
      expect(await subscriptions.remove(OURS, [])).toBe(0)
    })

    test('change their cadence', async ({ subscriptions }) => {
      for (const id of ['a', 'b']) await subscriptions.add(subscription(id))
      await subscriptions.setCadence(OURS, 'a', 'digest')
      expect((await subscriptions.ofDestination(OURS)).map(({ cadence }) => cadence)).toEqual(['digest', 'both'])
    })
  })

  describe('matches', () => {
    test('are recorded once, and move the last match of their subscription forward', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const ours = subscription('ours')
      await store.subscriptions.add(ours)
      const [first, second] = [match(ours, a!, LATER), match(ours, b!, NOON)]
      expect(await store.subscriptions.recordMatches([first, first])).toEqual([first])
      expect(await store.subscriptions.recordMatches([{ ...first, matchedAt: '2027-01-01T00:00:00Z' }, second])).toEqual([second])
      expect(await store.subscriptions.ofDestination(OURS)).toEqual([{ ...ours, lastMatchAt: LATER }])
      expect(await store.subscriptions.matchesOfPaper(OURS, a!)).toEqual([first])
      expect(await store.subscriptions.recordMatches([])).toEqual([])
    })

    test('of a subscription that is gone are not recorded', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      expect(await store.subscriptions.recordMatches([match(subscription('gone'), a!)])).toEqual([])
      expect(await store.subscriptions.matchesOfPaper(OURS, a!)).toEqual([])
    })

    test('come for a window in which their papers were seen, oldest first, its end left out', async (store) => {
      const [late] = await putPapers(store, ['2603.00001'], LATER)
      const [early] = await putPapers(store, ['2603.00002'], NOON)
      const ours = subscription('ours')
      await store.subscriptions.add(ours)
      await store.subscriptions.recordMatches([match(ours, late!, LATER, LATER), match(ours, early!, LATER, NOON)])
      const between = async (from: string, to: string) =>
        (await store.subscriptions.matchesBetween(OURS, from, to)).map(({ paper }) => paper)
      expect(await between(NOON, '2026-03-03T00:00:00Z')).toEqual([early, late])
      expect(await between(NOON, LATER)).toEqual([early])
      expect(await between(LATER, '2026-03-03T00:00:00Z')).toEqual([late])
    })

    test('of what is followed no more are in no window, and still say why a paper came', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      const ours = subscription('ours')
      await store.subscriptions.add(ours)
      await store.subscriptions.recordMatches([match(ours, a!)])
      await store.subscriptions.remove(OURS, ['ours'])
      expect(await store.subscriptions.matchesBetween(OURS, NOON, LATER)).toEqual([])
      expect(await store.subscriptions.matchesOfPaper(OURS, a!)).toEqual([match(ours, a!)])
    })

    test('of one destination are never seen by another', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      const ours = subscription('ours')
      await store.subscriptions.add(ours)
      await store.subscriptions.recordMatches([match(ours, a!)])
      for (const destination of OTHERS) {
        expect(await store.subscriptions.matchesBetween(destination, NOON, LATER)).toEqual([])
        expect(await store.subscriptions.matchesOfPaper(destination, a!)).toEqual([])
      }
    })

    test('are recorded by the thousand', async (store) => {
      const numbers = await putPapers(
        store,
        Array.from({ length: 600 }, (_, at) => `2603.${10_000 + at}`),
      )
      const [one, two] = [subscription('one'), subscription('two')]
      for (const each of [one, two]) await store.subscriptions.add(each)
      const matches = numbers.flatMap((number) => [match(one, number), match(two, number)])
      expect(await store.subscriptions.recordMatches(matches)).toEqual(matches)
      expect(await store.subscriptions.matchesBetween(OURS, NOON, LATER)).toHaveLength(1200)
    })
  })
}
