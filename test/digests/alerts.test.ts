import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { DeliveryError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Store } from '#core/ports/store.ts'
import type { Destination, Subscription } from '#core/subscription.ts'
import { lift } from '#digests/suspend.ts'
import { tick } from '#digests/tick.ts'
import { aDestination, anAuthorTarget, aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const category = aSubscription({ target: { kind: 'category', category: 'cs.LG' } })
const ada = { id: 'ada', name: 'Ada' }

let world: ReturnType<typeof aWorld>
beforeEach(async () => {
  world = aWorld(await openSqliteStore(':memory:'))
})
afterEach(() => world.store.close())

const id = (at: number) => `arxiv:2611.${String(at).padStart(5, '0')}`
const paper = (at: number, parts: Partial<PaperRecord> = {}): PaperRecord => ({
  ...aRecord({ ids: [id(at)], title: `Paper ${at}` }),
  ...parts,
})
const papers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => paper(from + at))

async function follow(...subscriptions: readonly Subscription[]) {
  for (const subscription of subscriptions) await world.store.subscriptions.add(subscription)
}
async function choose(settings: Parameters<Store['channels']['set']>[1], channel: Destination = aDestination()) {
  await world.store.channels.set(channel, settings)
}
/** A tick after some time, with these new papers. */
async function tickWith(records: readonly PaperRecord[], after: Temporal.DurationLike = { minutes: 20 }) {
  await world.store.papers.put(records, world.pass(after).toString())
  return tick(world.dependencies, Temporal.Instant.from(world.now()))
}
/** `alert #terminal: listing 1` for each message posted so far. */
function posted() {
  return world.platform.posted.map(({ kind, destination, blocks }) => {
    const cards = blocks.flatMap((block) => (block.kind === 'card' ? [`${block.form} ${block.paper.title.slice(6)}`] : []))
    return `${kind} #${destination.channel}: ${cards.join(', ')}`
  })
}
const textOf = (at: number) => JSON.stringify(world.platform.posted.at(at)?.blocks)

test('what an import brings of a paper while it is matched is not overlooked', async () => {
  await follow(
    category,
    aSubscription({ id: 'second', target: anAuthorTarget('Kurt Gödel'), destination: aDestination({ channel: 'logic' }) }),
  )
  const { alert } = world.dependencies.templates
  world.dependencies.templates.alert = async (model) => {
    world.dependencies.templates.alert = alert
    await world.store.papers.put([paper(1, { authors: [{ name: 'Ada Lovelace' }, { name: 'Kurt Gödel' }] })], world.now())
    return alert(model)
  }
  await tickWith([paper(1)])
  expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #logic: listing 1'])
})

