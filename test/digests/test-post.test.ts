import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { NewDelivery } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Block } from '#core/reply.ts'
import { deliver } from '#digests/outbox.ts'
import { createPosting } from '#digests/test-post.ts'
import { aDestination, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const BLOCKS: readonly Block[] = [{ kind: 'prose', spans: [{ text: 'A test.' }] }]
const ADA = { id: 'ada', name: 'Ada' }
const destination = aDestination()

async function aTest() {
  const store = await openSqliteStore(':memory:')
  const world = aWorld(store)
  const posting = createPosting(world.dependencies)
  return {
    ...world,
    post: () => posting.test(destination, BLOCKS, ADA),
    refuse: (error: DeliveryError, arrives = false) => world.platform.failures.push({ error, arrives }),
    posted: () => world.platform.posted.map(({ kind, destination }) => `${kind} in ${destination.channel}`),
    [Symbol.asyncDispose]: () => store.close(),
  }
}

function waiting(): NewDelivery {
  return { destination, kind: 'digest', subject: '2026-11-16T09:00:00Z', part: 0, blocks: BLOCKS, claims: [] }
}

test('is posted at once, before whatever else waits, and stands in the ledger', async () => {
  await using world = await aTest()
  await world.store.ledger.record([waiting()], world.now())
  expect(await world.post()).toEqual({ ok: true })
  expect(world.posted()).toEqual([`notice in ${destination.channel}`])
  expect(await world.store.ledger.counts()).toMatchObject({ sent: 1, pending: 1 })
})

test('that is refused closes the channel and is not posted later; those who follow there are told, not who asked', async () => {
  await using world = await aTest()
  for (const [id, owner] of [['ada', ADA] as const, ['grace', { id: 'grace', name: 'Grace' }] as const]) {
    await world.store.subscriptions.add(aSubscription({ id, owner, target: { kind: 'topic', query: id } }))
  }
  world.refuse(new DeliveryError('forbidden', 'The bot is out.'))
  expect(await world.post()).toEqual({ ok: false, kind: 'forbidden', message: 'The bot is out.' })
  expect((await world.store.channels.get(destination)).suspension).toMatchObject({ why: 'forbidden' })
  await deliver(world.dependencies)
  expect(world.posted()).toEqual(['notice in grace'])
  world.pass({ hours: 1 })
  expect(await world.post()).toEqual({ ok: true })
  await deliver(world.dependencies)
  expect(world.posted()).toEqual(['notice in grace', `notice in ${destination.channel}`])
})

test('that succeeds opens the channel and its workspace for what waited', async () => {
  await using world = await aTest()
  await world.store.ledger.record([waiting()], world.now())
  for (const kind of ['forbidden', 'revoked'] as const) {
    world.refuse(new DeliveryError(kind, 'No.'))
    world.pass({ minutes: 1 })
    expect(await world.post()).toMatchObject({ ok: false, kind })
  }
  expect(await deliver(world.dependencies)).toBe(0)
  world.pass({ minutes: 1 })
  expect(await world.post()).toEqual({ ok: true })
  expect(await deliver(world.dependencies)).toBe(1)
  expect(world.posted()).toEqual([`notice in ${destination.channel}`, `digest in ${destination.channel}`])
})

test('that succeeds leaves a channel paused where somebody paused it', async () => {
  await using world = await aTest()
  world.refuse(new DeliveryError('forbidden', 'No.'))
  await world.post()
  await world.store.channels.set(destination, { pause: { since: world.now(), by: ADA } })
  await world.store.ledger.record([waiting()], world.now())
  world.pass({ minutes: 1 })
  expect(await world.post()).toEqual({ ok: true })
  expect(await deliver(world.dependencies)).toBe(0)
})

test('that a platform puts off, or does not answer, is not tried again by itself', async () => {
  await using world = await aTest()
  world.refuse(new DeliveryError('rate-limited', 'A pause.', { retryAfter: 5 }))
  expect(await world.post()).toEqual({ ok: false, kind: 'rate-limited', message: 'A pause.' })
  world.pass({ minutes: 1 })
  world.refuse(new DeliveryError('uncertain', 'No answer.'), true)
  expect(await world.post()).toMatchObject({ ok: false, kind: 'uncertain' })
  world.pass({ hours: 1 })
  expect(await deliver(world.dependencies)).toBe(0)
  expect(world.posted()).toHaveLength(1)
})
