import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { wholeWorkspace } from '#core/place-settings.ts'
import { deliver } from '#digests/outbox.ts'
import { lift } from '#digests/suspend.ts'
import { aDestination, aPaper, aSubscription } from '#test/builders.ts'
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

test('sends what the platform refuses as text once, then gives it up, and posts what is behind it', async () => {
  const { dependencies, platform, record, ledger } = await aLedger()
  const blocks = [
    { kind: 'heading', spans: [{ text: 'Bold' }] },
    { kind: 'card', paper: aPaper(), form: 'listing' },
  ] as const
  await record(aDelivery(0, { blocks }), aDelivery(1), aDelivery(2))
  const refusal = { error: new DeliveryError('rejected', 'invalid_blocks'), arrives: false }
  platform.failures.push(refusal)
  await deliver(dependencies)
  const text = 'A paper about representations\nAda Lovelace\nhttps://arxiv.org/abs/2611.00001'
  expect(platform.posted.map(({ part }) => part)).toEqual([0, 1, 2])
  expect(platform.posted[0]?.blocks).toEqual(['Bold', text].map((text) => ({ kind: 'prose', spans: [{ text }] })))
  await record(aDelivery(3), aDelivery(4))
  platform.failures.push(refusal, refusal)
  await deliver(dependencies)
  expect(platform.posted.map(({ part }) => part)).toEqual([0, 1, 2, 4])
  expect(await ledger.counts()).toMatchObject({ dead: 1, sent: 4, pending: 0 })
})

test.each(['gone', 'forbidden'] as const)(
  'closes a channel where posts are refused (%s), keeps what is for it, and tells each who follows something there once',
  async (kind) => {
    const { dependencies, platform, record, ledger, store, pass, now } = await aLedger()
    await store.subscriptions.add(aSubscription({ owner: { id: 'grace', name: 'Grace' } }))
    await record(aDelivery(0), aDelivery(1), aDelivery(2, { destination: aDestination({ channel: 'other' }) }))
    platform.failures.push({ error: new DeliveryError(kind, 'The bot is out.'), arrives: false })
    await deliver(dependencies)
    for (let day = 0; day < 3; day++) {
      pass({ hours: 24 })
      await deliver(dependencies)
    }
    expect(platform.posted.map(({ kind, destination }) => [kind, destination.channel])).toEqual([
      ['digest', 'other'],
      ['notice', 'grace'],
    ])
    expect(JSON.stringify(platform.posted[1]?.blocks)).toContain('The bot is out.')
    expect((await store.channels.get(aDestination())).suspension).toMatchObject({ why: kind })
    expect(await ledger.counts()).toMatchObject({ pending: 2, sent: 2, dead: 0 })
    expect(await lift(store, aDestination(), Temporal.Instant.from(now()))).toBe(true)
    await deliver(dependencies)
    expect(platform.posted.slice(2).map(({ part }) => part)).toEqual([0, 1])
  },
)

test('still looks before it posts again where the look was refused, once the channel is open again', async () => {
  const { dependencies, platform, record, store, pass, now } = await aLedger()
  await record(aDelivery(0))
  platform.failures.push({ error: new DeliveryError('uncertain', 'timeout'), arrives: true })
  await deliver(dependencies)
  pass({ minutes: 2 })
  const refused = async () => Promise.reject(new DeliveryError('forbidden', 'The bot is out.'))
  await deliver({ ...dependencies, platforms: [{ ...platform, lookUp: refused }] })
  expect((await store.channels.get(aDestination())).suspension).toMatchObject({ why: 'forbidden' })
  pass({ hours: 1 })
  await lift(store, aDestination(), Temporal.Instant.from(now()))
  expect(await deliver(dependencies)).toBe(1)
  expect(platform.lookedUp).toHaveLength(1)
  expect(platform.posted).toHaveLength(1)
})

test('looks again as soon as the platform allows it, where it put the look off', async () => {
  const { dependencies, platform, record, pass, ledger } = await aLedger()
  await record(aDelivery(0))
  platform.failures.push({ error: new DeliveryError('uncertain', 'timeout'), arrives: true })
  await deliver(dependencies)
  pass({ minutes: 2 })
  const putOff = async () => Promise.reject(new DeliveryError('rate-limited', 'Slow down.', { retryAfter: 3 }))
  await deliver({ ...dependencies, platforms: [{ ...platform, lookUp: putOff }] })
  pass({ seconds: 2 })
  expect(await deliver(dependencies)).toBe(0)
  expect(platform.lookedUp).toHaveLength(0)
  pass({ seconds: 1 })
  expect(await deliver(dependencies)).toBe(1)
  expect(platform.posted).toHaveLength(1)
  expect((await ledger.counts()).sent).toBe(1)
})

