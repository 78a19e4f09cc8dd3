import { afterEach, beforeEach, expect, test } from 'vitest'
import { authorKey } from '#core/author-name.ts'
import type { AuthorTarget } from '#core/subscription.ts'
import { aRecord, aSubscription } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

const key = authorKey('Jun Li')
const evidence = { coauthors: [authorKey('Ada Byron')], categories: ['cs.LG'], orgs: [] }
const jun: AuthorTarget = { kind: 'author', key, name: 'Jun Li', orcid: '0000-0001-0000-0001', evidence }

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
  await bot.put([
    aRecord({ ids: ['arxiv:2611.00001'], authors: [{ name: 'Jun Li', orcid: '0000-0002-0000-0002' }] }),
    aRecord({ ids: ['arxiv:2611.00002'], title: 'Moths', authors: ['Jun Li', 'Ada Byron'] }),
    aRecord({ ids: ['arxiv:2611.00003'], title: 'Lamps', authors: ['Jun Li', 'Vera Rubin'] }),
    aRecord({ ids: ['arxiv:2611.00004'], title: 'Wings', authors: ['Jun Li', 'Vera Rubin', 'Bo Chen'] }),
  ])
  await bot.context.store.subscriptions.add(aSubscription({ destination: bot.context.destination, target: jun }))
})
afterEach(() => bot[Symbol.asyncDispose]())

const yes = (paper: string) => `them ${paper} --author 0000-0001-0000-0001 --answer yes`

test('a namesake is named as one, and a button says that it is them', async () => {
  const { text, actions } = await bot.ask('why 2611.00001')
  expect(text).toContain('By a namesake of Jun Li, who is followed here: the ORCID is another one')
  expect(text).not.toContain('Fits')
  expect(actions[0]).toEqual({ label: 'Yes, it is them', command: yes('2611.00001') })
})

test('who was recognised is said with what they were recognised by', async () => {
  const { text } = await bot.ask('why 2611.00002')
  expect(text).toContain('By the Jun Li who is followed here: with Ada Byron, as on papers of theirs')
})

test('what somebody said is told with who said it, and what follows from it', async () => {
  await bot.ask('them 2611.00003 --answer no')
  expect((await bot.ask('why 2611.00003')).text).toContain('By a namesake of Jun Li, who is followed here: Ada said so')
  expect((await bot.ask('why 2611.00004')).text).toContain('with Vera Rubin, as on papers that were not theirs')
})

test('where nothing tells, it asks', async () => {
  const [paper] = await bot.context.store.papers.byIds(['arxiv:2611.00003' as never])
  await bot.context.store.subscriptions.recordMatches([
    {
      subscription: 'subscription-1',
      paper: paper?.number ?? 0,
      reason: { subscription: 'subscription-1', target: jun, words: ['Jun Li'], possibly: true },
      matchedAt: '2026-11-22T09:00:00Z',
      seenAt: '2026-11-22T09:00:00Z',
    },
  ])
  const { text, actions } = await bot.ask('why 2611.00003')
  expect(text).toContain('Possibly by a namesake of Jun Li: nothing tells yet whether it is them')
  expect(actions.map(({ label }) => label).slice(0, 2)).toEqual(['Yes, it is them', 'Not them'])
})

test('where two are followed, each button says whom it means', async () => {
  const vera: AuthorTarget = { kind: 'author', key: authorKey('Vera Rubin'), name: 'Vera Rubin', evidence }
  const { store, destination } = bot.context
  await store.subscriptions.add(aSubscription({ id: 'vera', destination, target: { ...vera, evidence } }))
  await bot.ask('them 2611.00003 --author "Vera Rubin" --answer no')
  await bot.ask('them 2611.00003 --author 0000-0001-0000-0001 --answer yes')
  const { actions } = await bot.ask('why 2611.00003')
  expect(
    actions
      .map(({ label }) => label)
      .slice(0, 2)
      .sort(),
  ).toEqual(['Not them: Jun Li', 'Yes, it is them: Vera Rubin'])
})
