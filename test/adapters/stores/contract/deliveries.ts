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

    test('is no matter before the time that it was recorded for', async (store) => {
      await store.ledger.record([alert(1, { notBefore: LATER })], NOON)
      expect(await store.ledger.claim(claiming(NOON))).toEqual([])
      expect(await store.ledger.claim(claiming(LATER))).toMatchObject([{ notBefore: LATER, createdAt: NOON }])
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

    test('are doubted after a power loss where they are pending, since they were made or since it', async (store) => {
      const { ledger } = store
      const { id, fence } = await sending(store, 1)
      await ledger.record([alert(2)], NOON)
      await ledger.record([alert(3)], LATER)
      await ledger.settle(id, fence, { state: 'pending', notBefore: LATER, error: 'Too many.' }, NOON)
      const doubt = { since: '2026-03-02T12:01:00Z', until: '2026-03-02T13:00:00Z' }
      expect(await ledger.doubt(doubt)).toBe(3)
      expect(await ledger.list(['pending'], 9)).toEqual([])
      const doubtful = await ledger.list(['uncertain'], 9)
      expect(doubtful.map(({ subject, firstTryAt }) => [subject, firstTryAt])).toEqual([
        ['1', NOON],
        ['2', doubt.since],
        ['3', LATER],
      ])
      expect(await ledger.doubt(doubt)).toBe(0)
    })

    test('may be recorded anew after a power loss: for a while that is uncertain too', async ({ ledger }) => {
      const doubt = { since: NOON, until: '2026-03-02T13:00:00Z' }
      await ledger.doubt(doubt)
      const [early] = await ledger.record([alert(1)], LATER)
      expect(early).toMatchObject({ state: 'uncertain', firstTryAt: NOON, notBefore: LATER, createdAt: LATER })
      expect(await ledger.claim(claiming(LATER))).toEqual([])
      expect(await ledger.claimUncertain(claiming(LATER))).toHaveLength(1)
      const [late] = await ledger.record([alert(2)], doubt.until)
      expect(late).toMatchObject({ state: 'pending' })
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
      const latest = await store.ledger.latest(['pending', 'sent'], 2)
      expect(latest.map(({ subject }) => subject)).toEqual(['3', '2'])
      expect(await store.ledger.latest([], 9)).toEqual([])
      expect(await subjects([], 9)).toEqual([])
    })

    test('are told by their number', async ({ ledger }) => {
      const [recorded] = await ledger.record([alert(1)], NOON)
      expect(await ledger.byId(recorded!.id)).toEqual(recorded)
      expect(await ledger.byId(999)).toBeUndefined()
    })

    test('are tried again at once, whoever tried them before, and looked up first', async (store) => {
      const { ledger } = store
      const { id, fence } = await sending(store)
      expect(await ledger.retry(id, LATER)).toBe(false)
      await ledger.settle(id, fence, { state: 'dead', error: 'Refused.' }, NOON)
      expect(await ledger.retry(id, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'uncertain', notBefore: LATER })
      expect(await only(store)).not.toHaveProperty('error')
      expect(await ledger.settle(id, fence, { state: 'sent', ref: '17' }, LATER)).toBe(false)
      expect(await ledger.claim(claiming(LATER))).toEqual([])
      expect(await ledger.claimUncertain(claiming(LATER))).toHaveLength(1)
      expect(await ledger.retry(999, LATER)).toBe(false)
    })

    test('are not looked up again where a refusal was definite, only due sooner', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.settle(id, fence, { state: 'pending', notBefore: NEXT_DAY, error: 'Too many.' }, NOON)
      expect(await store.ledger.retry(id, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'pending', notBefore: LATER })
    })

    test('stay uncertain, and are due for the look, where nobody knows whether they arrived', async (store) => {
      const { id, fence } = await sending(store)
      await store.ledger.settle(id, fence, { state: 'uncertain', notBefore: NEXT_DAY, error: 'No answer.' }, NOON)
      expect(await store.ledger.retry(id, LATER)).toBe(true)
      expect(await only(store)).toMatchObject({ state: 'uncertain', notBefore: LATER, firstTryAt: NOON })
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

  describe('parts that wait for a parent', () => {
    const reply = (part: number, parent: string) => alert(1, { part, parent, claims: [] })
    const states = async ({ ledger }: Store) => {
      const all = await ledger.list(['pending', 'uncertain', 'sent', 'dead', 'cancelled'], 9)
      return all.map(({ part, state }) => `${part} ${state}`)
    }

    test('die with it, and say why', async (store) => {
      const parent = await sending(store)
      const [first] = await store.ledger.record([reply(1, parent.dedupeKey)], NOON)
      await store.ledger.record([reply(2, first!.dedupeKey), alert(2, { part: 3 })], NOON)
      await store.ledger.settle(parent.id, parent.fence, { state: 'dead', error: 'Refused.' }, LATER)
      expect(await states(store)).toEqual(['0 dead', '1 dead', '2 dead', '3 pending'])
      expect(await store.ledger.byId(first!.id)).toMatchObject({ settledAt: LATER, error: expect.stringContaining('thread') })
    })

    test('die with it where both were doubted after a power loss', async (store) => {
      const [parent] = await store.ledger.record([alert(1)], NOON)
      await store.ledger.record([reply(1, parent!.dedupeKey)], NOON)
      await store.ledger.doubt({ since: NOON, until: LATER })
      const [taken] = await store.ledger.claimUncertain(claiming(NOON))
      await store.ledger.settle(taken!.id, taken!.fence, { state: 'dead', error: 'Refused.' }, LATER)
      expect(await states(store)).toEqual(['0 dead', '1 dead'])
    })

    test('stand by themselves where it was a notice', async (store) => {
      const [notice] = await store.ledger.record([alert(1, { kind: 'notice', claims: [] })], NOON)
      await store.ledger.record([reply(1, notice!.dedupeKey)], NOON)
      const [taken] = await store.ledger.claim(claiming(NOON))
      await store.ledger.settle(taken!.id, taken!.fence, { state: 'dead', error: 'Refused.' }, NOON)
      expect(await states(store)).toEqual(['0 dead', '1 pending'])
      expect(await store.ledger.claim(claiming(NOON))).toMatchObject([{ part: 1, kind: 'alert' }])
    })

    test('come back with it, untried ones as pending, and not without it', async (store) => {
      const parent = await sending(store)
      const [first] = await store.ledger.record([reply(1, parent.dedupeKey)], NOON)
      await store.ledger.settle(parent.id, parent.fence, { state: 'dead', error: 'Refused.' }, LATER)
      expect(await store.ledger.retry(first!.id, LATER)).toBe(false)
      expect(await store.ledger.retry(parent.id, LATER)).toBe(true)
      expect(await states(store)).toEqual(['0 uncertain', '1 pending'])
      const [again] = await store.ledger.claimUncertain(claiming(LATER))
      expect(await store.ledger.claim(claiming(LATER))).toEqual([])
      await store.ledger.settle(again!.id, again!.fence, { state: 'sent', ref: '17' }, LATER)
      expect(await store.ledger.claim(claiming(LATER))).toMatchObject([{ part: 1, parentRef: '17' }])
    })

    test('go with it where a person drops it, however deep they hang', async (store) => {
      const [parent] = await store.ledger.record([alert(1)], NOON)
      const [first] = await store.ledger.record([reply(1, parent!.dedupeKey)], NOON)
      await store.ledger.record([reply(2, first!.dedupeKey)], NOON)
      expect(await store.ledger.drop(parent!.id, LATER)).toBe(true)
      expect(await states(store)).toEqual(['0 cancelled', '1 cancelled', '2 cancelled'])
      expect(await store.ledger.retry(first!.id, LATER)).toBe(false)
    })

    test('stand by themselves where it is lost already when they come', async (store) => {
      const parent = await sending(store)
      await store.ledger.settle(parent.id, parent.fence, { state: 'dead', error: 'Refused.' }, NOON)
      const [late] = await store.ledger.record([reply(1, parent.dedupeKey)], NOON)
      expect(await store.ledger.record([reply(1, parent.dedupeKey)], NOON)).toEqual([])
      expect(await store.ledger.claim(claiming(NOON))).toMatchObject([{ id: late!.id }])
    })
  })
}
