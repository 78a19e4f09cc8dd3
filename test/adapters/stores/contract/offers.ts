// The contract of what followed feeds offer.
import { describe, expect } from 'vitest'
import { NO_CHANGE } from '#core/paper-change.ts'
import type { Store } from '#core/ports/store.ts'
import { ids, LATER, NOON, type OpenStore, putPapers, record, storeTest } from './opening.ts'

const FEED = 'https://example.org/feed'
const OTHER = 'https://example.org/other'

export function offerContract(open: OpenStore): void {
  const test = storeTest(open)

  const offer = (store: Store, feed: string, numbers: readonly number[]) =>
    store.feeds.offer(
      feed,
      numbers.map((paper) => ({ paper, content: `what ${paper} says` })),
      NOON,
    )

  const waiting = async (store: Store) =>
    (await store.papers.unmatched(10)).map(({ paper, change, feeds }) => [paper.number, change, feeds?.map(({ feed }) => feed)])

  describe('offers', () => {
    test('are new once a feed and paper', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      expect(await offer(store, FEED, [a!, a!])).toEqual([a])
      expect(await offer(store, FEED, [a!, b!])).toEqual([b])
      expect(await offer(store, OTHER, [a!])).toEqual([a])
      expect(await offer(store, OTHER, [])).toEqual([])
    })

    test('are known by what they said last', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      await offer(store, FEED, [a!])
      const said = `what ${a} says`
      expect(await store.feeds.offeredBefore(FEED, [said, 'else'])).toEqual(new Set([said]))
      expect(await store.feeds.offeredBefore(OTHER, [said])).toEqual(new Set())
      await store.feeds.offer(FEED, [{ paper: a!, content: 'else' }], LATER)
      expect(await store.feeds.offeredBefore(FEED, [said, 'else'])).toEqual(new Set(['else']))
      expect(await store.feeds.offeredBefore(FEED, [])).toEqual(new Set())
    })

    test('are no news until they are announced, and no more once they are matched', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await offer(store, FEED, [a!, b!])
      expect(await waiting(store)).toEqual([
        [a, undefined, undefined],
        [b, undefined, undefined],
      ])
      await store.feeds.announce([a!], { feed: FEED, at: LATER, isFlood: true })
      const [first] = await store.papers.unmatched(1)
      expect(first?.feeds).toEqual([{ feed: FEED, at: LATER, isFlood: true }])
      await store.papers.markMatched([a!, b!])
      expect(await waiting(store)).toEqual([])
    })

    test('of a paper that was matched before bring it again, with nothing changed', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await store.papers.markMatched([a!, b!])
      for (const feed of [FEED, OTHER]) {
        await offer(store, feed, [a!, b!])
        await store.feeds.announce([a!], { feed, at: LATER, isFlood: false })
      }
      expect(await waiting(store)).toEqual([[a, NO_CHANGE, [FEED, OTHER]]])
      await store.papers.markMatched([a!])
      expect(await waiting(store)).toEqual([])
    })

    test('are found by their paper and, the latest first, by their feeds', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      await offer(store, FEED, [a!, b!])
      await store.feeds.offer(
        OTHER,
        [a!, c!].map((paper) => ({ paper, content: `${paper}` })),
        LATER,
      )
      expect(await store.feeds.offeredBy(a!)).toEqual([FEED, OTHER])
      expect(await store.feeds.offeredBy(999)).toEqual([])
      expect(await store.feeds.lastOffered([FEED, OTHER], 3)).toEqual([
        { feed: OTHER, paper: c },
        { feed: OTHER, paper: a },
        { feed: FEED, paper: b },
      ])
      expect(await store.feeds.lastOffered([FEED], 5)).toHaveLength(2)
      expect(await store.feeds.lastOffered([], 5)).toEqual([])
    })

    test('go over to the paper that theirs is joined into', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await offer(store, FEED, [b!])
      await store.feeds.announce([b!], { feed: FEED, at: LATER, isFlood: false })
      await store.papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], LATER)
      expect(await waiting(store)).toEqual([[a, undefined, [FEED]]])
      expect(await offer(store, FEED, [a!])).toEqual([])
    })
  })
}
