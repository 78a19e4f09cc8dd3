// The contract of erasing: all of a workspace or a person, at once or in parts, and nothing of anybody else.
import { describe, expect } from 'vitest'
import type { Store } from '#core/ports/store.ts'
import { type Destination, DIRECT, destinationKey } from '#core/subscription.ts'
import {
  alert,
  claiming,
  LATER,
  match,
  NOON,
  type OpenStore,
  OURS,
  putPapers,
  schedule,
  storeTest,
  subscription,
} from './opening.ts'

const ELSEWHERE: readonly Destination[] = [
  { ...OURS, platform: 'discord' },
  { ...OURS, workspace: 'T2' },
]
const ADA = { id: 'U1', name: 'Ada' }
const BOB = { id: 'U2', name: 'Bob' }

/** Everything that can be kept of a channel, by Ada. */
async function fill(store: Store, destination: Destination, by = ADA): Promise<void> {
  const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
  const at = destinationKey(destination)
  const followed = subscription(`follow ${at}`, { destination, owner: by })
  await store.subscriptions.add(followed)
  await store.subscriptions.recordMatches([match(followed, a!), match(followed, b!)])
  await store.subscriptions.setVerdict(destination, { subscription: followed.id, paper: a!, isThem: true, by, at: NOON })
  await store.schedules.set(schedule(`digest ${at}`, { destination, owner: by }))
  await store.schedules.recordSlot({ schedule: `digest ${at}`, at: NOON, from: NOON, to: NOON, outcome: 'posted' })
  const blocks = [{ kind: 'prose' as const, spans: [{ text: `Only for ${at}` }] }]
  const [first] = await store.ledger.record([alert(a!, { destination, blocks }), alert(b!, { destination })], NOON)
  await store.ledger.claim(claiming(NOON, { only: first!.id }))
  await store.ledger.settle(first!.id, 1, { state: 'sent', ref: `ref ${at}` }, NOON)
  await store.ledger.edit(first!.id, [{ kind: 'prose', spans: [{ text: `Edited for ${at}` }] }], LATER)
  await store.holds.add([{ destination, paper: b!, why: 'pause', since: NOON }])
  await store.channels.set(destination, { most: 7, pause: { since: NOON, by } })
  await store.votes.toggle(destination, a!, by.id, NOON)
  await store.readingLists.save(destination, b!, by.id, NOON)
}

/** All that can be asked for of a channel. */
async function kept(store: Store, destination: Destination) {
  return {
    follows: await store.subscriptions.ofChannel(destination),
    matches: await store.subscriptions.matchesBetween(destination, NOON, LATER),
    schedule: await store.schedules.ofDestination(destination),
    slot: await store.schedules.lastSlot(`digest ${destinationKey(destination)}`),
    verdicts: await store.subscriptions.verdicts([`follow ${destinationKey(destination)}`]),
    deliveries: await store.ledger.ofDestination(destination, ['pending', 'uncertain', 'sent']),
    told: await store.ledger.claimed(destination, [1, 2], 'new'),
    held: await store.holds.ofDestination(destination),
    settings: await store.channels.get(destination),
    votes: await store.votes.counts(destination, [1, 2]),
    saved: (await store.readingLists.list(destination)).map(({ number }) => number),
  }
}

async function edits(store: Store): Promise<number> {
  return (await store.ledger.dueEdits({ now: LATER, limit: 100, platforms: ['slack', 'discord'] })).length
}

