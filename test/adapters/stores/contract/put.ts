// The contract of PaperStore.put: records become papers, papers become one, and all that hangs on them moves along.
import { describe, expect } from 'vitest'
import {
  alert,
  claiming,
  ids,
  key,
  LATER,
  match,
  NOON,
  type OpenStore,
  OURS,
  putPapers,
  record,
  storeTest,
  subscription,
} from './opening.ts'

export function putContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('putting records', () => {
    test('adds a paper with a number of its own and the time it was first seen', async ({ papers }) => {
      const [a, b] = await papers.put([record('2603.00001'), record('2603.00002')], NOON)
      expect([a?.outcome, b?.outcome]).toEqual(['added', 'added'])
      expect(a?.number).not.toBe(b?.number)
      expect(await papers.byNumbers([a!.number])).toMatchObject([
        { number: a!.number, title: 'On 2603.00001', firstSeen: NOON, authors: [{ name: 'Ada Lovelace' }] },
      ])
      expect(await papers.count()).toBe(2)
    })

    test('answers nothing to no records', async ({ papers }) => {
      expect(await papers.put([], NOON)).toEqual([])
    })

    test('says that a record it knows changes nothing, and keeps the time it was first seen', async ({ papers }) => {
      const [first] = await papers.put([record('2603.00001')], NOON)
      const cursor = await papers.latestCursor()
      expect(await papers.put([record('2603.00001')], LATER)).toEqual([{ number: first!.number, outcome: 'unchanged' }])
      expect((await papers.byNumbers([first!.number]))[0]?.firstSeen).toBe(NOON)
      expect(await papers.latestCursor()).toBe(cursor)
    })

    test('says that a record which adds nothing to the paper changes nothing', async ({ papers }) => {
      await papers.put([record('2603.00001', { abstract: 'A long abstract.' })], NOON)
      const [again] = await papers.put([record('2603.00001', { announcement: 'cross', abstract: 'A long abstract.' })], LATER)
      expect(again?.outcome).toBe('unchanged')
    })

    test('merges a record into the paper that any of its ids names', async ({ papers }) => {
      const [first] = await papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'doi:10.1/one') })], NOON)
      const other = record('x', {
        source: 'crossref',
        ids: ids('doi:10.1/one', 'openalex:W1'),
        title: 'On 2603.00001',
        citations: 7,
      })
      expect(await papers.put([other], LATER)).toEqual([{ number: first!.number, outcome: 'merged' }])
      const [paper] = await papers.byIds(ids('openalex:W1'))
      expect(paper).toMatchObject({ number: first!.number, citations: 7, firstSeen: NOON })
      expect(new Set(paper?.sources)).toEqual(new Set(['arxiv-api', 'crossref']))
      expect(await papers.count()).toBe(1)
    })

    test('takes a record that comes twice in a batch once', async ({ papers }) => {
      const [a, b, c] = await papers.put(
        [record('2603.00001'), record('2603.00001'), record('2603.00001', { citations: 3 })],
        NOON,
      )
      expect([a?.outcome, b?.outcome, c?.outcome]).toEqual(['added', 'unchanged', 'merged'])
      expect(new Set([a?.number, b?.number, c?.number]).size).toBe(1)
      expect(await papers.count()).toBe(1)
    })

    test('never gives a number twice', async ({ papers }) => {
      const [a] = await papers.put([record('2603.00001')], NOON)
      const [b] = await papers.put([record('2603.00002')], NOON)
      await papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], NOON)
      const [c] = await papers.put([record('2603.00003')], NOON)
      expect(new Set([a?.number, b?.number, c?.number]).size).toBe(3)
    })

    test('takes in more records at once than fit a statement, in the order of the records', async ({ papers }) => {
      const many = Array.from({ length: 1111 }, (_, at) =>
        record(`2603.${10_000 + at}`, { authors: [{ name: `Author A${at}` }] }),
      )
      const stored = await papers.put(many, NOON)
      const found = await papers.byNumbers(stored.map(({ number }) => number))
      expect(found.map(({ title }) => title)).toEqual(many.map(({ title }) => title))
      expect(await papers.count()).toBe(1111)
      expect(new Set((await papers.put(many, LATER)).map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']))
    })
  })

  describe('papers that arXiv holds apart', () => {
    const shared = 'doi:10.1/shared'

    test('are two, whoever says that they have one DOI', async ({ papers }) => {
      const [a, b] = await papers.put(
        [
          record('2603.00001', { ids: ids('arxiv:2603.00001', shared) }),
          record('2603.00002', { ids: ids('arxiv:2603.00002', shared) }),
        ],
        NOON,
      )
      expect([a?.outcome, b?.outcome]).toEqual(['added', 'added'])
      const found = await papers.byIds(ids('arxiv:2603.00001', 'arxiv:2603.00002', shared))
      expect(found.map(({ number }) => number)).toEqual([a?.number, b?.number, a?.number])
    })

    test('are not joined by what another source says of one of them', async ({ papers }) => {
      const [a, b] = await papers.put(
        [record('2603.00001', { ids: ids('arxiv:2603.00001', shared) }), record('2603.00002')],
        NOON,
      )
      const wrong = { source: 'openalex', ids: ids('arxiv:2603.00002', shared, 'openalex:W1'), citations: 5 } as const
      const worse = { source: 'crossref', ids: ids(shared, 'openalex:W1'), citations: 6 } as const
      expect(await papers.put([record('2603.00002', wrong)], LATER)).toEqual([{ number: b?.number, outcome: 'merged' }])
      expect(await papers.put([record('2603.00001', worse)], LATER)).toEqual([{ number: a?.number, outcome: 'merged' }])
      const found = await papers.byIds(ids('arxiv:2603.00001', 'arxiv:2603.00002', 'openalex:W1'))
      expect(found.map(({ title, citations }) => [title, citations])).toEqual([
        ['On 2603.00001', 6],
        ['On 2603.00002', 5],
        ['On 2603.00002', 5],
      ])
    })
  })

  describe('papers that a record joins', () => {
    const joining = record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002'), citations: 1 })

    test('become one under the smaller number, found by every id and both numbers, first seen when the first was', async ({
      papers,
    }) => {
      const [b] = await papers.put([record('2603.00002')], LATER)
      const [a] = await papers.put([record('2603.00001')], NOON)
      expect(await papers.put([joining], LATER)).toEqual([{ number: b!.number, outcome: 'merged' }])
      expect(await papers.count()).toBe(1)
      const found = await papers.byIds(ids('arxiv:2603.00001', 'arxiv:2603.00002'))
      expect(found.map(({ number }) => number)).toEqual([b!.number, b!.number])
      expect(await papers.byNumbers([a!.number])).toEqual([found[0]])
      expect(found[0]).toMatchObject({ citations: 1, firstSeen: NOON })
    })

    test('stay found by their first numbers when they are joined again', async ({ papers }) => {
      const numbers = [...(await papers.put([record('2603.00003'), record('2603.00002'), record('2603.00001')], NOON))]
      await papers.put([joining], NOON)
      await papers.put([record('2603.00003', { ids: ids('arxiv:2603.00002', 'arxiv:2603.00003') })], NOON)
      const found = await papers.byNumbers(numbers.map(({ number }) => number))
      expect(found.map(({ number }) => number)).toEqual(Array(3).fill(numbers[0]!.number))
    })

    test('become one within the batch that brought them', async ({ papers }) => {
      const [a, b, c] = await papers.put([record('2603.00001'), record('2603.00002'), joining], NOON)
      expect([a?.outcome, b?.outcome, c?.outcome]).toEqual(['added', 'added', 'merged'])
      expect([b?.number, c?.number]).toEqual([a?.number, a?.number])
      expect(await papers.count()).toBe(1)
      expect((await papers.put([record('2603.00002')], LATER))[0]).toEqual({ number: a?.number, outcome: 'unchanged' })
    })

    test('count once for their authors', async ({ papers }) => {
      await putPapers({ papers }, ['2603.00001', '2603.00002'])
      await papers.put([joining], NOON)
      expect(await papers.authorsByFamily('lovelace', 5)).toEqual([{ key: key('Ada Lovelace'), name: 'Ada Lovelace', papers: 1 }])
      expect(await papers.byAuthors([key('Ada Lovelace')])).toHaveLength(1)
    })

    test('wait for the next tick if either did', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      await store.papers.markMatched([a!])
      await store.papers.put([joining], LATER)
      expect((await store.papers.unmatched(5)).map(({ paper }) => paper.number)).toEqual([a])
      await store.papers.markMatched([a!, b!])
      expect(await store.papers.unmatched(5)).toEqual([])
    })

    test('unite their claims, so that neither number is announced again', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const [sent] = await store.ledger.record([alert(b!)], NOON)
      await store.papers.put([joining], NOON)
      expect(await store.ledger.record([alert(a!), alert(b!, { part: 1 })], NOON)).toEqual([])
      expect((await store.ledger.ofPaper(OURS, a!)).map(({ id }) => id)).toEqual([sent!.id])
      expect((await store.ledger.ofPaper(OURS, b!)).map(({ id }) => id)).toEqual([sent!.id])
      expect(await store.ledger.claim(claiming(NOON))).toHaveLength(1)
    })

    test('unite their matches and their places on reading lists', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const [both, one] = [subscription('both'), subscription('one')]
      for (const each of [both, one]) await store.subscriptions.add(each)
      await store.subscriptions.recordMatches([match(both, a!), match(both, b!), match(one, b!, NOON, LATER)])
      for (const paper of [a!, b!]) await store.readingLists.save(OURS, paper, 'Ada', NOON)
      await store.papers.put([joining], NOON)
      const matched = await store.subscriptions.matchesOfPaper(OURS, b!)
      expect(matched.map(({ subscription, paper }) => [subscription, paper])).toEqual([
        ['both', a],
        ['one', a],
      ])
      expect(matched.map(({ seenAt }) => seenAt)).toEqual([NOON, LATER])
      expect(await store.subscriptions.recordMatches([match(one, b!)])).toEqual([])
      expect((await store.readingLists.list(OURS)).map(({ number }) => number)).toEqual([a])
    })
  })
}
