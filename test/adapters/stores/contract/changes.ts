// The contract of papers that changed after they were matched: what is new about them waits for the next tick.
import { describe, expect } from 'vitest'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperChange } from '#core/paper-change.ts'
import type { Store } from '#core/ports/store.ts'
import { ids, key, LATER, NOON, type OpenStore, putPapers, record, storeTest } from './opening.ts'

const ID = '2603.00001'
const NOTHING = { authors: [], categories: [] }
const TWO = [{ name: 'Ada Lovelace' }, { name: 'Kurt Gödel' }]

/** What a record says beyond the first one, and what the tick hears of it. */
const CHANGES: readonly (readonly [what: string, fields: Partial<PaperRecord>, change: Partial<PaperChange>])[] = [
  ['a new version', { version: 2 }, { version: 2 }],
  ['an author who was not among them', { version: 2, authors: TWO }, { version: 2, authors: [key('Kurt Gödel')] }],
  ['a category', { categories: ['cs.LG', 'stat.ML'] }, { categories: ['stat.ML'] }],
  ['its withdrawal', { version: 2, withdrawn: true }, { version: 2, withdrawn: true }],
  ['an organisation', { orgs: ['mit'] }, { orgs: ['mit'] }],
  ['a DOI', { doi: '10.1/one' }, { published: true }],
  ['a journal', { journalRef: 'Annals 1 (2026)' }, { published: true }],
]

export function changeContract(open: OpenStore): void {
  const test = storeTest(open)
  const waiting = async ({ papers }: Store) => (await papers.unmatched(9)).map(({ paper, change }) => [paper.number, change])

  /** A paper that a tick has matched. */
  async function matched(store: Store, id = ID): Promise<number> {
    const [stored] = await store.papers.put([record(id, { version: 1 })], NOON)
    await store.papers.markMatched([stored!.number])
    return stored!.number
  }

  describe('a paper that was matched', () => {
    for (const [what, fields, change] of CHANGES) {
      test(`waits again with ${what}`, async (store) => {
        const number = await matched(store)
        await store.papers.put([record(ID, { version: 1, ...fields })], LATER)
        expect(await waiting(store)).toEqual([[number, { ...NOTHING, ...change }]])
        expect((await store.papers.unmatched(9))[0]?.paper.firstSeen).toBe(NOON)
        await store.papers.markMatched([number])
        expect(await waiting(store)).toEqual([])
      })
    }

    test('goes on waiting where it changed after it was read, and then no more', async (store) => {
      const number = await matched(store)
      await store.papers.put([record(ID, { version: 2 })], LATER)
      const [other] = await putPapers(store, ['2603.00009'])
      const cursor = await store.papers.latestCursor()
      await store.papers.put([record(ID, { version: 3 })], LATER)
      await store.papers.markMatched([number, other!], cursor)
      expect(await waiting(store)).toEqual([[number, { ...NOTHING, version: 3 }]])
      await store.papers.markMatched([number], await store.papers.latestCursor())
      expect(await waiting(store)).toEqual([])
    })

    test('does not wait where it is too old for that to be news, but goes on waiting for what was', async (store) => {
      const number = await matched(store)
      const old = record(ID, { version: 1, doi: '10.1/one', orgs: ['mit'] })
      await store.papers.put([old, record('2603.00002')], LATER, { newsSince: '2026-03-02' })
      expect(await waiting(store)).toEqual([])
      expect((await store.papers.byNumbers([number]))[0]).toMatchObject({ doi: '10.1/one', orgs: ['mit'] })
      await store.papers.put([record(ID, { version: 2 })], LATER, { newsSince: '2026-03-01' })
      await store.papers.put([record(ID, { version: 3, withdrawn: true })], LATER, { newsSince: '2026-03-02' })
      expect(await waiting(store)).toEqual([[number, { ...NOTHING, version: 2 }]])
    })

    test('is published once: a journal that comes after the DOI is no news', async (store) => {
      await store.papers.put([record(ID, { version: 1, doi: '10.1/one' })], NOON)
      await store.papers.markMatched((await store.papers.unmatched(9)).map(({ paper }) => paper.number))
      await store.papers.put([record(ID, { version: 1, journalRef: 'Annals 1 (2026)' })], LATER)
      expect(await waiting(store)).toEqual([])
    })

    test('does not wait where nothing that matters is new', async (store) => {
      await matched(store)
      await store.papers.put(
        [record(ID, { version: 1, citations: 7, upvotes: 3, tldr: 'Short.', abstract: 'A longer one.' })],
        LATER,
      )
      expect(await waiting(store)).toEqual([])
    })

    test('waits once with all that came, one after the other', async (store) => {
      const number = await matched(store)
      await store.papers.put([record(ID, { version: 2, categories: ['cs.LG', 'stat.ML'] })], LATER)
      await store.papers.put([record(ID, { version: 3, authors: TWO })], LATER)
      await store.papers.put([record(ID, { version: 3, citations: 7 })], LATER)
      const change = { version: 3, authors: [key('Kurt Gödel')], categories: ['stat.ML'] }
      expect(await waiting(store)).toEqual([[number, change]])
    })

    test('waits with the change between the first and the last record of a batch', async (store) => {
      const number = await matched(store)
      await store.papers.put([record(ID, { version: 3 }), record(ID, { version: 2, doi: '10.1/one' })], LATER)
      expect(await waiting(store)).toEqual([[number, { ...NOTHING, version: 3, published: true }]])
    })
  })

  describe('a paper that no tick has matched', () => {
    test('stays new, whatever changes of it', async (store) => {
      const [number] = await putPapers(store, [ID])
      await store.papers.put([record(ID, { version: 2, categories: ['cs.LG', 'stat.ML'] })], LATER)
      expect(await waiting(store)).toEqual([[number, undefined]])
    })
  })

  describe('two papers that become one', () => {
    const joining = record(ID, { version: 1, ids: ids(`arxiv:${ID}`, 'arxiv:2603.00002') })

    test('wait with what the one did not have', async (store) => {
      const number = await matched(store)
      await store.papers.put([record('2603.00002', { version: 2, authors: TWO })], NOON)
      await store.papers.markMatched((await store.papers.unmatched(9)).map(({ paper }) => paper.number))
      await store.papers.put([joining], LATER)
      expect(await waiting(store)).toEqual([[number, { ...NOTHING, version: 2, authors: [key('Kurt Gödel')] }]])
    })

    test('do not wait where both were matched and were the same', async (store) => {
      await matched(store)
      await matched(store, '2603.00002')
      await store.papers.put([joining], LATER)
      expect(await waiting(store)).toEqual([])
    })

    test('wait with the changes of both, under the number that lives on, at its highest version', async (store) => {
      const number = await matched(store)
      await matched(store, '2603.00002')
      await store.papers.put([record(ID, { version: 3 })], LATER)
      await store.papers.put([record('2603.00002', { version: 2, categories: ['cs.LG', 'stat.ML'] })], LATER)
      await store.papers.put([joining], LATER)
      expect(await waiting(store)).toEqual([[number, { ...NOTHING, version: 3, categories: ['stat.ML'] }]])
    })

    test('are new where either is', async (store) => {
      const number = await matched(store)
      await putPapers(store, ['2603.00002'])
      await store.papers.put([record(ID, { version: 2 })], LATER)
      await store.papers.put([joining], LATER)
      expect(await waiting(store)).toEqual([[number, undefined]])
    })
  })
}