test('closes a whole workspace that revoked its permission, and no other, until the platform takes the bot again', async () => {
  const { dependencies, platform, record, store, pass } = await aLedger()
  const other = aDestination({ workspace: 'other' })
  await record(
    aDelivery(0),
    aDelivery(1, { destination: aDestination({ channel: 'second' }) }),
    aDelivery(2, { destination: other }),
  )
  platform.failures.push({ error: new DeliveryError('revoked', 'token_revoked'), arrives: false })
  await deliver({ ...dependencies })
  await record(aDelivery(3))
  await deliver(dependencies)
  const parts = () => platform.posted.map(({ part }) => part).sort()
  expect(parts()).not.toContain(0)
  expect(parts()).not.toContain(3)
  expect(parts()).toContain(2)
  await lift(store, wholeWorkspace(aDestination()), pass({ hours: 1 }))
  await deliver(dependencies)
  expect(parts()).toEqual([0, 1, 2, 3])
})

test('edits what was posted, with the newest blocks, again where the platform was busy and not where it refuses', async () => {
  const { dependencies, platform, record, ledger, pass, now } = await aLedger()
  const [posted] = await record(aDelivery(0))
  await deliver(dependencies)
  const saying = (text: string) => [{ kind: 'prose', spans: [{ text }] }] as const
  await ledger.edit(posted!.id, saying('second'), now())
  await ledger.edit(posted!.id, saying('third'), now())
  platform.failures.push({ error: new DeliveryError('transient', 'busy'), arrives: false })
  await deliver(dependencies)
  expect(platform.edited).toEqual([])
  pass({ seconds: 30 })
  await deliver(dependencies)
  await deliver(dependencies)
  expect(platform.edited.map(({ blocks, ref }) => [blocks, ref])).toEqual([[saying('third'), `ref-${posted!.dedupeKey}`]])
  await ledger.edit(posted!.id, saying('fourth'), now())
  platform.failures.push({ error: new DeliveryError('rejected', 'message_not_found'), arrives: false })
  await deliver(dependencies)
  pass({ hours: 24 })
  await deliver(dependencies)
  expect(platform.edited).toHaveLength(1)
})

test('makes a channel wait whose edit the platform puts off, and keeps an edit where nothing may be posted', async () => {
  const { dependencies, platform, record, ledger, store, pass, now } = await aLedger()
  const posted = await record(aDelivery(0), aDelivery(1))
  await deliver(dependencies)
  const edit = (at: number) => ledger.edit(posted[at]!.id, [{ kind: 'prose', spans: [{ text: 'newer' }] }], now())
  await edit(0)
  await edit(1)
  platform.failures.push({ error: new DeliveryError('rate-limited', 'slow down', { retryAfter: 60 }), arrives: false })
  await deliver(dependencies)
  expect(platform.edited).toEqual([])
  pass({ seconds: 60 })
  platform.failures.push({ error: new DeliveryError('forbidden', 'The bot is out.'), arrives: false })
  await deliver(dependencies)
  expect(platform.edited).toEqual([])
  expect((await store.channels.get(aDestination())).suspension).toMatchObject({ why: 'forbidden' })
  await lift(store, aDestination(), pass({ hours: 2 }))
  await deliver(dependencies)
  expect(platform.edited).toHaveLength(2)
})

test('makes an edit however often the platform puts it off, and waits no longer than it asks', async () => {
  const { dependencies, platform, record, ledger, pass, now } = await aLedger()
  const [posted] = await record(aDelivery(0))
  await deliver(dependencies)
  await ledger.edit(posted!.id, [{ kind: 'prose', spans: [{ text: 'newer' }] }], now())
  for (let time = 0; time < 12; time++) {
    platform.failures.push({ error: new DeliveryError('rate-limited', 'slow down', { retryAfter: 2 }), arrives: false })
    await deliver(dependencies)
    pass({ seconds: 2 })
  }
  expect(platform.failures).toEqual([])
  await deliver(dependencies)
  expect(platform.edited).toHaveLength(1)
})

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

test('posts nothing after it stood still while it looked: another may have taken it up', async () => {
  const { dependencies, platform, record, pass, ledger } = await aLedger()
  await record(aDelivery(0))
  platform.failures.push({ error: new DeliveryError('uncertain', 'no answer'), arrives: false })
  await deliver(dependencies)
  pass({ seconds: 120 })
  const stopping = new AbortController()
  const lookUp = async (delivery: Delivery) => {
    const found = await platform.lookUp(delivery)
    pass({ seconds: 121 })
    stopping.abort()
    return found
  }
  await deliver({ ...dependencies, platforms: [{ ...platform, lookUp }], signal: stopping.signal })
  expect(platform.posted).toHaveLength(0)
  expect((await ledger.counts()).uncertain).toBe(1)
  await deliver(dependencies)
  expect(platform.posted).toHaveLength(1)
})

test('begins nothing once it is told to stop', async () => {
  const { dependencies, platform, record, ledger } = await aLedger()
  await record(aDelivery(0))
  expect(await deliver({ ...dependencies, signal: AbortSignal.abort() })).toBe(0)
  expect(platform.posted).toHaveLength(0)
  expect((await ledger.counts()).pending).toBe(1)
})
