import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aRecord, aSubscription } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
  await bot.put([
    aRecord({ ids: ['arxiv:2611.00001'], title: 'Moths circle lamps', authors: ['Jun Li', 'Max Tegmark', 'Wei Zhang'] }),
  ])
  await bot.put([aRecord({ ids: ['arxiv:2611.00002'], title: 'Lamps', authors: ['Jun Li'] })])
  await bot.put([aRecord({ ids: ['arxiv:2611.00003'], title: 'Wings', authors: ['Jun Li', 'Wei Zhang', 'Yang Liu'] })])
  await bot.put([
    aRecord({ ids: ['arxiv:2611.00004'], title: 'Night', authors: [{ name: 'Jun Li', orcid: '0000-0001-0000-0001' }] }),
  ])
})
afterEach(() => bot[Symbol.asyncDispose]())

const junLi = { kind: 'author', key: 'jun li', name: 'Jun Li' } as const
const follow = (parts: Partial<Parameters<typeof aSubscription>[0]> = {}) =>
  bot.context.store.subscriptions.add(aSubscription({ destination: bot.context.destination, target: junLi as never, ...parts }))
const verdicts = async () =>
  (await bot.context.store.subscriptions.verdicts(['subscription-1', 'subscription-2'])).map(
    ({ subscription, paper, isThem, by }) => `${subscription} ${paper} ${isThem} ${by.name}`,
  )

describe('them', () => {
  test('records who said what, tells everybody, and what follows from it', async () => {
    await follow()
    const yes = await bot.ask('them 2611.00001 --author "Jun Li" --answer yes')
    expect(yes.reply.visibility).toBe('public')
    expect(yes.text).toContain('Ada said that Moths circle lamps is by the Jun Li who is followed here.')
    expect(yes.text).toContain('From now on papers of that name with Max Tegmark come without asking.')
    expect(await verdicts()).toEqual(['subscription-1 1 true Ada'])
    expect(yes.actions).toContainEqual({ label: 'Not them', command: 'them 2611.00001 --author "Jun Li" --answer no' })
    const no = await bot.ask('them 2611.00001 --answer no')
    expect(no.text).toContain('is by another Jun Li than the one who is followed here.')
    expect(no.text).toContain('papers of that name with Max Tegmark do not come.')
    expect(await verdicts()).toEqual(['subscription-1 1 false Ada'])
  })

  test.each([
    ['2611.00002', 'None of its co-authors tells the two apart'],
    ['2611.00003', 'with two of Wei Zhang and Yang Liu come without asking'],
    ['2611.00004', 'with the ORCID 0000-0001-0000-0001 come without asking'],
  ])('of %s it says: %s', async (paper, expected) => {
    await follow()
    expect((await bot.ask(`them ${paper}`)).text).toContain(expected)
  })

  test('names nobody who writes with both', async () => {
    await follow({ target: { ...junLi, evidence: { coauthors: ['max tegmark'], categories: [], orgs: [] } } as never })
    expect((await bot.ask('them 2611.00001 --answer no')).text).toContain('None of its co-authors tells the two apart')
  })

  test('counts for the channel with its threads', async () => {
    await follow()
    await follow({ id: 'subscription-2', destination: { ...bot.context.destination, thread: '17.5' } })
    await bot.ask('them 2611.00001 --answer no')
    expect(await verdicts()).toEqual(['subscription-1 1 false Ada', 'subscription-2 1 false Ada'])
  })

  test('of two people of that name asks which', async () => {
    await follow({ target: { ...junLi, orcid: '0000-0001-0000-0001' } as never })
    await follow({ id: 'subscription-2', target: { ...junLi, orcid: '0000-0002-0000-0002' } as never })
    expect(await bot.fail('them 2611.00001')).toContain('--author 0000-0001-0000-0001 or 0000-0002-0000-0002')
    await bot.ask('them 2611.00001 --author 0000-0002-0000-0002')
    expect(await verdicts()).toEqual(['subscription-2 1 true Ada'])
  })

  test('of somebody who is not followed, or did not write it, is refused', async () => {
    expect(await bot.fail('them 2611.00001')).toMatch(/^not-found \| None of the authors of this paper is followed here/)
    await follow()
    expect(await bot.fail('them 2611.00001 --author "Max Tegmark"')).toContain('Nobody called “Max Tegmark” who wrote this paper')
    expect(await verdicts()).toEqual([])
  })

  test('what was posted asks no more, and says who decided', async () => {
    await follow()
    const { store, destination } = bot.context
    const [paper] = await store.papers.byIds(['arxiv:2611.00001' as never])
    const actions = ['yes', 'no'].map((answer) => ({
      label: answer,
      command: `them 2611.00001 --author "Jun Li" --answer ${answer}`,
    }))
    const save = { label: 'Save', command: 'save 2611.00001' }
    const card = { kind: 'card', paper, form: 'listing', why: [{ text: 'possibly by Jun Li' }] } as never as { kind: 'card' }
    await store.ledger.record(
      [
        {
          destination,
          kind: 'alert',
          subject: '1',
          part: 0,
          blocks: [{ ...card, actions: [...actions, save] } as never],
          claims: [{ paper: 1, event: 'new' }],
        },
      ],
      '2026-11-22T09:00:00Z',
    )
    await bot.ask('them 2611.00001 --answer no')
    const [alert] = await store.ledger.alertsOfPaper(1)
    expect(alert?.blocks[0]).toMatchObject({ actions: [save] })
    expect(JSON.stringify(alert?.blocks)).toContain(' (not them, according to Ada)')
  })
})
