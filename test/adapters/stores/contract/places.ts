// The contract of places that are closed for a while: nothing there is due before they open, and all of it is then, in order.
import { describe, expect } from 'vitest'
import type { Place } from '#core/ports/ledger.ts'
import type { Store } from '#core/ports/store.ts'
import { alert, claiming, LATER, NOON, type OpenStore, OTHER_CHANNELS, OURS, storeTest } from './opening.ts'

const MIDNIGHT = '2026-03-03T00:00:00Z'
const NEXT_NOON = '2026-03-03T12:00:00Z'
const CHANNEL: Place = { platform: 'slack', workspace: 'T1', channel: 'C1' }
const WORKSPACE: Place = { platform: 'slack', workspace: 'T1' }

export function placeContract(open: OpenStore): void {
  const test = storeTest(open)
  const due = async ({ ledger }: Store, now: string) => (await ledger.claim(claiming(now))).map(({ subject }) => subject)

  describe('a closed place', () => {
    test('keeps back what waits there, threads included, and nothing elsewhere', async (store) => {
      const elsewhere = OTHER_CHANNELS.map((destination, at) => alert(10 + at, { destination }))
      await store.ledger.record([alert(1), alert(2, { destination: { ...OURS, thread: '17.5' } }), ...elsewhere], NOON)
      expect(await store.ledger.close(CHANNEL, MIDNIGHT)).toBe(2)
      expect((await due(store, LATER)).toSorted()).toEqual(['10', '11', '12'])
      expect(await due(store, MIDNIGHT)).toEqual(['1', '2'])
    })

    test('may be a whole workspace', async (store) => {
      const other = { ...OURS, channel: 'C2' }
      await store.ledger.record([alert(1), alert(2, { destination: other })], NOON)
      expect(await store.ledger.close(WORKSPACE, MIDNIGHT)).toBe(2)
      await store.ledger.record([alert(3, { destination: other }), alert(4, { destination: { ...OURS, workspace: 'T2' } })], NOON)
      expect(await due(store, LATER)).toEqual(['4'])
      expect(await store.ledger.reopen(WORKSPACE, LATER)).toBe(3)
      expect(await due(store, LATER)).toEqual(['1', '2', '3'])
    })

    test('keeps back what is recorded, comes back or is cut short there while it is closed', async (store) => {
      const { ledger } = store
      await ledger.record([alert(1), alert(2), alert(3)], NOON)
      const [back, cut, dead] = await ledger.claim(claiming(NOON))
      await ledger.close(CHANNEL, MIDNIGHT)
      await ledger.record([alert(4)], NOON)
      await ledger.settle(back!.id, back!.fence, { state: 'pending', notBefore: LATER, error: 'Busy.' }, NOON)
      await ledger.settle(dead!.id, dead!.fence, { state: 'dead', error: 'Refused.' }, NOON)
      await ledger.expire(LATER, LATER)
      expect(await ledger.retry(dead!.id, LATER)).toBe(true)
      const all = await ledger.list(['pending', 'uncertain'], 9)
      expect(all.map(({ id, notBefore }) => [id, notBefore])).toEqual(
        [back!.id, cut!.id, dead!.id, dead!.id + 1].map((id) => [id, MIDNIGHT]),
      )
      expect(await ledger.reopen(CHANNEL, LATER)).toBe(4)
      expect(await due(store, LATER)).toEqual(['1', '4'])
      expect(await ledger.claimUncertain(claiming(LATER))).toHaveLength(2)
    })

    test('opens by itself when its time has come', async (store) => {
      await store.ledger.close(CHANNEL, LATER)
      await store.ledger.record([alert(1)], NOON)
      expect(await due(store, NOON)).toEqual([])
      expect(await due(store, LATER)).toEqual(['1'])
      await store.ledger.record([alert(2)], LATER)
      expect(await due(store, LATER)).toEqual(['2'])
      expect(await store.ledger.reopen(CHANNEL, NEXT_NOON)).toBe(0)
    })

    test('stays closed until the latest of the times it was given', async (store) => {
      await store.ledger.record([alert(1)], NOON)
      await store.ledger.close(CHANNEL, MIDNIGHT)
      expect(await store.ledger.close(CHANNEL, LATER)).toBe(0)
      await store.ledger.record([alert(2)], NOON)
      expect(await due(store, LATER)).toEqual([])
      expect(await due(store, MIDNIGHT)).toEqual(['1', '2'])
    })

    test('gives back what it kept in the order in which it was recorded', async (store) => {
      await store.ledger.record([alert(3)], NOON)
      await store.ledger.close(CHANNEL, MIDNIGHT)
      await store.ledger.record([alert(1)], NOON)
      await store.ledger.close(CHANNEL, NEXT_NOON)
      await store.ledger.record([alert(2)], LATER)
      await store.ledger.reopen(CHANNEL, LATER)
      await store.ledger.record([alert(0)], LATER)
      expect(await due(store, LATER)).toEqual(['3', '1', '2', '0'])
    })

    test('lets what waits for something else go on waiting when it opens', async (store) => {
      const { ledger } = store
      await ledger.record([alert(1)], NOON)
      const [tried] = await ledger.claim(claiming(NOON))
      await ledger.settle(tried!.id, tried!.fence, { state: 'pending', notBefore: MIDNIGHT, error: 'Busy.' }, NOON)
      expect(await ledger.reopen(CHANNEL, LATER)).toBe(0)
      await ledger.close(CHANNEL, '2026-03-02T13:00:00Z')
      expect(await ledger.reopen(CHANNEL, LATER)).toBe(0)
      expect(await due(store, LATER)).toEqual([])
      expect(await due(store, MIDNIGHT)).toEqual(['1'])
    })

    test('of a closed workspace stays closed with it, and opens with it', async (store) => {
      await store.ledger.close(CHANNEL, MIDNIGHT)
      await store.ledger.close(WORKSPACE, NEXT_NOON)
      await store.ledger.record([alert(1)], NOON)
      await store.ledger.reopen(CHANNEL, LATER)
      expect(await due(store, LATER)).toEqual([])
      await store.ledger.close(CHANNEL, NEXT_NOON)
      expect(await store.ledger.reopen(WORKSPACE, LATER)).toBe(1)
      expect(await due(store, LATER)).toEqual(['1'])
    })

    test('is closed again where its workspace is closed for a shorter time than it was', async (store) => {
      await store.ledger.close(WORKSPACE, MIDNIGHT)
      await store.ledger.close(CHANNEL, NEXT_NOON)
      await store.ledger.record([alert(1)], NOON)
      await store.ledger.reopen(CHANNEL, LATER)
      expect(await due(store, LATER)).toEqual([])
      expect(await due(store, MIDNIGHT)).toEqual(['1'])
    })
  })
}
