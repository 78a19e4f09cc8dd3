// The contract of what becomes of a claimed delivery: settled under its fence alone, expired, doubted, retried, dropped.
import { describe, expect } from 'vitest'
import type { Delivery } from '#core/delivery.ts'
import type { Store } from '#core/ports/store.ts'
import { alert, claiming, LATER, NOON, type OpenStore, storeTest } from './opening.ts'

const NEXT_DAY = '2026-03-03T12:00:00Z'

async function sending({ ledger }: Store, paper = 1): Promise<Delivery> {
  await ledger.record([alert(paper)], NOON)
  const [taken] = await ledger.claim(claiming(NOON))
  return taken!
}

export function deliveryContract(open: OpenStore): void {
  const test = storeTest(open)
  const only = async ({ ledger }: Store) =>
    (await ledger.list(['pending', 'sending', 'uncertain', 'sent', 'dead', 'cancelled'], 9))[0]

  describe('settling a delivery', () => {
    test('keeps the platform’s reference of what was sent, and never posts it again', async (store) => {
      const { id, fence } = await sending(store)
      expect(await store.ledger.settle(id, fence, { state: 'sent', ref: '17' }, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'sent', ref: '17', settledAt: LATER })
      expect(await store.ledger.settle(id, fence, { state: 'dead', error: 'Late.' }, LATER)).toBe(false)
      expect(await store.ledger.claim(claiming(NEXT_DAY))).toEqual([])
      expect(await store.ledger.record([alert(1)], NEXT_DAY)).toEqual([])
    })

    test('puts a refused one back until it is due again', async (store) => {
      const { id, fence } = await sending(store)
      expect(await store.ledger.settle(id, fence, { state: 'pending', notBefore: LATER, error: 'Too many.' }, NOON)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'pending', notBefore: LATER, error: 'Too many.', firstTryAt: NOON })
      expect(await store.ledger.claim(claiming(NOON))).toEqual([])
      expect(await store.ledger.claim(claiming(LATER))).toMatchObject([{ attempt: 2, fence: 2, firstTryAt: NOON }])
    })

    test('lets a dead one rest, with its error', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.settle(id, fence, { state: 'dead', error: 'The channel is gone.' }, LATER)
      expect(await only(store)).toMatchObject({ state: 'dead', error: 'The channel is gone.', settledAt: LATER })
      expect(await store.ledger.claim(claiming(NEXT_DAY))).toEqual([])
    })

    test('is refused under an old fence, once another has taken it over', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.expire(NEXT_DAY, LATER)
      const [taken] = await store.ledger.claimUncertain(claiming(LATER))
      expect(await store.ledger.settle(id, fence, { state: 'sent', ref: 'old' }, LATER)).toBe(false)
      expect(await store.ledger.settle(id, taken!.fence, { state: 'sent', ref: 'new' }, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'sent', ref: 'new' })
    })

    test('is taken from who tried it, though late, where nobody has taken it over', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.expire(NEXT_DAY, LATER)
      expect(await store.ledger.settle(id, fence, { state: 'sent', ref: '17' }, LATER)).toBe(true)
      expect(await store.ledger.claimUncertain(claiming(NEXT_DAY))).toEqual([])
    })

    test('is refused for an unknown delivery and for one that nobody claimed', async ({ ledger }) => {
      const [pending] = await ledger.record([alert(1)], NOON)
      expect(await ledger.settle(pending!.id, pending!.fence, { state: 'sent', ref: '17' }, NOON)).toBe(false)
      expect(await ledger.settle(999, 1, { state: 'sent', ref: '17' }, NOON)).toBe(false)
    })
  })

  describe('deliveries cut short', () => {
    test('become uncertain when their lease ended before the instant given, and are due at once', async (store) => {
      await sending(store)
      expect(await store.ledger.expire('2026-03-02T12:01:00Z', LATER)).toBe(0)
      expect(await store.ledger.expire('2026-03-02T12:01:00.001Z', LATER)).toBe(1)
      expect(await only(store)).toMatchObject({ state: 'uncertain', notBefore: LATER, firstTryAt: NOON })
      expect(await store.ledger.expire(NEXT_DAY, LATER)).toBe(0)
    })

    test('are doubted after a power loss where they are pending and recent', async (store) => {
      const { ledger } = store
      const { id, fence } = await sending(store, 1)
      await ledger.record([alert(2)], NOON)
      await ledger.record([alert(3)], LATER)
      await ledger.settle(id, fence, { state: 'pending', notBefore: LATER, error: 'Too many.' }, NOON)
      expect(await ledger.doubt(LATER)).toBe(2)
      expect((await ledger.list(['pending'], 9)).map(({ subject }) => subject)).toEqual(['2'])
      const doubtful = await ledger.list(['uncertain'], 9)
      expect(doubtful.map(({ subject, firstTryAt }) => [subject, firstTryAt])).toEqual([
        ['1', NOON],
        ['3', LATER],
      ])
      expect(await ledger.doubt(LATER)).toBe(0)
    })
  })

  describe('deliveries in the hands of a person', () => {
    test('are listed by state, oldest first, and counted', async (store) => {
      const { id, fence } = await sending(store, 1)
      await store.ledger.settle(id, fence, { state: 'sent', ref: '17' }, NOON)
      await store.ledger.record([alert(2), alert(3)], LATER)
      const none = { pending: 0, sending: 0, uncertain: 0, sent: 0, dead: 0, cancelled: 0 }
      expect(await store.ledger.counts()).toEqual({ ...none, pending: 2, sent: 1 })
      const subjects = async (states: Parameters<Store['ledger']['list']>[0], limit: number) =>
        (await store.ledger.list(states, limit)).map(({ subject }) => subject)
      expect(await subjects(['pending', 'sent'], 2)).toEqual(['1', '2'])
      expect(await subjects(['pending'], 9)).toEqual(['2', '3'])
      expect(await subjects([], 9)).toEqual([])
    })

    test('are tried again at once, whoever tried them before', async (store) => {
      const { id, fence } = await sending(store)
      expect(await store.ledger.retry(id, LATER)).toBe(false)
      await store.ledger.settle(id, fence, { state: 'dead', error: 'Refused.' }, NOON)
      expect(await store.ledger.retry(id, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'pending', notBefore: LATER })
      expect(await store.ledger.settle(id, fence, { state: 'sent', ref: '17' }, LATER)).toBe(false)
      expect(await store.ledger.claim(claiming(LATER))).toHaveLength(1)
      expect(await store.ledger.retry(999, LATER)).toBe(false)
    })

    test('are not tried again once they are sent', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.settle(id, fence, { state: 'sent', ref: '17' }, NOON)
      expect([await store.ledger.retry(id, LATER), await store.ledger.drop(id, LATER)]).toEqual([false, false])
    })

    test('are dropped for good, with the parts that wait for them, but not in mid-flight', async (store) => {
      const { ledger } = store
      const parent = await sending(store)
      await ledger.record([alert(1, { part: 1, parent: parent.dedupeKey, claims: [] })], NOON)
      expect(await ledger.drop(parent.id, LATER)).toBe(false)
      await ledger.settle(parent.id, parent.fence, { state: 'dead', error: 'Refused.' }, NOON)
      expect(await ledger.drop(parent.id, LATER)).toBe(true)
      const dropped = await ledger.list(['cancelled'], 9)
      expect(dropped.map(({ part, settledAt }) => [part, settledAt])).toEqual([
        [0, LATER],
        [1, LATER],
      ])
      expect(await ledger.claim(claiming(NEXT_DAY))).toEqual([])
      expect([await ledger.drop(parent.id, LATER), await ledger.retry(parent.id, LATER)]).toEqual([false, false])
    })
  })
}