describe('what is held back', () => {
  test('by a pause comes in one message, best first, once somebody resumes; and never twice', async () => {
    await follow(category)
    await choose({ pause: { since: world.now(), by: ada } })
    await tickWith(papers(1, 4))
    await tickWith(papers(5, 8))
    expect(posted()).toEqual([])
    expect(await world.store.holds.ofDestination(aDestination())).toHaveLength(8)
    await choose({ pause: undefined, resumedAt: world.now() })
    await tickWith([])
    await tickWith([])
    expect(posted()).toHaveLength(1)
    expect(posted()[0]?.match(/listing/g)).toHaveLength(8)
    expect(textOf(0)).toContain('These came while posts were paused here.')
    expect(await world.store.holds.destinations()).toEqual([])
  })

  test('and is one paper a message says of it alone why it comes late', async () => {
    await follow(category)
    await choose({ pause: { since: world.now(), by: ada } })
    await tickWith([paper(1)])
    await choose({ pause: undefined, quiet: { from: '00:00', to: '00:00', days: [1], zone: 'UTC' } })
    await tickWith([paper(2)])
    await choose({ quiet: undefined })
    await tickWith([])
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 2'])
    expect(textOf(0)).toContain('This came while posts were paused here.')
    expect(textOf(1)).toContain('This came in the quiet hours.')
  })

  test('by a pause with an end comes after the end', async () => {
    await follow(category)
    await choose({ pause: { since: world.now(), until: '2026-11-17T00:00:00Z', by: ada } })
    await tickWith([paper(1)])
    await tickWith([], { hours: 14 })
    expect(posted()).toEqual([])
    await tickWith([], { hours: 1 })
    expect(posted()).toEqual(['alert #terminal: listing 1'])
  })

  test('by quiet hours comes when they are over, and the digest in between tells of it first', async () => {
    await follow(category)
    await world.store.schedules.set(aSchedule({ frequency: 'daily', time: '23:00', createdAt: world.now() }))
    await choose({ quiet: { from: '20:00', to: '07:00', days: [], zone: 'Europe/Berlin' } })
    await tickWith([paper(1)], { hours: 11 })
    expect(posted()).toEqual([])
    await tickWith([paper(2)], { hours: 3 })
    expect(posted()).toEqual(['digest #terminal: listing 1'])
    await tickWith([], { hours: 8 })
    expect(posted()).toEqual(['digest #terminal: listing 1', 'alert #terminal: listing 2'])
  })

  test('because nothing may be posted there comes once that is mended', async () => {
    await follow(category)
    await choose({ suspension: { since: world.now(), why: 'forbidden', message: 'not_in_channel' } })
    await tickWith(papers(1, 2))
    expect(posted()).toEqual([])
    await choose({ suspension: undefined })
    await tickWith([])
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 2'])
  })

  test('in a workspace that took the access away comes with the next digest once it is back', async () => {
    await follow({ ...category, cadence: 'digest' })
    const workspace = aDestination({ channel: '' })
    await world.store.schedules.set(aSchedule({ frequency: 'daily', time: '12:00', createdAt: world.now() }))
    await choose({ suspension: { since: world.now(), why: 'revoked', message: 'token_revoked' } }, workspace)
    await tickWith([paper(1)], { hours: 1 })
    await tickWith([paper(2)], { hours: 24 * 5 })
    await lift(world.store, workspace, Temporal.Instant.from(world.now()))
    await tickWith([], { minutes: 20 })
    expect(posted()).toEqual([])
    await tickWith([], { hours: 24 })
    expect(posted()).toEqual(['digest #terminal: listing 1, listing 2'])
  })

  test('is dropped where it is followed no more, or in the digest alone now', async () => {
    await follow(category, aSubscription({ id: 'author', target: anAuthorTarget('Grace Hopper') }))
    await choose({ pause: { since: world.now(), by: ada } })
    await tickWith([paper(1), paper(2, { authors: [{ name: 'Grace Hopper' }], categories: ['cs.CL'] })])
    await world.store.subscriptions.setCadence(aDestination(), category.id, 'digest')
    await world.store.subscriptions.remove(aDestination(), ['author'])
    await choose({ pause: undefined })
    await tickWith([])
    expect(posted()).toEqual([])
    expect(await world.store.holds.destinations()).toEqual([])
  })
})

describe('the most alerts a day', () => {
  test('are posted, and the rest comes in one message the next day', async () => {
    await follow(category)
    await choose({ most: 3 })
    await tickWith(papers(1, 2))
    await tickWith(papers(3, 5))
    await tickWith([paper(6)])
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 2', 'alert #terminal: listing 3'])
    await tickWith([], { hours: 24 })
    expect(posted().slice(3)).toEqual(['alert #terminal: listing 4, listing 5, listing 6'])
    expect(textOf(-1)).toContain('These came after the most alerts of a day.')
  })

  test('leave the rest to the digest where there is one', async () => {
    await follow({ ...category, cadence: 'now' })
    await world.store.schedules.set(aSchedule({ createdAt: world.now() }))
    await choose({ most: 1 })
    await tickWith(papers(1, 3))
    await tickWith([], { hours: 30 })
    expect(posted()).toEqual(['alert #terminal: listing 1'])
    await tickWith([], { hours: 24 * 6 })
    await tickWith([])
    expect(posted().slice(1)).toEqual(['digest #terminal: listing 2, listing 3'])
    expect(await world.store.holds.destinations()).toEqual([])
  })

  test('come in one message the next day however few they are, and before what is new then', async () => {
    await follow(category)
    await choose({ most: 1 })
    await tickWith(papers(1, 3))
    await tickWith([paper(4)], { hours: 24 })
    await tickWith([paper(5)], { hours: 24 })
    await tickWith([], { hours: 24 })
    expect(posted()).toEqual([
      'alert #terminal: listing 1',
      'alert #terminal: listing 2, listing 3',
      'alert #terminal: listing 4',
      'alert #terminal: listing 5',
    ])
  })

  test('come as alerts after all where the digest that was to bring them did not', async () => {
    await follow({ ...category, cadence: 'now' })
    await world.store.schedules.set(aSchedule({ frequency: 'daily', time: '23:00', createdAt: world.now() }))
    await choose({ most: 1 })
    await tickWith(papers(1, 2))
    await choose({ pause: { since: world.now(), until: '2026-11-20T00:00:00Z', by: ada } })
    await tickWith([], { hours: 24 * 4 })
    expect(posted()).toEqual(['alert #terminal: listing 1'])
    await tickWith([paper(3)], { minutes: 20 })
    await tickWith([], { hours: 14 })
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 3'])
    await tickWith([], { minutes: 10 })
    await tickWith([], { minutes: 10 })
    await tickWith([paper(4)], { hours: 1 })
    expect(posted().slice(2)).toEqual(['alert #terminal: listing 2'])
    await tickWith([], { hours: 24 })
    await tickWith([], { hours: 24 })
    expect(posted().slice(3)).toEqual(['digest #terminal: listing 4'])
    expect(await world.store.holds.destinations()).toEqual([])
  })
})

