import { expect, test } from 'vitest'
import type { PaperRecord } from '#core/paper.ts'
import type { Subscription } from '#core/subscription.ts'
import { aDestination, anAuthorTarget, aRecord, aSubscription } from '#test/builders.ts'
import { aWorldWithArchive, noAnswer } from './an-archive.ts'

const follow = (name: string, parts: Partial<Subscription> = {}) =>
  aSubscription({ id: name, target: anAuthorTarget(name), createdAt: '2026-11-16T09:00:00Z', ...parts })

const by = (author: string, nth: number, published: string, parts: Partial<PaperRecord> = {}): PaperRecord => ({
  ...aRecord({ ids: [`arxiv:2611.0000${nth}`], title: `Paper ${nth}`, authors: [author], published, categories: ['math.GN'] }),
  ...parts,
})

/** Monday, 16 November 2026, 09:00 in UTC. */
async function aBot(...subscriptions: readonly Subscription[]) {
  const world = await aWorldWithArchive(...subscriptions)
  const told = () =>
    world.platform.posted.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.title] : [])))
  return { ...world, told }
}

test('what a followed person writes in a category that nobody watches is told once', async () => {
  const { archived, run, pass, told } = await aBot(follow('Ada Lovelace'))
  archived.add('2026-11-17', by('Ada Lovelace', 1, '2026-11-16T12:00:00Z'), by('Ada Byron', 2, '2026-11-16T12:00:00Z'))
  const { feeds } = await run()
  expect(feeds).toEqual([{ feed: 'followed authors', state: 'fresh', offered: 1, new: 1, merged: 0, skipped: 0, failed: 0 }])
  pass({ hours: 25 })
  expect((await run()).feeds).toMatchObject([{ offered: 1, new: 0, skipped: 1 }])
  expect(told()).toEqual(['Paper 1'])
})

test('what was public before the follow is left to whatever announces it', async () => {
  const category = aSubscription({
    id: 'category',
    target: { kind: 'category', category: 'math.GN' },
    createdAt: '2026-11-15T00:00:00Z',
    destination: aDestination({ channel: 'other' }),
  })
  const { archived, run, feeds, pass, platform, store } = await aBot(follow('Ada Lovelace'), category)
  // Public since the evening of the 15th.
  const before = by('Ada Lovelace', 1, '2026-11-13T12:00:00Z')
  archived.add('2026-11-16', before)
  await run()
  expect(await store.papers.count()).toBe(0)
  feeds.set('math.GN', [{ ...before, announcement: 'new' }])
  pass({ hours: 1 })
  await run()
  expect(platform.posted.map(({ destination }) => destination.channel).toSorted()).toEqual(['other', 'terminal'])
})

test('people are asked for ten a request and five requests a pass, each once a day', async () => {
  const names = Array.from({ length: 62 }, (_, at) => `Ada Lovelace${String(at).padStart(2, '0')}`)
  const { archived, run, pass } = await aBot(...names.map((name) => follow(name)))
  await run()
  expect(archived.asked).toHaveLength(5)
  expect(archived.asked[0]).toBe(`${names.slice(0, 10).join(', ')} since 2026-10-17`)
  pass({ minutes: 20 })
  await run()
  expect(archived.asked).toHaveLength(7)
  pass({ hours: 23 })
  await run()
  expect(archived.asked).toHaveLength(7)
  pass({ hours: 1 })
  await run()
  expect(archived.asked).toHaveLength(12)
  expect(archived.asked[7]).toContain(names[0])
})

test('where arXiv does not answer the same people are asked for later, and left out after three times', async () => {
  const names = Array.from({ length: 11 }, (_, at) => `Ada Lovelace${String(at).padStart(2, '0')}`)
  const { archived, run, pass, store } = await aBot(...names.map((name) => follow(name)))
  archived.hooks.onPage = () => noAnswer()
  await run()
  expect(await store.feeds.get('followed authors')).toMatchObject({ state: 'failed', error: 'no answer' })
  await run()
  for (const minutes of [5, 10]) {
    pass({ minutes })
    await run()
  }
  expect(archived.asked.map((text) => text.includes('Lovelace00'))).toEqual([true, true, true])
  archived.hooks.onPage = () => {}
  pass({ minutes: 20 })
  await run()
  expect(archived.asked.at(-1)).toContain('Lovelace10')
  expect(await store.feeds.get('followed authors')).toMatchObject({ state: 'waiting', failures: 0 })
})

test('nobody is asked for where nobody is followed', async () => {
  const { archived, run } = await aBot()
  expect((await run()).feeds).toEqual([])
  expect(archived.asked).toEqual([])
})
