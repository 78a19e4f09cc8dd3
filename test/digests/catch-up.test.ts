import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { createDigests } from '#digests/digests.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, anAuthorTarget, aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

let world: ReturnType<typeof aWorld>
beforeEach(async () => {
  world = aWorld(await openSqliteStore(':memory:'))
  await world.store.subscriptions.add(aSubscription({ target: { kind: 'category', category: 'cs.LG' } }))
})
afterEach(() => world.store.close())

/** Papers that are stored, and a tick after that. */
async function come(...numbers: readonly number[]) {
  const records = numbers.map((number) => aRecord({ ids: [`arxiv:2611.0000${number}`], title: `Paper ${number}` }))
  await world.store.papers.put(records, world.now())
  await tick(world.dependencies, Temporal.Instant.from(world.now()))
}
async function caughtUp(since: string) {
  const all = await createDigests({ store: world.store }).catchUp(
    aDestination(),
    Temporal.Instant.from(since),
    Temporal.Instant.from(world.now()),
  )
  return all.map(({ paper, state }) => `${paper.title.slice(6)} ${state}`)
}
const pause = { since: '2026-11-16T10:00:00Z', by: { id: 'ada', name: 'Ada' } }

test('holds what was posted, what waits and what was not posted, since an instant', async () => {
  const start = world.now()
  await come(1)
  world.pass({ hours: 1 })
  await world.store.channels.set(aDestination(), { pause })
  await come(2)
  world.pass({ hours: 1 })
  await world.store.papers.put([aRecord({ ids: ['arxiv:2611.00003'], title: 'Paper 3', published: '2020' })], world.now())
  await tick(world.dependencies, Temporal.Instant.from(world.now()))
  expect(await caughtUp(start)).toEqual(['1 posted', '2 held', '3 open'])
  // What is held is in it, however long it waits.
  expect(await caughtUp(world.now())).toEqual(['2 held', '3 open'])
})

test('says what is on its way and what was given up, best first by the votes of the channel', async () => {
  await world.store.ledger.close(aDestination(), '2030-01-01T00:00:00Z')
  await come(1, 2, 3)
  const [first] = await world.store.ledger.list(['pending'], 1)
  await world.store.ledger.drop(first!.id, world.now())
  await world.store.votes.toggle(aDestination(), 3, 'ada', world.now())
  expect(await caughtUp('2026-11-16T00:00:00Z')).toEqual(['3 coming', '1 failed', '2 coming'])
})

test('names each thing it matched once, with the reasons in words', async () => {
  await world.store.subscriptions.add(aSubscription({ id: 'subscription-2', target: anAuthorTarget('Ada Lovelace') }))
  await come(1)
  const [only] = await createDigests({ store: world.store }).catchUp(
    aDestination(),
    Temporal.Instant.from('2026-11-16T00:00:00Z'),
    Temporal.Instant.from(world.now()),
  )
  expect(only?.targets.map(({ kind }) => kind).sort()).toEqual(['author', 'category'])
  expect(only?.why.map(({ text }) => text).join('')).toBe('by Ada Lovelace · in cs.LG')
})