describe('alerts in a thread', () => {
  test('hang on one message a day', async () => {
    await follow(category)
    await choose({ alerts: 'thread' })
    await tickWith(papers(1, 2))
    await tickWith(papers(3, 3), { hours: 1 })
    await tickWith(papers(4, 4), { hours: 24 })
    const shape = world.platform.posted.map(({ kind, subject, parentRef }) => [kind, subject, parentRef !== undefined])
    expect(shape).toEqual([
      ['notice', 'alerts of 2026-11-16', false],
      ['alert', 'arxiv:2611.00001', true],
      ['alert', 'arxiv:2611.00002', true],
      ['alert', 'arxiv:2611.00003', true],
      ['notice', 'alerts of 2026-11-17', false],
      ['alert', 'arxiv:2611.00004', true],
    ])
    expect(textOf(0)).toContain('New papers · Monday, Nov 16')
  })

  test('are posted flat where the message of the day is refused', async () => {
    await follow(category)
    await choose({ alerts: 'thread' })
    const refusal = { error: new DeliveryError('rejected', 'No.'), arrives: false }
    world.platform.failures.push(refusal, refusal)
    await tickWith(papers(1, 2))
    await tickWith([paper(3)])
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 2', 'alert #terminal: listing 3'])
  })

  test('are posted flat in a thread that follows things of its own', async () => {
    const thread = aDestination({ thread: '17.5' })
    await follow(aSubscription({ destination: thread, target: { kind: 'category', category: 'cs.LG' } }))
    await choose({ alerts: 'thread' })
    await tickWith([paper(1)])
    expect(world.platform.posted.map(({ kind, destination }) => [kind, destination])).toEqual([['alert', thread]])
  })
})

