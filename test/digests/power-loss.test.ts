import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { NewDelivery } from '#core/delivery.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

async function aLedger(path = ':memory:') {
  const world = aWorld(await openSqliteStore(path))
  const { store, dependencies } = world
  onTestFinished(() => store.close())
  return {
    ...world,
    start: (boot: string) => doubtAfterPowerLoss(store, boot, Temporal.Instant.from(world.now()), dependencies.log),
    record: (...parts: readonly number[]) => store.ledger.record(parts.map(aDelivery), world.now()),
    run: () => tick(dependencies, Temporal.Instant.from(world.now())),
    counts: () => store.ledger.counts(),
  }
}

function aDelivery(part: number): NewDelivery {
  const blocks = [{ kind: 'prose', spans: [{ text: `part ${part}` }] }] as const
  return { destination: aDestination(), kind: 'digest', subject: 'slot', part, blocks, claims: [] }
}

test('a new store has nothing to doubt, and neither has one whose process was killed', async () => {
  const { start, record, counts } = await aLedger()
  await start('monday')
  await record(0)
  await start('monday')
  await record(1)
  expect(await counts()).toMatchObject({ pending: 2, uncertain: 0 })
})

test('after a power loss what is pending is looked up, and what is recorded in the next day', async () => {
  const { start, record, counts, store, pass, now } = await aLedger()
  await start('monday')
  pass({ hours: 1 })
  const read = now()
  await store.feeds.set({ feed: 'cs.LG', state: 'fresh', checkedAt: read, failures: 0 })
  await record(0)
  pass({ hours: 72 })
  await start('tuesday')
  pass({ hours: 23, minutes: 59 })
  await record(1)
  expect((await store.ledger.list(['uncertain'], 9)).map(({ part, firstTryAt }) => [part, firstTryAt])).toEqual([
    [0, read],
    [1, read],
  ])
  pass({ minutes: 1 })
  await record(2)
  expect(await counts()).toMatchObject({ pending: 1, uncertain: 2 })
})

test('two losses in a row reach back to before the first', async () => {
  const { start, record, pass, now } = await aLedger()
  const began = now()
  await start('monday')
  pass({ hours: 1 })
  await start('tuesday')
  pass({ minutes: 1 })
  await start('wednesday')
  const [recorded] = await record(0)
  expect(recorded).toMatchObject({ state: 'uncertain', firstTryAt: began })
})

test.each(['the same order', 'another order'])(
  'what was posted after a copy was made is not posted again from the copy, where the papers come in %s',
  async (order) => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-power-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const one = await aLedger(join(folder, 'one.db'))
    await one.store.subscriptions.add(aSubscription({ target: { kind: 'category', category: 'cs.LG' } }))
    const papers = ['1', '2', '3'].map((id) => aRecord({ ids: [`arxiv:2611.0000${id}`], title: id }))
    await one.start('monday')
    await one.store.backup(join(folder, 'copy.db'))
    one.feeds.set('cs.LG', papers.slice(0, 2))
    await one.run()
    expect(one.platform.posted).toHaveLength(2)

    const copy = await aLedger(join(folder, 'copy.db'))
    copy.platform.posted.push(...one.platform.posted)
    copy.feeds.set('cs.LG', order === 'another order' ? papers.toReversed() : papers)
    copy.pass({ hours: 1 })
    await copy.start('monday')
    expect((await copy.run()).deliveries.sent).toBe(3)
    expect(copy.platform.lookedUp).toHaveLength(3)
    const titles = copy.platform.posted.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.title] : [])),
    )
    expect(titles.toSorted()).toEqual(['1', '2', '3'])
  },
)