export function erasureContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('erasing a workspace', () => {
    test('says what is kept, erases all of it with its grant, and leaves papers and other workspaces alone', async (store) => {
      const empty = await kept(store, OURS)
      for (const destination of [OURS, { ...OURS, channel: 'C2' }, ...ELSEWHERE]) await fill(store, destination)
      const grant = {
        platform: 'slack',
        workspace: 'T1',
        name: 'A Lab',
        token: 'xoxb-1',
        botUser: 'U0',
        scopes: [],
        at: NOON,
      } as const
      await store.installations.put(grant)
      const others = await Promise.all(ELSEWHERE.map((destination) => kept(store, destination)))
      const found = await store.erasure.holdings(OURS)
      expect(Object.fromEntries(found.map(({ of, many }) => [of, many]))).toEqual({
        follow: 2,
        schedule: 2,
        match: 4,
        message: 4,
        told: 4,
        held: 2,
        verdict: 2,
        vote: 2,
        saved: 2,
        settings: 2,
        installation: 1,
      })
      expect(await edits(store)).toBe(4)
      expect(await store.erasure.erase({ platform: 'slack', workspace: 'T1' })).toEqual(found)
      expect(await store.erasure.holdings(OURS)).toEqual([])
      expect(await kept(store, OURS)).toEqual(empty)
      expect(await kept(store, { ...OURS, channel: 'C2' })).toEqual(empty)
      expect(await store.installations.get(grant)).toBeUndefined()
      expect(await edits(store)).toBe(2)
      expect(await Promise.all(ELSEWHERE.map((destination) => kept(store, destination)))).toEqual(others)
      expect(await store.papers.count()).toBe(2)
    })

    test('in parts comes to the same, its settings last', async (store) => {
      const empty = await kept(store, OURS)
      await fill(store, OURS)
      await fill(store, ELSEWHERE[1]!)
      const other = await kept(store, ELSEWHERE[1]!)
      let passes = 0
      while (!(await store.erasure.eraseSome(OURS, 1))) {
        passes++
        expect(passes).toBeLessThan(40)
        expect((await store.ledger.list(['pending'], 9)).length).toBe(1)
      }
      expect(passes).toBeGreaterThan(5)
      expect(await kept(store, OURS)).toEqual(empty)
      expect(await kept(store, ELSEWHERE[1]!)).toEqual(other)
    })

    test('takes what is known of feeds that nobody else follows', async (store) => {
      const feed = (name: string) => ({ kind: 'feed' as const, url: `https://${name}.example/feed`, name })
      const both = ELSEWHERE[1]!
      await store.subscriptions.add(subscription('ours', { target: feed('ours') }))
      await store.subscriptions.add(subscription('shared', { target: feed('shared') }))
      await store.subscriptions.add(subscription('theirs', { destination: both, target: feed('shared') }))
      for (const name of ['ours', 'shared']) {
        await store.feeds.set({ feed: feed(name).url, state: 'quiet', checkedAt: NOON, failures: 0 })
        await store.feeds.offer(feed(name).url, [{ paper: 1, content: name }], NOON)
      }
      await store.erasure.erase(OURS)
      expect((await store.feeds.all()).map((state) => state.feed)).toEqual([feed('shared').url])
      expect(await store.feeds.offeredBy(1)).toEqual([feed('shared').url])
    })

    test('takes the slots and verdicts of what it had taken away itself', async (store) => {
      await fill(store, OURS)
      await store.schedules.remove(OURS)
      const [{ id } = { id: '' }] = await store.subscriptions.ofDestination(OURS)
      await store.subscriptions.remove(OURS, [id])
      await store.erasure.erase(OURS)
      expect(await store.schedules.lastSlot(`digest ${destinationKey(OURS)}`)).toBeUndefined()
      expect(await store.subscriptions.verdicts([id])).toEqual([])
    })

    test('of which nothing is kept does nothing', async (store) => {
      await fill(store, ELSEWHERE[1]!)
      expect(await store.erasure.erase(OURS)).toEqual([])
      expect(await store.erasure.eraseSome(OURS, 10)).toBe(true)
      expect(await store.subscriptions.all()).toHaveLength(1)
    })
  })

  describe('erasing a person', () => {
    const direct = { ...OURS, channel: 'D7' }

    test('takes their direct messages, votes, saved papers, verdicts and name, and leaves the channel what it follows', async (store) => {
      await fill(store, OURS)
      await fill(store, direct)
      await fill(store, ELSEWHERE[1]!)
      await store.votes.toggle(OURS, 1, BOB.id, NOON)
      await store.meta.set('zone/slack/U1', 'Europe/Berlin')
      const other = await kept(store, ELSEWHERE[1]!)
      const found = await store.erasure.holdings({ ...OURS, person: ADA.id })
      expect(found).toEqual(
        expect.arrayContaining([
          { of: 'follow', many: 1 },
          { of: 'name', many: 3 },
          { of: 'vote', many: 2 },
        ]),
      )
      await store.erasure.erase({ ...OURS, person: ADA.id })
      expect(await store.erasure.holdings({ ...OURS, person: ADA.id })).toEqual([])
      expect((await kept(store, direct)).follows).toEqual([])
      expect((await kept(store, direct)).deliveries).toEqual([])
      const { follows, schedule, settings, votes, saved, verdicts, deliveries } = await kept(store, OURS)
      expect([follows[0]!.owner, schedule!.owner, settings.pause!.by]).toEqual(Array(3).fill({ id: '', name: 'somebody' }))
      expect([votes.get(1), saved, verdicts, deliveries.length]).toEqual([1, [], [], 2])
      expect(await store.meta.get('zone/slack/U1')).toBeUndefined()
      expect(await kept(store, ELSEWHERE[1]!)).toEqual(other)
    })

    test('on Discord takes what they have outside of any server too', async (store) => {
      const alone: Destination = { platform: 'discord', workspace: DIRECT, channel: '77' }
      const others: Destination = { ...alone, channel: '88' }
      await fill(store, alone)
      await fill(store, others, BOB)
      const other = await kept(store, others)
      await store.erasure.erase({ platform: 'discord', workspace: 'G1', person: ADA.id })
      expect((await kept(store, alone)).follows).toEqual([])
      expect(await kept(store, others)).toEqual(other)
    })

    test('empties what was posted in their name, though they follow nothing any more', async (store) => {
      const notice = alert(1, {
        kind: 'notice',
        subject: 'test',
        claims: [],
        blocks: [{ kind: 'note', spans: [{ text: 'Followed by Ada.' }] }],
      })
      const [posted] = await store.ledger.record([notice], NOON)
      await store.ledger.claim(claiming(NOON))
      await store.ledger.settle(posted!.id, 1, { state: 'sent', ref: '1' }, NOON)
      await store.erasure.erase({ ...OURS, person: ADA.id })
      expect((await store.ledger.byId(posted!.id))!.blocks).toEqual([])
    })
  })
}
