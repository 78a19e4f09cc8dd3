import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Store } from '#core/ports/store.ts'
import type { Subscription } from '#core/subscription.ts'
import { dropUnwanted } from '#core/unwanted.ts'
import { aSubscription } from '#test/builders.ts'

const AT = '2026-11-22T09:00:00Z'
const now = Temporal.Instant.from(AT)
const moths = aSubscription({ id: 'moths', target: { kind: 'topic', query: 'moths' } })
const lamps = aSubscription({ id: 'lamps', target: { kind: 'topic', query: 'lamps' }, cadence: 'digest' })
const { destination } = moths

let store: Store
beforeEach(async () => {
  store = await openSqliteStore(':memory:')
  for (const subscription of [moths, lamps]) await store.subscriptions.add(subscription)
  await store.papers.put(
    ['Moths', 'Moths and Lamps'].map((title, at) => {
      return { source: 'ndjson', ids: [`arxiv:2611.0000${at}` as never], title, authors: [{ name: 'Ada Byron' }] }
    }),
    AT,
  )
  await select(moths, 1, 2)
  await select(lamps, 2)
})
afterEach(() => store.close())

async function select({ id, target }: Subscription, ...papers: number[]) {
  const reason = { subscription: id, target, words: [] }
  await store.subscriptions.recordMatches(papers.map((paper) => ({ subscription: id, paper, reason, matchedAt: AT, seenAt: AT })))
}

async function alert(subject: string, papers: readonly number[]) {
  const claims = papers.map((paper) => ({ paper, event: 'new' }))
  await store.ledger.record([{ destination, kind: 'alert', subject, part: 0, blocks: [], claims }], AT)
}

const waiting = async () => (await store.ledger.list(['pending'], 9)).map(({ subject }) => subject)

test('what nothing brings any more is dropped, what something else brings too stays', async () => {
  await alert('arxiv:2611.00000', [1])
  await alert('arxiv:2611.00001', [2])
  expect(await dropUnwanted(store, destination, now)).toBe(0)
  await store.subscriptions.remove(destination, ['moths'])
  expect(await dropUnwanted(store, destination, now)).toBe(1)
  expect(await waiting()).toEqual(['arxiv:2611.00001'])
})

test('a message about several papers stays, and so does what another channel waits for', async () => {
  await alert('1 and 1 more', [1, 2])
  const other = { ...destination, channel: 'other' }
  const claims = [{ paper: 1, event: 'new' }]
  await store.ledger.record([{ destination: other, kind: 'alert', subject: '1', part: 0, blocks: [], claims }], AT)
  await store.subscriptions.remove(destination, ['moths', 'lamps'])
  expect(await dropUnwanted(store, destination, now)).toBe(0)
})

test('what is being posted, or may have been, is left to the outbox', async () => {
  await alert('arxiv:2611.00000', [1])
  await store.ledger.claim({ now: AT, leaseUntil: AT, limit: 1, platforms: [destination.platform] })
  await store.subscriptions.remove(destination, ['moths'])
  expect(await dropUnwanted(store, destination, now)).toBe(0)
})
