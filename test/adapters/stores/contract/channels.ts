// The contract of what belongs to channels: their settings, what is held for them, the votes of their people.
import { describe, expect } from 'vitest'
import type { Held } from '#core/ports/store.ts'
import { DEFAULT_SETTINGS, type Pause } from '#core/settings.ts'
import { ids, LATER, NOON, type OpenStore, OTHER_CHANNELS, OTHERS, OURS, putPapers, record, storeTest } from './opening.ts'

const PAUSE: Pause = { since: NOON, by: { id: 'U1', name: 'Ada' } }
const IN_THREAD = { ...OURS, thread: '17.5' }

export function channelContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('a channel’s settings', () => {
    test('are the usual ones until it chooses, and change only where it does', async ({ channels }) => {
      expect(await channels.get(OURS)).toEqual(DEFAULT_SETTINGS)
      await channels.set(OURS, { alerts: 'thread', pause: PAUSE })
      await channels.set(OURS, { most: 7 })
      expect(await channels.get(OURS)).toEqual({ ...DEFAULT_SETTINGS, alerts: 'thread', most: 7, pause: PAUSE })
    })

    test('are those of its threads too', async ({ channels }) => {
      await channels.set(IN_THREAD, { most: 7 })
      expect(await channels.get(OURS)).toEqual({ ...DEFAULT_SETTINGS, most: 7 })
      expect(await channels.get(IN_THREAD)).toEqual(await channels.get(OURS))
      expect(await channels.all()).toEqual([{ channel: OURS, settings: { ...DEFAULT_SETTINGS, most: 7 } }])
    })

    test('are never seen or changed by another channel', async ({ channels }) => {
      for (const channel of OTHER_CHANNELS) await channels.set(channel, { most: 7 })
      expect(await channels.get(OURS)).toEqual(DEFAULT_SETTINGS)
      await channels.set(OURS, { most: 8 })
      for (const channel of OTHER_CHANNELS) expect((await channels.get(channel)).most).toBe(7)
      expect(await channels.all()).toHaveLength(1 + OTHER_CHANNELS.length)
    })

    test('are taken back one by one, and with the last the channel is as any other', async ({ channels }) => {
      await channels.set(OURS, { most: 7, pause: PAUSE })
      await channels.set(OURS, { pause: undefined })
      expect(await channels.get(OURS)).toEqual({ ...DEFAULT_SETTINGS, most: 7 })
      await channels.set(OURS, { most: undefined })
      expect(await channels.get(OURS)).toEqual(DEFAULT_SETTINGS)
      expect(await channels.all()).toEqual([])
      await channels.set(OURS, { pause: undefined })
      expect(await channels.all()).toEqual([])
    })

    test('keep every change where several come at once', async ({ channels }) => {
      await Promise.all([
        channels.set(OURS, { most: 7 }),
        channels.set(OURS, { echo: 'link' }),
        channels.set(OURS, { pause: PAUSE }),
      ])
      expect(await channels.get(OURS)).toEqual({ ...DEFAULT_SETTINGS, most: 7, echo: 'link', pause: PAUSE })
    })
  })

  describe('papers held for a destination', () => {
    const held = (paper: number, parts: Partial<Held> = {}): Held => {
      return { destination: OURS, paper, why: 'pause', since: NOON, ...parts }
    }

    test('are kept once, with the first reason, oldest first', async ({ holds }) => {
      await holds.add([held(2, { since: LATER }), held(1, { why: 'quiet' }), held(1, { why: 'most' })])
      await holds.add([held(2, { why: 'suspension' })])
      expect(await holds.ofDestination(OURS)).toEqual([held(1, { why: 'quiet' }), held(2, { since: LATER })])
      await holds.add([])
    })

    test('are let go by number, and only in their destination', async ({ holds }) => {
      await holds.add([held(1), held(2), ...OTHERS.map((destination) => held(1, { destination }))])
      expect(await holds.destinations()).toHaveLength(1 + OTHERS.length)
      expect(await holds.destinations()).toEqual(expect.arrayContaining([OURS, ...OTHERS]))
      await holds.remove(OURS, [1, 9])
      expect((await holds.ofDestination(OURS)).map(({ paper }) => paper)).toEqual([2])
      for (const destination of OTHERS) expect(await holds.ofDestination(destination)).toEqual([held(1, { destination })])
      await holds.remove(OURS, [2])
      expect(await holds.destinations()).toHaveLength(OTHERS.length)
      await holds.remove(OURS, [])
    })

    test('are held and let go under the number that lives on, where two became one', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      await store.holds.add([held(b!, { why: 'quiet' }), held(c!, { since: LATER })])
      await store.papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], NOON)
      expect(await store.holds.ofDestination(OURS)).toEqual([held(a!, { why: 'quiet' }), held(c!, { since: LATER })])
      await store.holds.add([held(b!)])
      expect(await store.holds.ofDestination(OURS)).toHaveLength(2)
      await store.holds.remove(OURS, [b!])
      expect((await store.holds.ofDestination(OURS)).map(({ paper }) => paper)).toEqual([c])
    })
  })

  describe('votes', () => {
    test('of one group count once a person, whatever the channel; of several groups they are nobody else’s business', async (store) => {
      const { votes } = store
      expect(await votes.ofGroup()).toEqual(new Map())
      await votes.toggle(OURS, 1, 'U1', NOON)
      await votes.toggle({ ...OURS, channel: 'C2' }, 1, 'U1', NOON)
      await votes.toggle({ ...OURS, channel: 'C2' }, 1, 'U2', NOON)
      await votes.toggle(OURS, 2, 'U2', NOON)
      expect(await votes.ofGroup()).toEqual(
        new Map([
          [1, 2],
          [2, 1],
        ]),
      )
      await votes.toggle({ ...OURS, workspace: 'T2' }, 2, 'U9', NOON)
      expect(await votes.ofGroup()).toEqual(new Map())
    })

    test('are one a person, given and taken back', async ({ votes }) => {
      expect(await votes.toggle(OURS, 1, 'U1', NOON)).toBe(true)
      expect(await votes.toggle(OURS, 1, 'U2', NOON)).toBe(true)
      expect(await votes.toggle(OURS, 2, 'U1', NOON)).toBe(true)
      expect(await votes.toggle(OURS, 1, 'U1', LATER)).toBe(false)
      expect(await votes.counts(OURS, [1, 2, 3])).toEqual(
        new Map([
          [1, 1],
          [2, 1],
        ]),
      )
      await votes.toggle(OURS, 1, 'U2', LATER)
      expect(await votes.counts(OURS, [1])).toEqual(new Map())
      expect(await votes.counts(OURS, [])).toEqual(new Map())
    })

    test('are the channel’s, whichever of its threads they are given in, and no other’s', async ({ votes }) => {
      await votes.toggle(IN_THREAD, 1, 'U1', NOON)
      expect(await votes.counts(OURS, [1])).toEqual(new Map([[1, 1]]))
      for (const channel of OTHER_CHANNELS) {
        expect(await votes.counts(channel, [1])).toEqual(new Map())
        expect(await votes.toggle(channel, 1, 'U1', NOON)).toBe(true)
      }
      expect(await votes.toggle(OURS, 1, 'U1', LATER)).toBe(false)
    })

    test('for two papers that became one are counted once a person, by either number', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      for (const paper of [a!, b!]) await store.votes.toggle(OURS, paper, 'U1', NOON)
      await store.votes.toggle(OURS, b!, 'U2', NOON)
      await store.papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], NOON)
      expect(await store.votes.counts(OURS, [a!, b!])).toEqual(
        new Map([
          [a!, 2],
          [b!, 2],
        ]),
      )
      expect(await store.votes.toggle(OURS, b!, 'U2', LATER)).toBe(false)
      expect(await store.votes.counts(OURS, [a!])).toEqual(new Map([[a!, 1]]))
    })
  })
}
