import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseLine } from '#core/commands/command-line.ts'
import { commands } from '#core/commands/registry.ts'
import { createMatcher } from '#core/matcher.ts'
import type { Round } from '#core/ports/erasure.ts'
import type { Held } from '#core/ports/store.ts'
import { aDestination, aRecord } from '#test/builders.ts'
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
  expect(text).toContain('First seen on Sunday, Nov 22 at 09:00 (UTC); known from arXiv’s announcements')
  expect(text).toContain('Nothing is followed here')
})

test('told of so long ago that nothing more is kept: says so, and not that it is still to come', async () => {
  await bot.put([moths], EARLY)
  await bot.ask('follow topic moths')
  const { store, destination, clock } = bot.context
  const [paper] = await matchAll()
  const now = clock.now().toString()
  const claims = [{ paper: paper!.number, event: 'new' }]
  const [alert] = await store.ledger.record([{ destination, kind: 'alert', subject: 'x', part: 0, blocks: [], claims }], now)
  await store.ledger.claim({ now, leaseUntil: now, limit: 1, platforms: ['terminal'] })
  await store.ledger.settle(alert!.id, 1, { state: 'sent', ref: '1' }, now)
  for (let round: Round | undefined = { before: '2027-12-01T00:00:00Z', step: 0 }; round; )
    round = await store.erasure.retire(round, 100)
  const { text } = await bot.ask('why 2611.00001', at('2028-01-01T00:00:00Z'))
  expect(text).toContain('This paper was told of here before')
  expect(text).toContain('what became of it is not kept any more')
  expect(text).not.toContain('not posted')
})