describe('one paper in several channels of a workspace', () => {
  const general = aDestination({ channel: 'general' })
  const reading = aDestination({ channel: 'reading' })
  const inGeneral = aSubscription({ id: 'general', destination: general, target: { kind: 'category', category: 'cs.LG' } })
  const inReading = [
    aSubscription({ id: 'reading', destination: reading, target: { kind: 'category', category: 'cs.LG' } }),
    aSubscription({ id: 'author', destination: reading, target: anAuthorTarget('Ada Lovelace') }),
  ]

  test('is shown in each, unless a channel chose a link', async () => {
    await follow(inGeneral, ...inReading)
    await tickWith([paper(1)])
    expect(posted().sort()).toEqual(['alert #general: listing 1', 'alert #reading: listing 1'])
  })

  test('is shown where it fits best, and linked to from the channel that chose so once it is posted', async () => {
    await follow(inGeneral, ...inReading)
    await choose({ echo: 'link' }, general)
    await tickWith([paper(1)])
    await tickWith([], { minutes: 1 })
    expect(posted()).toEqual(['alert #reading: listing 1', 'alert #general: line 1'])
    const ref = `ref-${world.platform.posted[0]?.dedupeKey}`
    expect(textOf(1)).toContain(`"text":"shown in another channel","link":"https://chat.example/reading/${ref}"`)
  })

  test('is shown in one of them where all chose links, and linked to what was posted before', async () => {
    await follow(inGeneral, ...inReading)
    await choose({ echo: 'link' }, general)
    await choose({ echo: 'link' }, reading)
    await tickWith([paper(1)])
    await tickWith([], { minutes: 1 })
    expect(posted()).toEqual(['alert #reading: listing 1', 'alert #general: line 1'])
    const third = aDestination({ channel: 'third' })
    await choose({ echo: 'link' }, third)
    await follow(
      aSubscription({ id: 'third', destination: third, target: anAuthorTarget('Mary Shelley'), createdAt: world.now() }),
    )
    await tickWith([paper(1, { source: 'arxiv-api', version: 2, authors: [{ name: 'Ada Lovelace' }, { name: 'Mary Shelley' }] })])
    expect(posted().slice(2)).toEqual(['alert #third: line 1'])
  })

  test('is shown in full where the message it was to link to does not come, and nothing waits for it', async () => {
    await follow(inGeneral, ...inReading)
    await choose({ echo: 'link' }, general)
    world.platform.failures.push({ error: new DeliveryError('forbidden', 'not_in_channel'), arrives: false })
    await tickWith([paper(1)])
    await tickWith([paper(2)], { minutes: 1 })
    await tickWith([], { minutes: 2 })
    expect(posted().filter((one) => one.includes('general'))).toEqual(['alert #general: listing 1', 'alert #general: listing 2'])
    expect(JSON.stringify(world.platform.posted)).not.toContain('shown in another channel')
  })

  test('keeps its link when it is edited', async () => {
    await follow(inGeneral, ...inReading)
    await choose({ echo: 'link' }, general)
    await tickWith([paper(1, { version: 1 })])
    await tickWith([], { minutes: 1 })
    await tickWith([paper(1, { version: 2, updated: '2026-11-17' })], { hours: 24 })
    const edited = world.platform.edited.find(({ destination }) => destination.channel === 'general')
    expect(JSON.stringify(edited?.blocks)).toContain('"link":"https://chat.example/reading/')
  })

  test('is no link to what one person alone reads, nor to a thread of the channel itself', async () => {
    const direct = aDestination({ channel: '@ada' })
    const thread = aDestination({ channel: 'general', thread: '17.5' })
    await follow(
      inGeneral,
      ...[direct, thread].flatMap((destination) =>
        inReading.map((one) => ({ ...one, id: `${one.id} ${destination.channel}`, destination })),
      ),
    )
    await choose({ echo: 'link' }, general)
    await tickWith([paper(1)])
    expect(posted().sort()).toEqual(['alert #@ada: listing 1', 'alert #general: listing 1', 'alert #general: listing 1'])
  })

  test('is a link to where it is shown, never to another link', async () => {
    const third = aDestination({ channel: 'a third' })
    await follow(inGeneral, ...inReading)
    await choose({ echo: 'link' }, general)
    await choose({ echo: 'link' }, third)
    await tickWith([paper(1)])
    const authors = [{ name: 'Ada Lovelace' }, { name: 'Mary Shelley' }]
    await follow(
      aSubscription({ id: 'third', destination: third, target: anAuthorTarget('Mary Shelley'), createdAt: world.now() }),
    )
    await tickWith([paper(1, { source: 'arxiv-api', version: 2, authors })])
    await tickWith([], { minutes: 1 })
    expect(textOf(posted().indexOf('alert #a third: line 1'))).toContain('"link":"https://chat.example/reading/')
  })

  test('is shown in full in another workspace', async () => {
    const elsewhere = aDestination({ workspace: 'elsewhere' })
    await follow(
      inGeneral,
      aSubscription({ id: 'elsewhere', destination: elsewhere, target: { kind: 'category', category: 'cs.LG' } }),
    )
    await choose({ echo: 'link' }, general)
    await choose({ echo: 'link' }, elsewhere)
    await tickWith([paper(1)])
    expect(posted().sort()).toEqual(['alert #general: listing 1', 'alert #terminal: listing 1'])
  })
})

