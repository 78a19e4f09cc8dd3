import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMatcher } from '#core/matcher.ts'
import { aRecord } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
})
afterEach(() => bot[Symbol.asyncDispose]())

const EARLY = '2026-11-10T00:00:00Z'
const at = (instant: string) => ({ clock: { now: () => Temporal.Instant.from(instant) } })
const moths = aRecord({ ids: ['arxiv:2611.00001'], title: 'Moths circle lamps', authors: ['Ada Byron'] })

/** What a tick does to the paper: it is matched, and the alert recorded and perhaps sent. */
async function matchAll() {
  const { store, destination, clock } = bot.context
  const papers = await store.papers.byIds(['arxiv:2611.00001' as never])
  const subscriptions = await store.subscriptions.ofDestination(destination)
  const matches = createMatcher(subscriptions).match(papers, clock.now())
  await store.subscriptions.recordMatches(
    matches.map(({ subscription, paper, reason }) => ({
      subscription: subscription.id,
      paper: paper.number,
      reason,
      matchedAt: clock.now().toString(),
      seenAt: paper.firstSeen,
    })),
  )
  return papers
}

test('nothing followed: says so', async () => {
  await bot.put([moths])
  const { text, reply } = await bot.ask('why 2611.00001')
  expect(reply.visibility).toBe('private')
  expect(text).toContain('This paper was not posted here')
  expect(text).toContain('First seen on Nov 22 at 09:00 UTC, from arxiv-rss')
  expect(text).toContain('Nothing is followed here')
})

test('older than the follow: says which one selects it, and that it came too late', async () => {
  await bot.put([moths], EARLY)
  await bot.ask('follow topic moths')
  expect((await bot.ask('why 2611.00001')).text).toContain(
    'Fits the topic moths, but it was known here before that was followed (Nov 22), and only newer papers are posted',
  )
})

test('not looked at yet: says that the next pass will', async () => {
  await bot.ask('follow topic moths', at(EARLY))
  await bot.put([moths])
  expect((await bot.ask('why 2611.00001')).text).toContain('it has not been looked at yet')
})

test('selected by none: names the nearest topic and what the paper lacks', async () => {
  await bot.ask('follow topic moths zebrafish', at(EARLY))
  await bot.ask('follow author Cy Dale --confirm yes', at(EARLY))
  await bot.put([moths])
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('None of the 2 subscriptions here selects it')
  expect(text).toContain('The nearest is the topic moths zebrafish: it lacks zebrafish')
})

test('selected for the digest: says by which words, and when the digest comes', async () => {
  await bot.ask('follow topic moths --cadence digest', at(EARLY))
  await bot.put([moths])
  await matchAll()
  expect((await bot.ask('why 2611.00001')).text).toContain('none is scheduled here')
  await bot.ask('digest weekly')
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('This paper was selected here, and not posted yet')
  expect(text).toContain('Selected by the topic moths, by “Moths”, followed by Ada, on Nov 22')
  expect(text).toContain('It waits for the digest, which comes on Monday, Nov 23 at 09:00, tomorrow')
})

test('old when first seen, or by very many: says that it comes in the digest only', async () => {
  await bot.ask('follow topic moths', at(EARLY))
  await bot.put([
    { ...moths, published: '2026-08-01', authors: Array.from({ length: 51 }, (_, at) => ({ name: `Author ${at}` })) },
  ])
  await matchAll()
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('It was more than 60 days old when it was first seen, so it comes in the digest only')
  expect(text).toContain('It has over 50 authors, so it comes in the digest only')
})

test('posted: says when and how', async () => {
  await bot.ask('follow topic moths', at(EARLY))
  await bot.put([moths])
  const [paper] = await matchAll()
  const { store, destination } = bot.context
  const now = '2026-11-22T09:00:00Z'
  await store.ledger.record(
    [{ destination, kind: 'alert', subject: '1', part: 0, blocks: [], claims: [{ paper: paper?.number ?? 0, event: 'new' }] }],
    now,
  )
  expect((await bot.ask('why 2611.00001')).text).toContain('Waiting to be posted in an alert')
  const [claimed] = await store.ledger.claim({ now, leaseUntil: '2026-11-22T09:05:00Z', limit: 1, platforms: ['terminal'] })
  await store.ledger.settle(claimed?.id ?? 0, claimed?.fence ?? 0, { state: 'sent', ref: 'line 1' }, now)
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('This paper was posted here')
  expect(text).toContain('Posted in an alert on Nov 22')
})
