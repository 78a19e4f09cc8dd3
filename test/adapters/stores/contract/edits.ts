// The contract of edits: posted messages come to say what they were given last, however often it is tried.
import { describe, expect } from 'vitest'
import type { Delivery, Edit } from '#core/delivery.ts'
import type { Store } from '#core/ports/store.ts'
import type { Block } from '#core/reply.ts'
import { alert, claiming, LATER, NOON, type OpenStore, OTHERS, OURS, putPapers, record, storeTest } from './opening.ts'

const ALL = { now: LATER, limit: 9, platforms: ['slack', 'discord', 'terminal'] }

function says(text: string): readonly Block[] {
  return [{ kind: 'prose', spans: [{ text }] }]
}

async function sent({ ledger }: Store, paper = 1): Promise<Delivery> {
  await ledger.record([alert(paper)], NOON)
  const [taken] = await ledger.claim(claiming(NOON))
  await ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: `ref ${paper}` }, NOON)
  return taken!
}

export function editContract(open: OpenStore): void {
  const test = storeTest(open)
  const texts = (edits: readonly Edit[]) => edits.map(({ delivery: { blocks } }) => JSON.stringify(blocks))

  describe('an edit', () => {
    test('of what was posted is due at once, with the new blocks and the message’s reference', async (store) => {
      const { id, dedupeKey } = await sent(store)
      await store.ledger.edit(id, says('v2'), LATER)
      expect(await store.ledger.dueEdits({ ...ALL, now: NOON })).toEqual([])
      expect(await store.ledger.dueEdits(ALL)).toMatchObject([
        { attempt: 0, delivery: { id, dedupeKey, destination: OURS, ref: 'ref 1', state: 'sent', blocks: says('v2') } },
      ])
      expect(await store.ledger.dueEdits({ ...ALL, platforms: ['discord'] })).toEqual([])
      expect(await store.ledger.dueEdits({ ...ALL, platforms: [] })).toEqual([])
    })

    test('comes before the post where nothing was tried yet, and leaves nothing to do after it', async ({ ledger }) => {
      const [pending] = await ledger.record([alert(1)], NOON)
      await ledger.edit(pending!.id, says('v2'), NOON)
      const [taken] = await ledger.claim(claiming(NOON))
      expect(taken?.blocks).toEqual(says('v2'))
      await ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: '17' }, NOON)
      expect(await ledger.dueEdits(ALL)).toEqual([])
    })

    test('waits for the post where an attempt is under way or unclear', async ({ ledger }) => {
      await ledger.record([alert(1), alert(2)], NOON)
      const [under, unclear] = await ledger.claim(claiming(NOON))
      await ledger.settle(unclear!.id, unclear!.fence, { state: 'uncertain', notBefore: NOON, error: 'No answer.' }, NOON)
      for (const { id } of [under!, unclear!]) await ledger.edit(id, says('v2'), NOON)
      expect(await ledger.dueEdits(ALL)).toEqual([])
      expect((await ledger.byId(unclear!.id))?.blocks).toEqual(alert(2).blocks)
      await ledger.settle(under!.id, under!.fence, { state: 'sent', ref: '17' }, NOON)
      await ledger.settle(unclear!.id, unclear!.fence, { state: 'sent', ref: '18' }, NOON)
      expect((await ledger.dueEdits(ALL)).map(({ delivery }) => delivery.ref)).toEqual(['17', '18'])
    })

    test('replaces the one before it, in whatever state that is', async (store) => {
      const { ledger } = store
      const { id } = await sent(store)
      await ledger.edit(id, says('v2'), NOON)
      const [second] = await ledger.dueEdits(ALL)
      await ledger.settleEdit(second!, { notBefore: '2027-01-01T00:00:00Z' })
      await ledger.edit(id, says('v3'), LATER)
      const [third] = await ledger.dueEdits(ALL)
      expect(third).toMatchObject({ attempt: 0, delivery: { blocks: says('v3') } })
      expect(third!.revision).toBeGreaterThan(second!.revision)
    })

    test('is done once, unless the blocks have changed meanwhile', async (store) => {
      const { ledger } = store
      const { id } = await sent(store)
      await ledger.edit(id, says('v2'), NOON)
      const [second] = await ledger.dueEdits(ALL)
      await ledger.edit(id, says('v3'), NOON)
      await ledger.settleEdit(second!, 'done')
      const [third] = await ledger.dueEdits(ALL)
      expect(texts([third!])).toEqual([JSON.stringify(says('v3'))])
      await ledger.settleEdit(third!, 'done')
      expect(await ledger.dueEdits(ALL)).toEqual([])
    })

    test('that is late to be settled leaves alone what came after it was done by another', async (store) => {
      const { ledger } = store
      const { id } = await sent(store)
      await ledger.edit(id, says('v2'), NOON)
      const [late] = await ledger.dueEdits(ALL)
      await ledger.settleEdit(late!, 'done')
      await ledger.edit(id, says('v3'), NOON)
      await ledger.settleEdit(late!, 'done')
      await ledger.settleEdit(late!, { notBefore: '2027-01-01T00:00:00Z' })
      expect(texts(await ledger.dueEdits(ALL))).toEqual([JSON.stringify(says('v3'))])
    })

    test('that failed is due again when it is told, with one attempt more', async (store) => {
      const { ledger } = store
      const { id } = await sent(store)
      await ledger.edit(id, says('v2'), NOON)
      const [edit] = await ledger.dueEdits(ALL)
      await ledger.settleEdit(edit!, { notBefore: LATER })
      expect(await ledger.dueEdits({ ...ALL, now: NOON })).toEqual([])
      expect(await ledger.dueEdits(ALL)).toEqual([{ ...edit, attempt: 1 }])
    })

    test('is what the delivery says from then on, done or not', async (store) => {
      const { ledger } = store
      const [paper] = await putPapers(store, ['2603.00001'])
      const { id } = await sent(store, paper)
      await ledger.edit(id, says('v2'), NOON)
      expect((await ledger.alertsOfPaper(paper!)).map(({ blocks }) => blocks)).toEqual([says('v2')])
      const [edit] = await ledger.dueEdits(ALL)
      await ledger.settleEdit(edit!, 'done')
      expect((await ledger.alertsOfPaper(paper!)).map(({ blocks }) => blocks)).toEqual([says('v2')])
      expect((await ledger.byId(id))?.blocks).toEqual(says('v2'))
    })

    test('waits while its place is closed', async (store) => {
      const { ledger } = store
      const { id } = await sent(store)
      await ledger.edit(id, says('v2'), NOON)
      await ledger.close({ platform: 'slack', workspace: 'T1' }, '2026-03-03T00:00:00Z')
      expect(await ledger.dueEdits(ALL)).toEqual([])
      await ledger.reopen({ platform: 'slack', workspace: 'T1' }, LATER)
      expect(await ledger.dueEdits(ALL)).toHaveLength(1)
    })

    test('of what is unknown, dropped or dead is never due', async (store) => {
      const { ledger } = store
      const [dropped, dead] = await ledger.record([alert(1), alert(2)], NOON)
      await ledger.drop(dropped!.id, NOON)
      const [taken] = await ledger.claim(claiming(NOON))
      await ledger.settle(taken!.id, taken!.fence, { state: 'dead', error: 'Refused.' }, NOON)
      for (const id of [dropped!.id, dead!.id, 999]) await ledger.edit(id, says('v2'), NOON)
      expect(await ledger.dueEdits(ALL)).toEqual([])
    })

    test('comes in the order of its time, no more than asked for', async (store) => {
      const deliveries = [await sent(store, 1), await sent(store, 2), await sent(store, 3)]
      for (const { id } of deliveries.toReversed()) await store.ledger.edit(id, says('v2'), NOON)
      await store.ledger.edit(deliveries[0]!.id, says('v3'), LATER)
      const due = async (limit: number) => (await store.ledger.dueEdits({ ...ALL, limit })).map(({ delivery }) => delivery.ref)
      expect(await due(9)).toEqual(['ref 2', 'ref 3', 'ref 1'])
      expect(await due(1)).toEqual(['ref 2'])
    })
  })

  describe('alerts of a paper', () => {
    test('are those of all destinations, whatever became of them, and no digests', async (store) => {
      const [paper] = await putPapers(store, ['2603.00001'])
      const elsewhere = OTHERS.map((destination) => alert(paper!, { destination }))
      const digest = alert(paper!, { kind: 'digest', subject: NOON, destination: { ...OURS, channel: 'C9' } })
      const alerts = await store.ledger.record([alert(paper!), ...elsewhere], NOON)
      await store.ledger.record([digest, alert(paper! + 1)], NOON)
      await store.ledger.drop(alerts[0]!.id, NOON)
      expect((await store.ledger.alertsOfPaper(paper!)).map(({ id }) => id)).toEqual(alerts.map(({ id }) => id))
    })

    test('are found by the number of a paper that was joined into another', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const [of] = await store.ledger.record([alert(b!)], NOON)
      const joining = record('2603.00001', { ids: ['arxiv:2603.00001', 'arxiv:2603.00002'] as never })
      await store.papers.put([joining], NOON)
      for (const paper of [a!, b!]) {
        expect((await store.ledger.alertsOfPaper(paper)).map(({ id }) => id)).toEqual([of!.id])
      }
    })
  })
}