describe('a paper that changes', () => {
  const newer = (parts: Partial<PaperRecord> = {}) => paper(1, { version: 2, updated: '2026-11-17', ...parts })

  test('edits the message about it, and posts nothing', async () => {
    await follow(category)
    await tickWith([paper(1, { version: 1 })])
    await tickWith([newer({ title: 'Paper 1, revised' })], { hours: 24 })
    expect(posted()).toHaveLength(1)
    expect(world.platform.edited.map(({ blocks }) => blocks)).toMatchObject([
      [{ kind: 'card', paper: { title: 'Paper 1, revised' }, update: [{ text: 'Now version 2 of Nov 17' }] }],
    ])
    await tickWith([newer({ title: 'Paper 1, revised', withdrawn: true, version: 3 })], { hours: 24 })
    expect(world.platform.edited.at(-1)?.blocks).toMatchObject([
      { update: [{ text: 'Withdrawn by its authors · now version 3 of Nov 17' }] },
    ])
    await tickWith([newer({ source: 'crossref', doi: '10.1000/1', journalRef: 'Nature 1' })], { hours: 24 })
    expect(world.platform.edited.at(-1)?.blocks).toMatchObject([
      { update: [{ text: expect.stringContaining('published in Nature 1') }] },
    ])
  })

  test('edits the one part that tells of it, of a message in several', async () => {
    await follow(category)
    await tickWith(papers(1, 40))
    const [first, second] = world.platform.posted
    expect([first, second].map((part) => JSON.stringify(part?.blocks).includes('Paper 40"'))).toEqual([false, true])
    await tickWith([paper(40, { version: 2, updated: '2026-11-17' })], { hours: 24 })
    expect(world.platform.edited.map(({ part }) => part)).toEqual([second?.part])
    expect(JSON.stringify(world.platform.edited[0]?.blocks).match(/Now version 2/g)).toHaveLength(1)
  })

  test('is posted as a new version where the channel chose so', async () => {
    await follow(category)
    await choose({ versions: 'post' })
    await tickWith([paper(1, { version: 1 })])
    await tickWith([newer()], { hours: 24 })
    await tickWith([newer()], { hours: 24 })
    expect(posted()).toEqual(['alert #terminal: listing 1', 'alert #terminal: listing 1'])
    expect(textOf(1)).toContain('Now version 2')
  })

  test('is no new message where nothing that is followed brings it any more', async () => {
    await follow(category)
    await choose({ versions: 'post' })
    await tickWith([paper(1, { version: 1 })])
    await world.store.subscriptions.remove(aDestination(), [category.id])
    await tickWith([newer()], { hours: 24 })
    expect(posted()).toHaveLength(1)
    expect(world.platform.edited).toHaveLength(1)
  })

  test('is posted as a new version in the thread of the day, where alerts are', async () => {
    await follow(category)
    await choose({ versions: 'post', alerts: 'thread' })
    await tickWith([paper(1, { version: 1 })])
    await tickWith([newer()], { hours: 24 })
    expect(world.platform.posted.map(({ kind, parentRef }) => [kind, parentRef !== undefined])).toEqual([
      ['notice', false],
      ['alert', true],
      ['notice', false],
      ['alert', true],
    ])
  })

  test('is posted as a new version once nothing keeps it back', async () => {
    await follow(category)
    await choose({ versions: 'post', quiet: { from: '20:00', to: '07:00', days: [], zone: 'UTC' } })
    await tickWith([paper(1, { version: 1 })])
    await tickWith([newer()], { hours: 14 })
    expect(posted()).toHaveLength(1)
    await tickWith([], { hours: 10 })
    expect(posted()).toHaveLength(2)
    expect(textOf(1)).toContain('Now version 2')
  })

  test('and gets an author who is followed is told of once, also where it was known before the follow', async () => {
    await follow(aSubscription({ id: 'author', target: anAuthorTarget('Grace Hopper') }))
    await follow(
      aSubscription({
        id: 'late',
        destination: aDestination({ channel: 'late' }),
        target: anAuthorTarget('Grace Hopper'),
        createdAt: '2026-11-17T00:00:00Z',
      }),
    )
    await tickWith([paper(1)])
    expect(posted()).toEqual([])
    const authors = [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }]
    await tickWith([newer({ authors })], { hours: 24 })
    await tickWith([newer({ authors, version: 3 })], { hours: 24 })
    expect(posted().sort()).toEqual(['alert #late: listing 1', 'alert #terminal: listing 1'])
  })

  test('and was posted already gets the new reason, and what it asks, where it stands', async () => {
    const target = { ...anAuthorTarget('Grace Hopper'), evidence: { coauthors: [], categories: [], orgs: [] } }
    await follow(category, aSubscription({ id: 'author', target }))
    await tickWith([paper(1, { version: 1 })])
    const authors = [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }]
    await tickWith([newer({ authors })], { hours: 24 })
    await tickWith([newer({ authors, version: 3 })], { hours: 24 })
    expect(posted()).toHaveLength(1)
    const cards = world.platform.edited.map(({ blocks }) => blocks[0])
    const why = cards.map((card) => (card?.kind === 'card' ? card.why?.map(({ text }) => text).join('') : ''))
    expect(why).toEqual(['in cs.LG · possibly by Grace Hopper', 'in cs.LG · possibly by Grace Hopper'])
    expect(JSON.stringify(cards[1]).match(/Not them/g)).toHaveLength(1)
  })

  test('and gets a category comes in the digest whose window the change lies in', async () => {
    await follow(aSubscription({ target: { kind: 'category', category: 'stat.ML' }, cadence: 'digest' }))
    await world.store.schedules.set(aSchedule({ createdAt: '2026-11-16T09:00:00Z' }))
    await tickWith([paper(1)])
    await tickWith([newer({ categories: ['cs.LG', 'stat.ML'] })], { hours: 24 * 8 })
    await tickWith([], { hours: 24 * 7 })
    expect(posted()).toEqual(['digest #terminal: listing 1'])
  })

  test('after it was old comes in the digest alone', async () => {
    await follow(aSubscription({ id: 'author', target: anAuthorTarget('Grace Hopper') }))
    await tickWith([paper(1)])
    await tickWith([newer({ authors: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }] })], { hours: 24 * 61 })
    expect(posted()).toEqual([])
  })

  test('and is selected by a topic that is newer than the paper is no news to it', async () => {
    await follow(aSubscription({ target: { kind: 'topic', query: 'title:paper' }, createdAt: '2026-11-17T00:00:00Z' }))
    await tickWith([paper(1)])
    await tickWith([newer()], { hours: 24 })
    expect(posted()).toEqual([])
  })
})

