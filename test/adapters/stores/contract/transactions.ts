// The contract of the Store as a whole: all or nothing, one transaction at a time, an id of its own.
import { describe, expect, test as plainTest } from 'vitest'
import { StoreError } from '#core/errors.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { alert, claiming, LATER, NOON, type OpenStore, OURS, putPapers, record, storeTest, subscription } from './opening.ts'

export function transactionContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('transactions', () => {
    test('answer what their work answers, and keep all of it', async (store) => {
      const numbers = await store.transaction(async (parts) => {
        await parts.subscriptions.add(subscription('a'))
        return putPapers(parts, ['2603.00001'])
      })
      expect((await store.papers.byNumbers(numbers)).map(({ number }) => number)).toEqual(numbers)
      expect(await store.subscriptions.all()).toHaveLength(1)
    })

    test('leave nothing behind when their work throws, and pass on what it threw', async (store) => {
      const cursor = await store.papers.latestCursor()
      const failure = new Error('no')
      const failing = store.transaction(async (parts) => {
        const [number] = await parts.papers.put([record('2603.00001')], NOON)
        await parts.subscriptions.add(subscription('a'))
        await parts.ledger.record([alert(number!.number)], NOON)
        await parts.meta.set('scored', NOON)
        throw failure
      })
      await expect(failing).rejects.toBe(failure)
      expect(await store.papers.count()).toBe(0)
      expect(await store.papers.unmatched(9)).toEqual([])
      expect(await store.papers.latestCursor()).toBe(cursor)
      expect(await store.subscriptions.all()).toEqual([])
      expect(await store.ledger.list(['pending'], 9)).toEqual([])
      expect(await store.meta.get('scored')).toBeUndefined()
      expect((await store.papers.put([record('2603.00001')], NOON))[0]?.outcome).toBe('added')
    })

    test('keep or undo what they did to any part of the store', async (store) => {
      const work = async (parts: StoreParts) => {
        const [paper] = await putPapers(parts, ['2603.00001'])
        await parts.subscriptions.add(subscription('a'))
        const said = { subscription: 'a', paper: paper!, isThem: true, by: { id: 'U1', name: 'Ada' }, at: NOON }
        await parts.subscriptions.setVerdict(OURS, said)
        await parts.channels.set(OURS, { most: 7 })
        await parts.holds.add([{ destination: OURS, paper: paper!, why: 'quiet', since: NOON }])
        await parts.votes.toggle(OURS, paper!, 'U1', NOON)
        await parts.feeds.recordReading({ feed: 'f', batch: 'b', at: NOON, offered: 1, added: 1, merged: 0, failed: 0 })
        await parts.ledger.record([alert(paper!)], NOON)
        const [taken] = await parts.ledger.claim(claiming(NOON))
        await parts.ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: '17' }, NOON)
        await parts.ledger.edit(taken!.id, [], NOON)
        await parts.ledger.record([alert(9)], NOON)
        await parts.ledger.close({ platform: 'slack', workspace: 'T1', channel: 'C1' }, LATER)
      }
      const kept = async () => [
        await store.subscriptions.verdicts(['a']),
        await store.channels.all(),
        await store.holds.destinations(),
        [...(await store.votes.counts(OURS, [1, 2, 3]))],
        await store.feeds.readings(['f'], NOON, LATER),
        await store.ledger.dueEdits({ now: LATER, limit: 9, platforms: ['slack'] }),
        await store.ledger.claim(claiming(LATER)),
      ]
      const failing = store.transaction(async (parts) => {
        await work(parts)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await store.ledger.record([alert(8)], NOON)
      expect((await store.ledger.claim(claiming(NOON))).map(({ subject }) => subject)).toEqual(['8'])
      for (const nothing of await kept()) expect(nothing).toEqual([])
      await store.transaction(work)
      for (const one of await kept()) expect(one).toHaveLength(1)
    })

    test('run one after another', async ({ transaction, meta }) => {
      const raise = () =>
        transaction(async (parts) => {
          const before = Number((await parts.meta.get('count')) ?? 0)
          await parts.meta.set('count', String(before + 1))
        })
      await Promise.all(Array.from({ length: 20 }, raise))
      expect(await meta.get('count')).toBe('20')
    })

    test('are not seen from outside before they end', async (store) => {
      const work = store.transaction((parts) => parts.meta.set('scored', NOON))
      const seen = store.meta.get('scored')
      await work
      expect(await seen).toBe(NOON)
      const failing = store.transaction(async (parts) => {
        await parts.meta.set('scored', 'never')
        throw new Error('no')
      })
      const unseen = store.meta.get('scored')
      await expect(failing).rejects.toThrow('no')
      expect(await unseen).toBe(NOON)
    })

    test('keep what else they did where one part fails and is caught', async (store) => {
      await store.transaction(async (parts) => {
        await parts.meta.set('kept', 'yes')
        const broken = [record('2603.00001'), { ...record('2603.00002'), ids: undefined } as never]
        await expect(parts.papers.put(broken, NOON)).rejects.toThrow()
      })
      expect(await store.meta.get('kept')).toBe('yes')
      expect(await store.papers.count()).toBe(0)
    })

    test('take calls side by side', async (store) => {
      await store.transaction(async (parts) => {
        await Promise.all([putPapers(parts, ['2603.00001']), putPapers(parts, ['2603.00002'])])
      })
      expect(await store.papers.count()).toBe(2)
    })

    test('reject a use of the store itself, which would wait for them to end, and go on', async (store) => {
      await store.transaction(async (parts) => {
        await expect(store.meta.get('x')).rejects.toThrow(StoreError)
        await expect(store.papers.put([record('2603.00001')], NOON)).rejects.toThrow(StoreError)
        await expect(store.transaction(async () => 1)).rejects.toThrow(StoreError)
        await parts.meta.set('x', 'done')
      })
      expect(await store.meta.get('x')).toBe('done')
    })

    test('end with their parts: what is asked of these afterwards is rejected', async (store) => {
      let kept: StoreParts | undefined
      await store.transaction(async (parts) => {
        kept = parts
      })
      await expect(kept?.meta.get('x')).rejects.toThrow(StoreError)
    })
  })

  describe('a store', () => {
    plainTest('has an id that no other has', async () => {
      const [a, b] = [await open(), await open()]
      expect(a.id).not.toBe('')
      expect(a.id).not.toBe(b.id)
      await Promise.all([a.close(), b.close()])
    })

    plainTest('finishes what was asked before it is closed, and rejects what comes after', async () => {
      const store = await open()
      const work = store.transaction((parts) => putPapers(parts, ['2603.00001']))
      await store.close()
      expect(await work).toHaveLength(1)
      await expect(store.papers.count()).rejects.toThrow(StoreError)
      await store.close()
    })
  })
}
