// The contract of enrichment: which papers a source is to be asked about, and in which order.
import { describe, expect } from 'vitest'
import type { EnricherState } from '#core/ports/enrichment-store.ts'
import type { Store } from '#core/ports/store.ts'
import { ids, LATER, NOON, type OpenStore, putPapers, record, storeTest } from './opening.ts'

const SOURCE = 'openalex'

export function enrichmentContract(open: OpenStore): void {
  const test = storeTest(open)

  /** Papers published on these days, in this order. */
  const published = async ({ papers }: Store, ...days: string[]) =>
    (
      await papers.put(
        days.map((day, at) => record(`2603.0000${at}`, { published: day })),
        NOON,
      )
    ).map(({ number }) => number)

  const due = async ({ enrichments }: Store, limit = 10, now = LATER, source: 'openalex' | 'crossref' = SOURCE) =>
    (await enrichments.due(source, now, limit)).map(({ number }) => number)

  describe('enrichment', () => {
    test('takes papers in once, a few at a time, and those that come later after them', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      expect(await store.enrichments.enrol(SOURCE, 2)).toBe(2)
      expect(await due(store)).toEqual([b, a])
      expect(await store.enrichments.enrol(SOURCE, 2)).toBe(1)
      expect(await store.enrichments.enrol(SOURCE, 2)).toBe(0)
      expect(await due(store)).toEqual([c, b, a])
      const [d] = await putPapers(store, ['2603.00004'])
      expect(await store.enrichments.enrol(SOURCE, 2)).toBe(1)
      expect(await due(store)).toEqual([d, c, b, a])
    })

    test('has whole papers due, the newest first and those without a date last', async (store) => {
      const [old, newest, undated, ahead] = await published(store, '2019', '2026-03-02', '', '2027-01-01')
      await store.enrichments.enrol(SOURCE, 10)
      expect(await due(store)).toEqual([ahead, newest, old, undated])
      expect(await due(store, 2)).toEqual([ahead, newest])
      const [first] = await store.enrichments.due(SOURCE, LATER, 1)
      expect(first).toMatchObject({ number: ahead, title: 'On 2603.00003', firstSeen: NOON })
    })

    test('leaves a paper alone until its next time', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await store.enrichments.enrol(SOURCE, 10)
      await store.enrichments.asked(SOURCE, [
        { paper: a!, nextAt: '2026-03-03T12:00:00Z' },
        { paper: b!, nextAt: '2026-03-09T12:00:00.5Z' },
      ])
      expect(await due(store, 10, '2026-03-03T11:59:59Z')).toEqual([])
      expect(await due(store, 10, '2026-03-03T12:00:00Z')).toEqual([a])
      expect(await due(store, 10, '2026-03-09T12:00:01Z')).toEqual([b, a])
    })

    test('asks each source by itself', async (store) => {
      const [a] = await putPapers(store, ['2603.00001'])
      await store.enrichments.enrol(SOURCE, 10)
      await store.enrichments.enrol('crossref', 10)
      await store.enrichments.asked(SOURCE, [{ paper: a!, nextAt: '2026-04-01T00:00:00Z' }])
      expect(await due(store)).toEqual([])
      expect(await due(store, 10, LATER, 'crossref')).toEqual([a])
    })

    test('asks about a paper that was joined into another no more, not even if it was asked about meanwhile', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await store.enrichments.enrol(SOURCE, 10)
      const [joined] = await store.papers.put([record('x', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], LATER)
      expect(joined?.number).toBe(a)
      await store.enrichments.asked(SOURCE, [{ paper: b!, nextAt: LATER }])
      expect(await due(store)).toEqual([a])
      expect(await store.enrichments.waiting(SOURCE, LATER)).toBe(1)
    })

    test('counts what waits, taken in or not', async (store) => {
      const [a] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      expect(await store.enrichments.waiting(SOURCE, LATER)).toBe(3)
      await store.enrichments.enrol(SOURCE, 2)
      await store.enrichments.asked(SOURCE, [{ paper: a!, nextAt: '2026-04-01T00:00:00Z' }])
      expect(await store.enrichments.waiting(SOURCE, LATER)).toBe(2)
    })

    test('keeps how asking a source went, and how far its papers are taken in besides', async (store) => {
      await putPapers(store, ['2603.00001', '2603.00002'])
      expect(await store.enrichments.state(SOURCE)).toBeUndefined()
      await store.enrichments.enrol(SOURCE, 1)
      expect(await store.enrichments.state(SOURCE)).toBeUndefined()
      const failed: EnricherState = { source: SOURCE, askedAt: NOON, failures: 2, notBefore: LATER, error: 'It is away.' }
      await store.enrichments.setState(failed)
      expect(await store.enrichments.state(SOURCE)).toEqual(failed)
      expect(await store.enrichments.state('crossref')).toBeUndefined()
      await store.enrichments.setState({ source: SOURCE, askedAt: LATER, answeredAt: LATER, failures: 0 })
      expect(await store.enrichments.enrol(SOURCE, 10)).toBe(1)
      expect(await store.enrichments.state(SOURCE)).toEqual({ source: SOURCE, askedAt: LATER, answeredAt: LATER, failures: 0 })
    })
  })
}
