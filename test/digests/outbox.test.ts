import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { NewDelivery } from '#core/delivery.ts'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'
import { deliver } from '#digests/outbox.ts'
import { aDestination } from '#test/builders.ts'
import { aWorld } from './world.ts'

function aDelivery(part: number, parts: Partial<NewDelivery> = {}): NewDelivery {
  const blocks = [{ kind: 'prose', spans: [{ text: `part ${part}` }] }] as const
  return { destination: aDestination(), kind: 'digest', subject: 'slot', part, blocks, claims: [], ...parts }
}

async function aLedger(finds = true) {
  const world = aWorld(await openSqliteStore(':memory:'), finds)
  const { ledger } = world.store
  return { ...world, ledger, record: (...all: NewDelivery[]) => ledger.record(all, world.now()) }
}

test('posts what is pending, once', async () => {
  const { dependencies, platform, record } = await aLedger()
  await record(aDelivery(0), aDelivery(1))
  expect(await deliver(dependencies)).toBe(2)
  expect(await deliver(dependencies)).toBe(0)
  expect(platform.posted).toHaveLength(2)
})

test('posts a reply only once its parent is there, under its reference', async () => {
  const { dependencies, platform, record } = await aLedger()
  const [parent] = await record(aDelivery(0))
  await record(aDelivery(1, { parent: parent!.dedupeKey }))
  await deliver(dependencies)
  expect(platform.posted.map(({ part, parentRef }) => [part, parentRef])).toEqual([
    [0, undefined],
    [1, `ref-${parent!.dedupeKey}`],
  ])
})

test('tries a definite refusal again, later each time', async () => {
  const { dependencies, platform, record, pass, ledger } = await aLedger()
  await record(aDelivery(0))
  platform.failures.push({ error: new DeliveryError('transient', 'busy'), arrives: false })
  await deliver(dependencies)
  pass({ seconds: 29 })
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(0)
  pass({ seconds: 1 })
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(1)
  expect((await ledger.counts()).sent).toBe(1)
})

test('leaves a channel alone for as long as the platform asks, and keeps its order', async () => {
  const { dependencies, platform, record, pass } = await aLedger()
  await record(aDelivery(0), aDelivery(1))
  platform.failures.push({ error: new DeliveryError('rate-limited', 'slow down', { retryAfter: 90 }), arrives: false })
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(0)
  pass({ seconds: 90 })
  await deliver(dependencies)
  expect(platform.posted.map(({ part }) => part)).toEqual([0, 1])
})

test.each<DeliveryFailure>(['gone', 'forbidden', 'rejected'])(
  'gives up what is %s, and posts what is behind it',
  async (kind) => {
    const { dependencies, platform, record, ledger } = await aLedger()
    await record(aDelivery(0), aDelivery(1))
    platform.failures.push({ error: new DeliveryError(kind, 'no'), arrives: false })
    await deliver(dependencies)
    expect(platform.posted.map(({ part }) => part)).toEqual([1])
    expect(await ledger.counts()).toMatchObject({ dead: 1, sent: 1 })
  },
)

test.each([true, false])('looks before it posts again where the answer was unclear (arrived: %s)', async (arrives) => {
  const { dependencies, platform, record, pass, ledger } = await aLedger()
  await record(aDelivery(0))
  platform.failures.push({ error: new Error('socket hang up'), arrives })
  await deliver(dependencies)
  expect((await ledger.counts()).uncertain).toBe(1)
  pass({ seconds: 119 })
  await deliver(dependencies)
  expect(platform.lookedUp).toHaveLength(0)
  pass({ seconds: 1 })
  await deliver(dependencies)
  expect(platform.lookedUp).toHaveLength(1)
  expect(platform.posted).toHaveLength(1)
  expect((await ledger.counts()).sent).toBe(1)
})

test('posts again, and says so, where the platform cannot look', async () => {
  const { dependencies, platform, record, pass, warnings } = await aLedger(false)
  await record(aDelivery(0))
  platform.failures.push({ error: new DeliveryError('uncertain', 'timeout'), arrives: true })
  await deliver(dependencies)
  pass({ minutes: 2 })
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(2)
  expect(warnings).toContain('posting again what may have arrived')
})

test('takes up what was cut short only after its lease and the settle time', async () => {
  const { dependencies, platform, record, pass, ledger, now } = await aLedger()
  await record(aDelivery(0))
  const leaseUntil = Temporal.Instant.from(now()).add({ seconds: 240 }).toString()
  await ledger.claim({ now: now(), leaseUntil, limit: 1, platforms: ['terminal'] })
  pass({ seconds: 360 })
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(0)
  pass({ seconds: 1 })
  await deliver(dependencies)
  expect(platform.lookedUp).toHaveLength(1)
  expect(platform.posted).toHaveLength(1)
})

test('begins nothing once it is told to stop', async () => {
  const { dependencies, platform, record, ledger } = await aLedger()
  await record(aDelivery(0))
  expect(await deliver({ ...dependencies, signal: AbortSignal.abort() })).toBe(0)
  expect(platform.posted).toHaveLength(0)
  expect((await ledger.counts()).pending).toBe(1)
})
