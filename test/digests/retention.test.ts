// What a tick forgets: workspaces that were left a month ago, and what is older than it is to be kept.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { wholeWorkspace } from '#core/place-settings.ts'
import type { Store } from '#core/ports/store.ts'
import { leave } from '#digests/leave.ts'
import { lift } from '#digests/suspend.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const HERE = aDestination({ workspace: 'W1', channel: 'C1' })
const topic = { kind: 'topic', query: 'moths' } as const

let store: Store
beforeEach(async () => {
  store = await openSqliteStore(':memory:')
})
afterEach(() => store.close())

async function aFollower() {
  const world = aWorld(store)
  const since = world.now()
  await store.subscriptions.add(aSubscription({ destination: HERE, target: topic, cadence: 'now', createdAt: since }))
  let papers = 0
  return {
    ...world,
    async announce(title: string) {
      papers++
      await store.papers.put(
        [aRecord({ title, ids: [`arxiv:2611.0000${papers}`], published: world.now().slice(0, 10) })],
        world.now(),
      )
    },
    pass: (time: Temporal.DurationLike, retentionDays = 0) => tick({ ...world.dependencies, retentionDays }, world.pass(time)),
  }
}

test('a workspace that was left is kept for thirty days, and erased after them', async () => {
  const world = await aFollower()
  await store.transaction((parts) => leave(parts, HERE, Temporal.Instant.from(world.now())))
  await world.pass({ hours: 29 * 24 })
  expect(await store.subscriptions.all()).toHaveLength(1)
  await world.pass({ hours: 25 })
  expect(await store.subscriptions.all()).toEqual([])
  expect(await store.erasure.holdings(HERE)).toEqual([])
})

test('a workspace that comes back within thirty days goes on as it was, with what came meanwhile', async () => {
  const world = await aFollower()
  await store.transaction((parts) => leave(parts, HERE, Temporal.Instant.from(world.now())))
  await world.announce('On moths')
  await world.pass({ hours: 28 * 24 })
  expect(world.platform.posted).toEqual([])
  await store.transaction((parts) => lift(parts, wholeWorkspace(HERE), Temporal.Instant.from(world.now())))
  await world.pass({ hours: 24 })
  expect(world.platform.posted).toHaveLength(1)
  await world.pass({ hours: 60 * 24 })
  expect(await store.subscriptions.all()).toHaveLength(1)
})

test('a workspace that comes back, to another process, just as it is to be erased, is kept', async () => {
  const world = await aFollower()
  await store.transaction((parts) => leave(parts, HERE, Temporal.Instant.from(world.now())))
  const later = Temporal.Instant.from(world.now()).add({ hours: 31 * 24 })
  const channels = {
    ...store.channels,
    async ofWorkspaces() {
      const before = await store.channels.ofWorkspaces()
      await store.transaction((parts) => lift(parts, wholeWorkspace(HERE), later))
      return before
    },
  }
  await tick({ ...world.dependencies, store: { ...store, channels } }, later)
  expect(await store.subscriptions.all()).toHaveLength(1)
})

test('a workspace whose platform refuses the bot for another reason is never erased', async () => {
  const world = await aFollower()
  const suspension = { since: world.now(), why: 'revoked', message: 'The token is wrong.' } as const
  await store.channels.set(wholeWorkspace(HERE), { suspension })
  await world.pass({ hours: 400 * 24 })
  expect(await store.subscriptions.all()).toHaveLength(1)
})

test('one that was refused first counts from when it was left', async () => {
  const world = await aFollower()
  const suspension = { since: world.now(), why: 'revoked', message: 'The token is wrong.' } as const
  await store.channels.set(wholeWorkspace(HERE), { suspension })
  await world.pass({ hours: 40 * 24 })
  await store.transaction((parts) => leave(parts, HERE, Temporal.Instant.from(world.now())))
  await world.pass({ hours: 24 })
  expect(await store.subscriptions.all()).toHaveLength(1)
})

test('what is older than the retention goes, and a paper told of then is not told of again when it changes', async () => {
  const world = await aFollower()
  await store.schedules.set(aSchedule({ destination: HERE, frequency: 'daily', createdAt: world.now(), zone: 'UTC' }))
  await world.announce('On moths')
  await world.pass({ hours: 1 })
  expect(world.platform.posted).toHaveLength(1)
  await world.pass({ hours: 100 * 24 }, 90)
  expect(await store.ledger.counts()).toMatchObject({ sent: 0 })
  // A revision is matched anew, as nothing is left of the match, by what is followed now: also what wants it in digests.
  await store.subscriptions.add(
    aSubscription({ id: 'other', destination: HERE, target: { kind: 'category', category: 'cs.LG' }, createdAt: world.now() }),
  )
  const [paper] = await store.papers.byNumbers([1])
  await store.papers.put(
    [aRecord({ title: 'On moths and lamps', ids: paper!.ids, version: 2, announcement: 'replace' })],
    world.now(),
  )
  await world.pass({ hours: 1 }, 90)
  await world.pass({ hours: 48 }, 90)
  expect(world.platform.posted).toHaveLength(1)
})

test('without a retention everything is kept', async () => {
  const world = await aFollower()
  await world.announce('On moths')
  await world.pass({ hours: 1 })
  await world.pass({ hours: 1000 * 24 })
  expect(await store.ledger.counts()).toMatchObject({ sent: 1 })
})
