// The contract of retention: what is over and old goes, page by page, and nothing that is needed to post everything once.
import { describe, expect } from 'vitest'
import type { Round } from '#core/ports/erasure.ts'
import type { Store } from '#core/ports/store.ts'
import { alert, claiming, match, type OpenStore, OURS, putPapers, schedule, storeTest, subscription } from './opening.ts'

const LONG_AGO = '2025-01-01T09:00:00Z'
const LATELY = '2026-02-01T09:00:00Z'
const BEFORE = '2026-01-01T00:00:00Z'

async function retireAll(store: Store, limit = 100): Promise<number> {
  let round: Round | undefined = { before: BEFORE, step: 0 }
  let pages = 0
  for (; round !== undefined; pages++) {
    expect(pages).toBeLessThan(200)
    round = await store.erasure.retire(round, limit)
  }
  return pages
}

async function send(store: Store, id: number, at: string): Promise<void> {
  await store.ledger.claim(claiming(at, { only: id }))
  await store.ledger.settle(id, 1, { state: 'sent', ref: `ref ${id}` }, at)
}

export function retirementContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('what is too old', () => {
    test('of deliveries goes where it is over, with its message; what it told of is never told again', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      const recorded = await store.ledger.record([alert(a!), alert(b!)], LONG_AGO)
      const [recent] = await store.ledger.record([alert(c!)], LATELY)
      await send(store, recorded[0]!.id, LONG_AGO)
      await send(store, recent!.id, LATELY)
      await retireAll(store)
      expect(await store.ledger.byId(recorded[0]!.id)).toBeUndefined()
      expect((await store.ledger.byId(recorded[1]!.id))?.state).toBe('pending')
      expect((await store.ledger.byId(recent!.id))?.blocks).toEqual(alert(c!).blocks)
      expect(await store.ledger.claimed(OURS, [a!, b!, c!], 'new')).toEqual([a, b, c])
      expect(await store.ledger.record([alert(a!), alert(a!, { subject: 'digest', kind: 'digest' })], LATELY)).toEqual([])
    })

    test('stays while something is to be posted in its thread', async (store) => {
      const [first] = await store.ledger.record([alert(1)], LONG_AGO)
      await send(store, first!.id, LONG_AGO)
      const [reply] = await store.ledger.record([alert(2, { parent: first!.dedupeKey })], LONG_AGO)
      await retireAll(store)
      expect((await store.ledger.claim(claiming(LATELY)))[0]?.parentRef).toBe(`ref ${first!.id}`)
      await store.ledger.settle(reply!.id, 1, { state: 'sent', ref: '2' }, LONG_AGO)
      await retireAll(store)
      await retireAll(store)
      expect(await store.ledger.counts()).toMatchObject({ sent: 0, pending: 0 })
    })

    test('of messages goes with the last delivery that carries them', async (store) => {
      const { blocks } = alert(1)
      const [old] = await store.ledger.record([alert(1)], LONG_AGO)
      await send(store, old!.id, LONG_AGO)
      const [same] = await store.ledger.record([alert(2, { blocks })], LATELY)
      await retireAll(store)
      expect((await store.ledger.byId(same!.id))?.blocks).toEqual(blocks)
    })

    test('of matches goes, but for papers that are held there', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      const followed = subscription('s')
      await store.subscriptions.add(followed)
      await store.subscriptions.recordMatches([
        match(followed, a!, LONG_AGO),
        match(followed, b!, LONG_AGO),
        match(followed, c!, LATELY),
      ])
      await store.holds.add([
        { destination: OURS, paper: b!, why: 'pause', since: LONG_AGO },
        { destination: { ...OURS, workspace: 'T2' }, paper: a!, why: 'pause', since: LONG_AGO },
      ])
      await retireAll(store)
      const found = await store.subscriptions.matchesBetween(OURS, LONG_AGO, '2026-03-01T00:00:00Z')
      expect(found.map(({ paper }) => paper)).toEqual([b, c])
    })

    test('of slots goes, but for the last of each schedule', async (store) => {
      await store.schedules.set(schedule('ours'))
      for (const [of, at] of [
        ['ours', LONG_AGO],
        ['ours', '2025-01-08T09:00:00Z'],
        ['removed', LONG_AGO],
      ] as const) {
        await store.schedules.recordSlot({ schedule: of, at, from: at, to: at, outcome: 'posted' })
      }
      await retireAll(store)
      expect((await store.schedules.lastSlot('ours'))?.at).toBe('2025-01-08T09:00:00Z')
      expect(await store.schedules.lastSlot('removed')).toBeUndefined()
      expect(
        await store.schedules.recordSlot({ schedule: 'ours', at: LONG_AGO, from: LONG_AGO, to: LONG_AGO, outcome: 'empty' }),
      ).toBe(true)
    })

    test('of feeds: readings go, and offers only where nobody follows the feed', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      const url = 'https://lab.example/feed'
      await store.subscriptions.add(subscription('s', { target: { kind: 'feed', url, name: 'Lab' } }))
      const reading = { batch: 'b', offered: 1, added: 1, merged: 0, failed: 0 }
      for (const feed of [url, 'https://left.example/feed']) {
        await store.feeds.offer(feed, [{ paper: a!, content: 'c' }], LONG_AGO)
        await store.feeds.recordReading({ ...reading, feed, at: LONG_AGO })
      }
      await store.feeds.recordReading({ ...reading, feed: url, batch: 'late', at: LATELY })
      await retireAll(store)
      expect(await store.feeds.offeredBy(a!)).toEqual([url])
      expect((await store.feeds.readings([url], LONG_AGO, '2026-03-01T00:00:00Z')).map(({ batch }) => batch)).toEqual(['late'])
    })

    test('of verdicts goes once nobody follows that any more, of phrases what was not used', async (store) => {
      const followed = [subscription('ours'), subscription('left')]
      for (const one of followed) {
        await store.subscriptions.add(one)
        await store.subscriptions.setVerdict(OURS, {
          subscription: one.id,
          paper: 1,
          isThem: true,
          by: { id: 'U1', name: 'Ada' },
          at: LONG_AGO,
        })
      }
      await store.subscriptions.remove(OURS, ['left'])
      await store.phrases.keep(
        new Map([
          ['old', 'x'],
          ['used', 'y'],
        ]),
        LONG_AGO,
      )
      await store.phrases.keep(new Map([['used', 'y']]), LATELY)
      await retireAll(store)
      expect((await store.subscriptions.verdicts(['ours', 'left'])).map((verdict) => verdict.subscription)).toEqual(['ours'])
      expect([await store.phrases.get('old'), await store.phrases.get('used')]).toEqual([undefined, 'y'])
    })

    test('is gone through in pages, whatever their size', async (store) => {
      const papers = await putPapers(
        store,
        Array.from({ length: 9 }, (_, at) => `2603.0000${at}`),
      )
      for (const recorded of await store.ledger.record(
        papers.map((paper) => alert(paper)),
        LONG_AGO,
      )) {
        if (recorded.id % 3 !== 0) await send(store, recorded.id, LONG_AGO)
      }
      const { pending } = await store.ledger.counts()
      expect(await retireAll(store, 2)).toBeGreaterThan(9)
      expect(await store.ledger.counts()).toMatchObject({ pending, sent: 0 })
      expect((await store.ledger.list(['pending'], 99)).every(({ blocks }) => blocks.length === 1)).toBe(true)
    })
  })
}
