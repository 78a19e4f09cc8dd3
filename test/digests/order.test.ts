import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { compileDigest } from '#digests/compile.ts'
import { best } from '#digests/order.ts'
import { aDestination, aPaper, aRecord, aSubscription } from '#test/builders.ts'

test('orders by score, votes of the group, upvotes, date, then id', () => {
  const papers = [
    aPaper({ number: 1, ids: ['arxiv:2611.00002'], upvotes: 90, published: '2026-11-01' }),
    aPaper({ number: 2, ids: ['arxiv:2611.00001'], upvotes: 90, published: '2026-11-01' }),
    aPaper({ number: 3, upvotes: 90, published: '2026-11-02' }),
    aPaper({ number: 4, upvotes: 91 }),
    aPaper({ number: 5 }),
    aPaper({ number: 6 }),
    aPaper({ number: 7, score: 1 }),
  ]
  const votes = new Map([
    [5, 1],
    [6, 2],
  ])
  expect(papers.toSorted((a, b) => best(a, b, votes)).map(({ number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1])
})

test('a digest counts the votes of its own channel', async () => {
  const store = await openSqliteStore(':memory:')
  const now = '2026-11-16T09:00:00Z'
  await store.papers.put([aRecord({ ids: ['arxiv:2611.00001'] }), aRecord({ ids: ['arxiv:2611.00002'], title: 'Another' })], now)
  for (const channel of ['terminal', 'other']) {
    const subscription = aSubscription({ id: channel, destination: aDestination({ channel }) })
    await store.subscriptions.add(subscription)
    const reason = { subscription: channel, target: subscription.target, words: [] }
    const match = { subscription: channel, reason, matchedAt: now, seenAt: now }
    await store.subscriptions.recordMatches([
      { ...match, paper: 1 },
      { ...match, paper: 2 },
    ])
  }
  await store.votes.toggle(aDestination(), 2, 'ada', now)
  const window = {
    from: Temporal.Instant.from(now),
    to: Temporal.Instant.from('2026-11-17T09:00:00Z'),
    zone: 'UTC',
    frequency: 'daily',
  } as const
  const order = async (channel: string) =>
    (await compileDigest(store, aDestination({ channel }), window)).papers.map(({ paper }) => paper.number)
  expect([await order('terminal'), await order('other')]).toEqual([
    [2, 1],
    [1, 2],
  ])
  await store.close()
})