test('in a feed before the follow: says that the feed had it already', async () => {
  await bot.put([moths])
  await bot.ask('follow feed lab.example/feed')
  const [paper] = await bot.context.store.papers.byIds(['arxiv:2611.00001' as never])
  expect((await bot.ask('why 2611.00001')).text).toContain('does not select it')
  await bot.context.store.feeds.offer('https://lab.example/feed', [{ paper: paper!.number, content: '' }], EARLY)
  expect((await bot.ask('why 2611.00001')).text).toContain('the feed Lab notes had it already when that was followed')
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

test('no news when it came: says so, and promises no pass', async () => {
  await bot.ask('follow topic moths', at(EARLY))
  await bot.context.store.papers.put([{ ...moths, published: '2024-01-01' }], '2026-11-22T09:00:00Z', { newsSince: '2026-10-23' })
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('Fits the topic moths, but it was no news when it came here: it had been announced before')
  expect(text).not.toContain('next pass')
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
  expect((await bot.ask('why 2611.00001')).text).toContain('Waiting to be posted in an alert, by the next pass')
  expect((await bot.ask('why 2611.00001', { ...at('2026-11-22T08:00:00Z'), zone: 'Asia/Tokyo' })).text).toContain(
    'not before Sunday, Nov 22 at 18:00 (Asia/Tokyo)',
  )
  const [claimed] = await store.ledger.claim({ now, leaseUntil: '2026-11-22T09:05:00Z', limit: 1, platforms: ['terminal'] })
  await store.ledger.settle(claimed?.id ?? 0, claimed?.fence ?? 0, { state: 'sent', ref: 'line 1' }, now)
  const { text } = await bot.ask('why 2611.00001')
  expect(text).toContain('This paper was posted here')
  expect(text).toContain('Posted in an alert on Nov 22')
})

/** What it offers to press: five at most, and each is a command that can be understood. */
async function commandsOf(line = 'why 2611.00001') {
  const { actions } = await bot.ask(line)
  expect(actions.length).toBeLessThanOrEqual(5)
  for (const action of actions) if ('command' in action) expect(() => parseLine(action.command, commands)).not.toThrow()
  return actions.map((action) => ('command' in action ? action.command : action.url))
}

test('days and times are those of who asks', async () => {
  await bot.put([moths], '2026-11-21T23:30:00Z')
  expect((await bot.ask('why 2611.00001', { zone: 'Europe/Berlin' })).text).toContain(
    'First seen on Sunday, Nov 22 at 00:30 (Europe/Berlin)',
  )
})

describe('of what is mine alone', () => {
  const own = aDestination({ channel: 'with Ada' })
  const line = 'why 2611.00001 --for me'
  async function select(cadence: string) {
    await bot.ask(`follow topic moths --cadence ${cadence} --for me`, at(EARLY))
    await bot.put([moths])
    const { destination } = bot.context
    bot.context = { ...bot.context, destination: own }
    const [paper] = await matchAll()
    bot.context = { ...bot.context, destination }
    return paper?.number ?? 0
  }

  test('names my direct messages, and offers nothing that would change the channel', async () => {
    const paper = await select('now')
    await bot.context.store.holds.add([{ destination: own, paper, why: 'pause', since: EARLY }])
    await bot.ask('pause', { destination: own })
    expect((await bot.ask(line)).text).toContain(
      'It waits: posts in your direct messages are paused until someone resumes, by Ada. To end that, type resume there',
    )
    expect(await commandsOf(line)).toEqual(['follow author Ada Byron --for me', 'save 2611.00001', 'following --for me'])
  })

  test('offers a digest there', async () => {
    await select('digest')
    expect((await bot.ask(line)).text).toContain('none is scheduled in your direct messages: digest weekly --for me')
    expect((await commandsOf(line)).slice(0, 2)).toEqual(['cadence 1 both --for me', 'digest weekly --for me'])
  })

  test('selected by none: says where', async () => {
    await bot.ask('follow topic zebrafish --for me', at(EARLY))
    await bot.put([moths])
    expect((await bot.ask(line)).text).toContain('The one subscription in your direct messages does not select it')
  })
})

describe('held back', () => {
  /** The paper is selected, and held for a reason. */
  async function hold(why: Held['why']) {
    await bot.ask('follow topic moths', at(EARLY))
    await bot.put([moths])
    const [paper] = await matchAll()
    const { store, destination } = bot.context
    await store.holds.add([{ destination, paper: paper?.number ?? 0, why, since: '2026-11-22T09:00:00Z' }])
  }
  const why = async () => (await bot.ask('why 2611.00001')).text

  test('by a pause: says until when and by whom, and resumes', async () => {
    await hold('pause')
    await bot.ask('pause 2 weeks')
    expect(await why()).toContain('It waits: posts here are paused until Sunday, Dec 6 at 09:00 (UTC), in 14 days, by Ada')
    expect(await commandsOf()).toEqual(['resume', 'follow author Ada Byron', 'save 2611.00001', 'following'])
    await bot.ask('resume')
    expect(await why()).toContain('It waited, and nothing keeps it any more: the next pass posts it')
  })

  test('by quiet hours: says when they end, and turns them off', async () => {
    await hold('quiet')
    await bot.ask('quiet 08:00-12:00')
    expect(await why()).toContain('It waits for the quiet hours to end: Sunday, Nov 22 at 12:00, today')
    expect((await commandsOf())[0]).toBe('quiet off')
  })

  test('by a platform that refuses: says what it said', async () => {
    await hold('suspension')
    const suspension = { since: EARLY, why: 'forbidden' as const, message: 'not_in_channel' }
    await bot.context.store.channels.set(bot.context.destination, { suspension })
    expect(await why()).toContain('It waits: nothing can be posted here, since Paperboy may not post here (“not_in_channel”)')
    expect((await commandsOf()).slice(0, 2)).toEqual(['test', 'resume'])
  })

  test('by a workspace that took the access away: says so, and offers what would open it', async () => {
    await hold('suspension')
    const suspension = { since: EARLY, why: 'revoked' as const, message: 'token_revoked' }
    await bot.context.store.channels.set({ ...bot.context.destination, channel: '' }, { suspension })
    expect(await why()).toContain('since Paperboy’s access to the workspace was taken away')
    expect(await commandsOf()).not.toContain('resume')
  })

  test('by the most alerts a day: says when it comes, and allows more', async () => {
    await hold('most')
    await bot.ask('alerts --most 20')
    expect(await why()).toContain(
      'It came after the 20 alert messages that are the most a day here, so it comes together with the others tomorrow',
    )
    expect((await commandsOf()).slice(0, 2)).toEqual(['alerts --most 40', 'digest weekly'])
    await bot.ask('digest weekly')
    await bot.ask('alerts --most 500')
    expect(await why()).toContain('so it comes in the digest, on Monday, Nov 23 at 09:00, tomorrow')
    expect((await commandsOf())[0]).toBe('follow author Ada Byron')
  })
})

test('in the digest only: says by which subscription, and has it at once too', async () => {
  await bot.ask('follow author Cy Dale --confirm yes', at('2026-11-09T00:00:00Z'))
  await bot.ask('follow topic moths --cadence digest', at(EARLY))
  await bot.put([moths])
  await matchAll()
  expect((await bot.ask('why 2611.00001')).text).toContain('Papers of the topic “moths” come in the digest only')
  const [cadence = '', ...more] = await commandsOf()
  expect([cadence, ...more]).toEqual([
    'cadence 2 both',
    'digest weekly',
    'digest now',
    'follow author Ada Byron',
    'save 2611.00001',
  ])
  await bot.ask(cadence)
  expect((await commandsOf())[0]).toBe('digest weekly')
})

test('seen before the last digest: says so, and catches up', async () => {
  await bot.ask('follow topic moths --cadence digest', at(EARLY))
  await bot.ask('digest weekly', at(EARLY))
  await bot.put([moths], '2026-11-12T09:00:00Z')
  await matchAll()
  const { store, destination } = bot.context
  const schedule = (await store.schedules.ofDestination(destination))?.id ?? ''
  const slot = { schedule, at: '2026-11-16T09:00:00Z', from: EARLY, to: '2026-11-16T09:00:00Z', outcome: 'empty' as const }
  await store.schedules.recordSlot(slot)
  expect((await bot.ask('why 2611.00001')).text).toContain('It was seen before the last digest, which went up to Nov 16')
  expect(await commandsOf()).toContain('catchup 2026-11-12')
})

test('excluded by a topic: says by what, and follows it without that', async () => {
  await bot.ask('follow topic moths circle -lamps', at(EARLY))
  await bot.put([moths])
  expect((await bot.ask('why 2611.00001')).text).toContain(
    'Would fit the topic moths circle -lamps, which excludes it by “-lamps”',
  )
  const [repair = ''] = await commandsOf()
  expect(repair).toBe('follow topic moths circle')
  await bot.ask(repair, at(EARLY))
  expect((await bot.ask('why 2611.00001')).text).toContain('Fits the topic moths circle')
})

test.each([
  ['zebrafish OR moths -lamps', '-lamps', 'follow topic zebrafish OR moths'],
  ['(zebrafish -lamps) OR (moths -lamps) -circle', '-lamps -circle', 'follow topic (zebrafish -lamps) OR moths'],
  ['moths (zebrafish OR circle -lamps)', '-lamps', 'follow topic moths (zebrafish OR circle)'],
])('excluded by a part of %s: says by what', async (query, without, repair) => {
  await bot.ask(`follow topic ${query}`, at(EARLY))
  await bot.put([moths])
  expect((await bot.ask('why 2611.00001')).text).toContain(`which excludes it by “${without}”`)
  expect((await commandsOf())[0]).toBe(repair)
  await bot.ask(repair, at(EARLY))
  expect((await bot.ask('why 2611.00001')).text).toContain('Fits the topic')
})

test.each(['-moths', 'zebrafish -lamps', '-lamps OR zebrafish'])(
  '%s is not mended by leaving out an exclusion',
  async (query) => {
    await bot.ask(`follow topic ${query}`, at(EARLY))
    await bot.put([moths])
    expect((await bot.ask('why 2611.00001')).text).not.toContain('excludes it')
  },
)

test('posted as a link: says that another channel shows it', async () => {
  await bot.put([moths])
  const [paper] = await bot.context.store.papers.byIds(['arxiv:2611.00001' as never])
  const { ledger } = bot.context.store
  const now = '2026-11-22T09:00:00Z'
  const blocks = [{ kind: 'card' as const, paper: paper!, form: 'line' as const, why: [{ text: 'shown', delivery: 'key' }] }]
  const claims = [{ paper: paper!.number, event: 'new' }]
  await ledger.record([{ destination: aDestination(), kind: 'alert', subject: '1', part: 0, blocks, claims }], now)
  const [claimed] = await ledger.claim({ now, leaseUntil: now, limit: 1, platforms: ['terminal'] })
  await ledger.settle(claimed!.id, claimed!.fence, { state: 'sent', ref: '1' }, now)
  expect((await bot.ask('why 2611.00001')).text).toContain('as a link: another channel here shows it already')
  expect((await commandsOf())[0]).toBe('alerts --echo show')
})

test('on its way while paused, refused or dropped: says so', async () => {
  await bot.put([moths])
  const [paper] = await bot.context.store.papers.byIds(['arxiv:2611.00001' as never])
  const { ledger } = bot.context.store
  const now = '2026-11-22T09:00:00Z'
  const claims = [{ paper: paper!.number, event: 'new' }]
  await bot.ask('pause')
  await ledger.record([{ destination: aDestination(), kind: 'alert', subject: '1', part: 0, blocks: [], claims }], now)
  expect((await bot.ask('why 2611.00001')).text).toContain(
    'Waiting to be posted in an alert: posts here are paused until someone resumes, by Ada',
  )
  await bot.ask('resume')
  const [claimed] = await ledger.claim({ now, leaseUntil: now, limit: 1, platforms: ['terminal'] })
  await ledger.settle(claimed!.id, claimed!.fence, { state: 'dead', error: 'msg_too_long' }, now)
  const refused = (await bot.ask('why 2611.00001')).text
  expect(refused).toContain('This paper could not be posted here')
  expect((await commandsOf())[0]).toBe('test')
  expect(refused).toContain('Not posted in an alert: the platform refused it (msg_too_long).')
  expect(refused).toContain(`can have it tried again: paperboy deliveries retry ${claimed!.id}`)
  await ledger.drop(claimed!.id, now)
  expect((await bot.ask('why 2611.00001')).text).toContain('Not posted in an alert: whoever runs Paperboy dropped it')
})

describe('not known here', () => {
  test('says that nothing is read, and where to look', async () => {
    const { text, reply } = await bot.ask('why 2611.00009')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('This paper was not posted: it is not known here')
    expect(text).toContain('No category and no feed is read, so papers come by import and look-ups alone.')
    expect(await commandsOf('why 2611.00009')).toEqual([
      'paper 2611.00009',
      'https://arxiv.org/abs/2611.00009',
      'help follow category',
      'following',
    ])
  })

  test('says where it would come from, what failed first; and names no feed that others follow', async () => {
    await bot.ask('follow category cs.LG')
    await bot.ask('follow category stat.ML')
    const { feeds } = bot.context.store
    const checkedAt = '2026-11-22T06:00:00Z'
    await feeds.set({ feed: 'cs.LG', state: 'waiting', checkedAt, changedAt: '2026-11-20T06:00:00Z', failures: 0 })
    await feeds.set({ feed: 'cs.AI', state: 'failed', checkedAt, failures: 3, error: 'arXiv did not answer.' })
    await feeds.set({ feed: 'https://example.org/secret.xml', state: 'fresh', checkedAt, failures: 0 })
    const { text } = await bot.ask('why 2611.00009')
    expect(text).toContain('cs.AI · could not be read, 3 times: arXiv did not answer.')
    expect(text).toContain('cs.LG · read on Nov 22, and nothing new since Nov 20')
    expect(text).toContain('stat.ML · followed, and not read yet')
    expect(text.indexOf('cs.AI')).toBeLessThan(text.indexOf('cs.LG'))
    expect(text).not.toContain('secret')
  })

  test('a title that fits several is asked back, as ever', async () => {
    await bot.put([moths, aRecord({ ids: ['arxiv:2611.00002'], title: 'Moths circle lights' })])
    expect(await bot.fail('why moths circle')).toContain('2 papers have “moths circle” in their title')
  })
})