test('counts the votes of the channel in a message about many', async () => {
  await follow(category)
  await choose({ pause: { since: world.now(), by: ada } })
  await tickWith(papers(1, 6))
  const numbers = (await world.store.holds.ofDestination(aDestination())).map(({ paper }) => paper)
  await world.store.votes.toggle(aDestination(), numbers[5] ?? 0, ada.id, world.now())
  await choose({ pause: undefined, resumedAt: world.now() })
  await tickWith([])
  expect(posted()[0]).toMatch(/listing 6, listing 1,/)
})

test('keeps with an alert and a digest what they were made from', async () => {
  await follow(category, aSubscription({ id: 'digest', target: anAuthorTarget('Grace Hopper'), cadence: 'digest' }))
  await world.store.schedules.set(aSchedule({ createdAt: world.now() }))
  await tickWith([paper(1), paper(2, { authors: [{ name: 'Grace Hopper' }], categories: ['cs.CL'] })])
  await tickWith([], { hours: 24 * 7 })
  const hashes = await Promise.all(['alert', 'digest'].map((name) => world.dependencies.templates.hash(name)))
  expect(world.platform.posted.map(({ template }) => template)).toEqual(hashes)
  expect(new Set(hashes).size).toBe(2)
})

test('tells of papers even where the template of alerts is wrong', async () => {
  await follow(category)
  world.dependencies.templates.alert = () => Promise.reject(new Error('line 3'))
  await tickWith([paper(1)])
  expect(posted()).toEqual(['alert #terminal: listing 1'])
  expect(world.warnings).toContain('alert template failed')
})
