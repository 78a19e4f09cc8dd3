// The contract of the Store as a whole: all or nothing, one transaction at a time, an id of its own.
import { describe, expect, test as plainTest } from 'vitest'
import { StoreError } from '#core/errors.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { alert, NOON, type OpenStore, putPapers, record, storeTest, subscription } from './opening.ts'

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
