// The contract of SubscriptionStore: who follows what, and what was matched, once each and within one destination.
import { describe, expect } from 'vitest'
import { seededRandom } from '#bench/corpus.ts'
import type { Verdict } from '#core/ports/store.ts'
import { subscriptionId } from '#core/subscription.ts'
import {
  ids,
  key,
  LATER,
  match,
  NOON,
  type OpenStore,
  OTHER_CHANNELS,
  OTHERS,
  OURS,
  putPapers,
  record,
  storeTest,
  subscription,
} from './opening.ts'

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
      expect(await subscriptions.ofKind(first.target.kind)).toContainEqual(first)
      expect(await subscriptions.ofKind('feed')).toEqual([])
    })

    test('may have a topic as long as any, in letters of any script', async ({ subscriptions }) => {
      const random = seededRandom(1)
      const letters = Array.from({ length: 1000 }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 20_000))).join('')
      const targets = [letters, `${letters.slice(0, -1)}x`].map((query) => ({ kind: 'topic' as const, query }))
      for (const target of targets) {
        expect(await subscriptions.add(subscription(subscriptionId(OURS, target, NOON), { target }))).toBe(true)
      }
      expect((await subscriptions.ofDestination(OURS)).map(({ target }) => target)).toEqual(expect.arrayContaining(targets))
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

    test('are counted over a workspace, its channels and threads, and no other', async ({ subscriptions }) => {
      const places = [OURS, ...OTHERS]
      for (const [at, destination] of places.entries()) await subscriptions.add(subscription(`${at}`, { destination }))
      const within = places.filter(({ platform, workspace }) => platform === OURS.platform && workspace === OURS.workspace)
      expect(await subscriptions.countOfWorkspace(OURS)).toBe(within.length)
      expect(await subscriptions.countOfWorkspace({ platform: 'slack', workspace: 'T3' })).toBe(0)
    })

    test('change their cadence', async ({ subscriptions }) => {
      for (const id of ['a', 'b']) await subscriptions.add(subscription(id))
      await subscriptions.setCadence(OURS, 'a', 'digest')
      expect((await subscriptions.ofDestination(OURS)).map(({ cadence }) => cadence)).toEqual(['digest', 'both'])
    })
  })

  describe('what a channel follows', () => {
    test('is what it and all its threads do', async ({ subscriptions }) => {
      const ours = subscription('ours')
      const inThread = subscription('thread', { destination: { ...OURS, thread: '17.5' }, createdAt: LATER })
      for (const each of [ours, inThread]) await subscriptions.add(each)
      for (const [at, destination] of OTHER_CHANNELS.entries()) await subscriptions.add(subscription(`o${at}`, { destination }))
      expect(await subscriptions.ofChannel(OURS)).toEqual([ours, inThread])
      expect(await subscriptions.ofChannel(inThread.destination)).toEqual([ours, inThread])
    })

    test('comes to be called otherwise, but stays the same', async ({ subscriptions }) => {
      const author = { kind: 'author', key: key('Ada Lovelace'), name: 'Ada Lovelace' } as const
      const ours = subscription('ours', { target: author })
      await subscriptions.add(ours)
      const renamed = { ...author, name: 'Augusta Ada Lovelace' }
      await subscriptions.setTarget(OURS, 'ours', { kind: 'category', category: 'cs.LG' })
      for (const destination of OTHERS) await subscriptions.setTarget(destination, 'ours', renamed)
      expect(await subscriptions.ofDestination(OURS)).toEqual([ours])
      await subscriptions.setTarget(OURS, 'ours', renamed)
      expect(await subscriptions.ofDestination(OURS)).toEqual([{ ...ours, target: renamed }])
    })
  })

  describe('verdicts', () => {
    const verdict = (paper: number, parts: Partial<Verdict> = {}): Verdict => {
      return { subscription: 'ours', paper, isThem: false, by: { id: 'U1', name: 'Ada' }, at: NOON, ...parts }
    }

    test('are one a paper and subscription, the latest', async ({ subscriptions }) => {
      for (const id of ['ours', 'mine']) await subscriptions.add(subscription(id))
      await subscriptions.setVerdict(OURS, verdict(1))
      await subscriptions.setVerdict(OURS, verdict(1, { subscription: 'mine' }))
      const later = verdict(1, { isThem: true, by: { id: 'U2', name: 'Kurt' }, at: LATER })
      await subscriptions.setVerdict(OURS, later)
      expect(await subscriptions.verdicts(['ours'])).toEqual([later])
      expect(await subscriptions.verdicts(['ours', 'mine', 'unknown'])).toHaveLength(2)
      expect(await subscriptions.verdicts([])).toEqual([])
    })

    test('are given only within the destination that follows', async ({ subscriptions }) => {
      await subscriptions.add(subscription('ours'))
      for (const destination of OTHERS) await subscriptions.setVerdict(destination, verdict(1))
      await subscriptions.setVerdict(OURS, verdict(1, { subscription: 'unknown' }))
      expect(await subscriptions.verdicts(['ours', 'unknown'])).toEqual([])
    })

    test('on two papers that became one are one, the later', async (store) => {
      const [a, b, c, d] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003', '2603.00004'])
      await store.subscriptions.add(subscription('ours'))
      const [early, late] = [verdict(a!), verdict(b!, { isThem: true, at: LATER })]
      for (const each of [early, late, verdict(c!, { at: LATER }), verdict(d!, { isThem: true })]) {
        await store.subscriptions.setVerdict(OURS, each)
      }
      await store.papers.put(
        [
          record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') }),
          record('2603.00003', { ids: ids('arxiv:2603.00003', 'arxiv:2603.00004') }),
        ],
        NOON,
      )
      expect(await store.subscriptions.verdicts(['ours'])).toEqual([{ ...late, paper: a }, verdict(c!, { at: LATER })])
      await store.subscriptions.setVerdict(OURS, verdict(b!, { at: LATER }))
      expect(await store.subscriptions.verdicts(['ours'])).toMatchObject([{ paper: a, isThem: false }, { paper: c }])
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
