// The contract of recording and claiming deliveries: nothing twice, nobody before their turn.
import { describe, expect } from 'vitest'
import type { Destination } from '#core/subscription.ts'
import {
  alert,
  claiming,
  ids,
  LATER,
  NOON,
  type OpenStore,
  OTHER_CHANNELS,
  OTHERS,
  OURS,
  putPapers,
  record,
  storeTest,
} from './opening.ts'

export function ledgerContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('recording deliveries', () => {
    test('answers them as pending, frozen as they were given', async ({ ledger }) => {
      const { claims: _, ...given } = alert(1)
      const [recorded] = await ledger.record([alert(1)], NOON)
      expect(recorded).toMatchObject({ ...given, state: 'pending', attempt: 0, fence: 0, notBefore: NOON, createdAt: NOON })
      expect(recorded).not.toHaveProperty('firstTryAt')
      expect(await ledger.list(['pending'], 9)).toEqual([recorded])
    })

    test('refuses one whose key is known, and gives every part of the key a say', async ({ ledger }) => {
      const digest = alert(0, { kind: 'digest', subject: NOON, claims: [] })
      const others = [
        { ...digest, part: 1 },
        { ...digest, subject: LATER },
        { ...digest, kind: 'notice' as const },
        { ...digest, parent: 'thread' },
        ...OTHERS.map((destination) => ({ ...digest, destination })),
      ]
      const recorded = await ledger.record([digest, digest, ...others], NOON)
      expect(recorded).toHaveLength(1 + others.length)
      expect(new Set(recorded.map(({ dedupeKey }) => dedupeKey)).size).toBe(recorded.length)
      expect(recorded[0]?.dedupeKey).toMatch(/^[0-9a-f]{64}$/)
      expect(await ledger.record([digest, ...others], LATER)).toEqual([])
    })

    test('claims each paper and event once a destination, whichever message says it', async ({ ledger }) => {
      const grouped = alert(0, { subject: 'group', claims: [1, 2].map((paper) => ({ paper, event: 'new' })) })
      expect(await ledger.record([alert(1)], NOON)).toHaveLength(1)
      expect(await ledger.record([grouped], NOON)).toHaveLength(1)
      expect(await ledger.record([alert(2), alert(1, { part: 1 })], NOON)).toEqual([])
      expect(await ledger.record([alert(1, { subject: '1 v2', claims: [{ paper: 1, event: 'v2' }] })], NOON)).toHaveLength(1)
    })

    test('leaves the claims of one destination to the others', async ({ ledger }) => {
      await ledger.record([alert(1)], NOON)
      for (const destination of OTHERS) {
        expect(await ledger.record([alert(1, { destination })], NOON)).toHaveLength(1)
      }
    })

    test('tells whether news was recorded: another number with each, whoever it is for, and none of a notice', async ({
      ledger,
    }) => {
      const numbers = [await ledger.latestNews()]
      for (const news of [alert(1), alert(1, { destination: OTHERS[0]! }), alert(2, { kind: 'digest', claims: [] })]) {
        await ledger.record([news], NOON)
        numbers.push(await ledger.latestNews())
      }
      expect(new Set(numbers).size).toBe(4)
      await ledger.record([alert(3, { kind: 'notice', claims: [] }), alert(1)], NOON)
      expect(await ledger.latestNews()).toBe(numbers.at(-1))
    })

    test('keeps a delivery without claims', async ({ ledger }) => {
      expect(await ledger.record([alert(1, { kind: 'notice', claims: [] })], NOON)).toHaveLength(1)
    })

    test('says what a destination heard of a paper, and nothing of what others heard', async ({ ledger }) => {
      const [first] = await ledger.record([alert(1)], NOON)
      const version = alert(1, { subject: '1 v2', claims: [1, 2].map((paper) => ({ paper, event: 'v2' })) })
      const [second] = await ledger.record([version], LATER)
      expect(await ledger.ofPaper(OURS, 1)).toEqual([first, second])
      expect(await ledger.ofPaper(OURS, 2)).toEqual([second])
      for (const destination of OTHERS) expect(await ledger.ofPaper(destination, 1)).toEqual([])
    })

    test('says when a destination got its latest alert or digest; a notice is none', async ({ ledger }) => {
      expect(await ledger.lastSent(OURS)).toBeUndefined()
      const notice = alert(3, { kind: 'notice', subject: 'n', claims: [] })
      await ledger.record([alert(1), alert(2, { kind: 'digest' }), notice], NOON)
      const [first, second, third] = await ledger.claim(claiming(NOON))
      expect(await ledger.lastSent(OURS)).toBeUndefined()
      await ledger.settle(first!.id, first!.fence, { state: 'sent', ref: '1' }, LATER)
      await ledger.settle(second!.id, second!.fence, { state: 'sent', ref: '2' }, NOON)
      await ledger.settle(third!.id, third!.fence, { state: 'sent', ref: '3' }, '2026-03-03T00:00:00Z')
      expect(await ledger.lastSent(OURS)).toBe(LATER)
      for (const destination of OTHERS) expect(await ledger.lastSent(destination)).toBeUndefined()
    })
  })

  describe('the key of a delivery', () => {
    test('is known before it is recorded, and finds it afterwards', async ({ ledger }) => {
      const inThread = alert(2, { destination: { ...OURS, thread: '17.5' } })
      for (const delivery of [alert(1), inThread, alert(1, { part: 1, parent: ledger.keyOf(alert(1)), claims: [] })]) {
        const key = ledger.keyOf(delivery)
        expect(await ledger.byKey(key)).toBeUndefined()
        const [recorded] = await ledger.record([delivery], NOON)
        expect(recorded?.dedupeKey).toBe(key)
        expect(await ledger.byKey(key)).toEqual(recorded)
      }
    })

    test('depends on the place and on what the delivery is for, not on what it says', ({ ledger }) => {
      const key = ledger.keyOf(alert(1))
      const [same] = [alert(1, { blocks: [], claims: [], template: 'hash' })]
      expect(ledger.keyOf(same!)).toBe(key)
      const others = [{ part: 1 }, { subject: '2' }, { kind: 'digest' as const }, { parent: 'other' }]
      const keys = [...others.map((parts) => alert(1, parts)), ...OTHERS.map((destination) => alert(1, { destination }))]
      expect(new Set([key, ...keys.map(ledger.keyOf)]).size).toBe(1 + keys.length)
      return Promise.resolve()
    })
  })

  describe('how many alerts a destination got', () => {
    test('counts messages since an instant by their first parts, and no others', async ({ ledger }) => {
      await ledger.record([alert(1)], NOON)
      await ledger.record([alert(2), alert(2, { part: 1, claims: [] }), alert(3, { kind: 'digest' })], LATER)
      await ledger.record(
        OTHERS.map((destination) => alert(4, { destination })),
        LATER,
      )
      expect(await ledger.alertsSince(OURS, NOON)).toBe(2)
      expect(await ledger.alertsSince(OURS, LATER)).toBe(1)
      expect(await ledger.alertsSince(OURS, '2026-03-02T12:05:00.001Z')).toBe(0)
      expect(await ledger.alertsSince(OTHERS[3]!, NOON)).toBe(1)
    })
  })

  describe('how long deliveries wait', () => {
    test('is known of the oldest in each state that is not over, and since when one can be tried', async ({ ledger }) => {
      expect(await ledger.waiting()).toEqual({})
      const first = alert(1)
      await ledger.record([first, alert(1, { part: 1, parent: ledger.keyOf(first), claims: [] })], NOON)
      await ledger.record([alert(2)], LATER)
      expect(await ledger.waiting()).toEqual({ pending: { recordedAt: NOON, dueAt: NOON } })
      const [taken] = await ledger.claim(claiming(NOON, { limit: 1 }))
      expect(await ledger.waiting()).toMatchObject({ sending: { recordedAt: NOON }, pending: { recordedAt: NOON, dueAt: LATER } })
      await ledger.settle(taken!.id, taken!.fence, { state: 'uncertain', notBefore: LATER, error: 'No answer.' }, NOON)
      expect(await ledger.waiting()).toMatchObject({ uncertain: { recordedAt: NOON, dueAt: LATER } })
      await ledger.drop(taken!.id, NOON)
      expect(await ledger.waiting()).toEqual({ pending: { recordedAt: LATER, dueAt: LATER } })
    })

    test('is not to be tried before its parent is sent', async ({ ledger }) => {
      const first = alert(1)
      await ledger.record([first, alert(1, { part: 1, parent: ledger.keyOf(first), claims: [] })], NOON)
      const [taken] = await ledger.claim(claiming(NOON))
      expect(await ledger.waiting()).toMatchObject({ pending: { recordedAt: NOON } })
      expect((await ledger.waiting()).pending).not.toHaveProperty('dueAt')
      await ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: '1' }, NOON)
      expect(await ledger.waiting()).toEqual({ pending: { recordedAt: NOON, dueAt: NOON } })
    })
  })

  describe('the deliveries of a destination', () => {
    test('are those in the states asked for, oldest first, and nobody else’s', async ({ ledger }) => {
      const recorded = await ledger.record([alert(1), alert(2), ...OTHERS.map((destination) => alert(1, { destination }))], NOON)
      const [first, second] = recorded
      await ledger.drop(first!.id, NOON)
      expect(await ledger.ofDestination(OURS, ['pending'])).toEqual([second])
      expect((await ledger.ofDestination(OURS, ['pending', 'cancelled'])).map(({ id }) => id)).toEqual([first!.id, second!.id])
      expect(await ledger.ofDestination(OURS, [])).toEqual([])
    })

    test('tell whether anything was posted in the channel or its threads lately', async ({ ledger }) => {
      const thread = { ...OURS, thread: '17.5' }
      const [posted] = await ledger.record([alert(1, { destination: thread }), alert(2)], NOON)
      expect(await ledger.postedSince(OURS, NOON)).toBe(false)
      const [taken] = await ledger.claim(claiming(NOON, { only: posted!.id }))
      await ledger.settle(taken!.id, taken!.fence, { state: 'sent', ref: 'C1/17' }, NOON)
      expect(await ledger.postedSince(OURS, NOON)).toBe(true)
      expect(await ledger.postedSince(OURS, LATER)).toBe(false)
      for (const destination of OTHER_CHANNELS) expect(await ledger.postedSince(destination, NOON)).toBe(false)
    })

    test('tell what they claim, and not what another had claimed before', async ({ ledger }) => {
      const claims = [1, 2].map((paper) => ({ paper, event: 'new' }))
      const [first, second] = await ledger.record([alert(1), alert(2, { subject: 'two', claims })], NOON)
      expect(await ledger.claimsOf(first!)).toEqual([{ paper: 1, event: 'new' }])
      expect(await ledger.claimsOf(second!)).toEqual([{ paper: 2, event: 'new' }])
      expect(await ledger.claimsOf({ id: 99, destination: OURS })).toEqual([])
    })
  })

  describe('what was told of a paper', () => {
    test('is known paper by paper and event by event, whichever number the paper goes by', async (store) => {
      const [a, b, c] = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      await store.ledger.record([alert(b!)], NOON)
      await store.papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], NOON)
      expect(await store.ledger.claimed(OURS, [c!, b!, a!], 'new')).toEqual([b, a])
      expect(await store.ledger.claimed(OURS, [a!], 'v2')).toEqual([])
      for (const destination of OTHERS) expect(await store.ledger.claimed(destination, [a!], 'new')).toEqual([])
      expect(await store.ledger.claimed(OURS, [], 'new')).toEqual([])
    })
  })

  describe('claiming deliveries', () => {
    test('takes what is due, with a higher fence and attempt, and nothing the second time', async ({ ledger }) => {
      await ledger.record([alert(1)], NOON)
      const [taken, ...more] = await ledger.claim(claiming(LATER))
      expect(taken).toMatchObject({ state: 'sending', attempt: 1, fence: 1, firstTryAt: LATER })
      expect(more).toEqual([])
      expect(await ledger.claim(claiming(LATER))).toEqual([])
      expect(await ledger.list(['sending'], 9)).toEqual([taken])
    })

    test('waits until a delivery is due', async ({ ledger }) => {
      await ledger.record([alert(1)], LATER)
      expect(await ledger.claim(claiming(NOON))).toEqual([])
      expect(await ledger.claim(claiming(LATER))).toHaveLength(1)
    })

    test('takes no more than the limit, and only of the platforms asked for', async ({ ledger }) => {
      const discord: Destination = { ...OURS, platform: 'discord' }
      await ledger.record([alert(1), alert(2), alert(3, { destination: discord })], NOON)
      expect(await ledger.claim(claiming(NOON, { platforms: [] }))).toEqual([])
      expect(await ledger.claim(claiming(NOON, { limit: 0 }))).toEqual([])
      const taken = await ledger.claim(claiming(NOON, { limit: 1, platforms: ['slack'] }))
      expect(taken.map(({ subject }) => subject)).toEqual(['1'])
      const rest = await ledger.claim(claiming(NOON, { platforms: ['discord'] }))
      expect(rest.map(({ subject }) => subject)).toEqual(['3'])
    })

    test('gives each workspace a turn before any has a second, the oldest first within one', async ({ ledger }) => {
      const of = (workspace: string) => ({ destination: { ...OURS, workspace } })
      await ledger.record(
        [4, 5, 6].map((paper) => alert(paper, of('T1'))),
        NOON,
      )
      await ledger.record([alert(7, of('T2')), alert(8, of('T2')), alert(9, of('T3'))], LATER)
      const taken = await ledger.claim(claiming(LATER, { limit: 5 }))
      expect(taken.map(({ subject }) => subject)).toEqual(['4', '7', '9', '5', '8'])
      expect((await ledger.claim(claiming(LATER))).map(({ subject }) => subject)).toEqual(['6'])
    })

    test('goes on with whoever has had no turn, claim after claim', async ({ ledger }) => {
      const of = (workspace: string) => ({ destination: { ...OURS, workspace } })
      await ledger.record(
        Array.from({ length: 9 }, (_, at) => alert(at, of(`T${at % 3}`))),
        NOON,
      )
      const turns: string[] = []
      for (let claim = 0; claim < 9; claim++) {
        for (const { destination } of await ledger.claim(claiming(NOON, { limit: 1 }))) turns.push(destination.workspace)
      }
      expect(turns.join()).toBe('T0,T1,T2,T0,T1,T2,T0,T1,T2')
    })

    test('waits with a part until its parent is sent, and then tells the parent’s reference', async ({ ledger }) => {
      const [parent] = await ledger.record([alert(1)], NOON)
      await ledger.record([alert(1, { part: 1, parent: parent!.dedupeKey, claims: [] })], NOON)
      const [first, ...early] = await ledger.claim(claiming(NOON))
      expect([first?.part, early]).toEqual([0, []])
      await ledger.settle(first!.id, first!.fence, { state: 'sent', ref: 'C1/17' }, NOON)
      const [reply] = await ledger.claim(claiming(NOON))
      expect(reply).toMatchObject({ part: 1, parentRef: 'C1/17' })
    })

    test('takes one alone, due or not, where it is still in the state asked for', async ({ ledger }) => {
      const [first, second] = await ledger.record([alert(1), alert(2)], LATER)
      expect(await ledger.claimUncertain(claiming(NOON, { only: second!.id }))).toEqual([])
      const [taken, ...more] = await ledger.claim(claiming(NOON, { only: second!.id }))
      expect([taken?.id, taken?.state, taken?.fence, more]).toEqual([second!.id, 'sending', 1, []])
      expect(await ledger.claim(claiming(NOON, { only: second!.id }))).toEqual([])
      expect((await ledger.claim(claiming(LATER))).map(({ id }) => id)).toEqual([first!.id])
    })

    test('takes uncertain deliveries apart from pending ones', async ({ ledger }) => {
      await ledger.record([alert(1)], NOON)
      const [tried] = await ledger.claim(claiming(NOON))
      await ledger.settle(tried!.id, tried!.fence, { state: 'uncertain', notBefore: LATER, error: 'No answer.' }, NOON)
      expect(await ledger.claim(claiming(LATER))).toEqual([])
      expect(await ledger.claimUncertain(claiming(NOON))).toEqual([])
      const [doubtful] = await ledger.claimUncertain(claiming(LATER))
      expect(doubtful).toMatchObject({ id: tried!.id, state: 'sending', fence: 2, firstTryAt: NOON, error: 'No answer.' })
      expect(await ledger.claimUncertain(claiming(LATER))).toEqual([])
    })
  })
}
