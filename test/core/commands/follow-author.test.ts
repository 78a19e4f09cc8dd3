import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Author, PaperRecord } from '#core/paper.ts'
import { aRecord } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
})
afterEach(() => bot[Symbol.asyncDispose]())

let number = 0
const put = (...lists: (string | Author)[][]) =>
  bot.put(
    lists.map((authors): PaperRecord => aRecord({ ids: [`arxiv:2611.${++number + 10_000}`], title: `Paper ${number}`, authors })),
  )
const followed = async () =>
  (await bot.context.store.subscriptions.ofDestination(bot.context.destination)).map(({ target }) => target)
const li = (orcid: string) => ({ name: 'Jun Li', orcid })
const FIRST = '0000-0001-0000-0001'
const SECOND = '0000-0002-0000-0002'

describe('follow author', () => {
  test('keeps what a person is known by, and says it', async () => {
    await put(['Eric J. Michaud', 'Max Tegmark'], ['Eric J. Michaud', 'Max Tegmark', 'Ziming Liu'])
    const { text } = await bot.ask('follow author Eric J. Michaud')
    expect(text).toContain(
      'Recognised by co-authors like Max Tegmark and Ziming Liu or by the name in cs.LG; what fits less is asked about.',
    )
    expect(await followed()).toMatchObject([{ evidence: { coauthors: ['max tegmark', 'ziming liu'], categories: ['cs.LG'] } }])
    expect((await bot.ask('following')).text).toContain('Eric J. Michaud · known by co-authors or the name · at once')
  })

  test('follows an ORCID where the papers of the name carry one', async () => {
    await put([li(FIRST), 'Max Tegmark'], ['Jun Li', 'Max Tegmark'])
    const { text } = await bot.ask('follow author Jun Li')
    expect(text).toContain(`Recognised by the ORCID ${FIRST} or by co-authors like Max Tegmark; what fits less is asked about.`)
    expect(await followed()).toMatchObject([{ key: 'jun li', orcid: FIRST }])
    expect((await bot.ask('following')).text).toContain(`Jun Li (ORCID ${FIRST}) · known by the ORCID or co-authors`)
    expect((await bot.ask('unfollow 0000-0001-0000-0001')).text).toContain('stopped following')
  })

  test('asks which of several people is meant, and each button follows one of them', async () => {
    await put([li(SECOND), 'Vera Rubin'], [li(FIRST), 'Max Tegmark'], ['Jun Li', 'Ada Byron'], ['Jun Li', 'Ada Byron', 'Bo Chen'])
    const { text, actions } = await bot.ask('follow author Jun Li --cadence digest')
    expect(await followed()).toEqual([])
    expect(text).toContain('Several people here seem to be called Jun Li. Which one?')
    expect(text).toContain('With Ada Byron and Bo Chen · 2 papers · cs.LG')
    expect(actions).toEqual([
      { label: 'With Ada Byron', command: 'follow author Jun Li --with "Ada Byron" --cadence digest' },
      { label: `ORCID ${FIRST}`, command: `follow author ${FIRST} --cadence digest` },
      { label: `ORCID ${SECOND}`, command: `follow author ${SECOND} --cadence digest` },
      { label: 'All called Jun Li', command: 'follow author Jun Li --cadence digest --confirm yes' },
    ])
    for (const action of actions.slice(1, 3)) await bot.ask('command' in action ? action.command : '')
    expect(await followed()).toMatchObject([
      { orcid: FIRST, evidence: { coauthors: ['max tegmark'] } },
      { orcid: SECOND, evidence: { coauthors: ['vera rubin'] } },
    ])
    const third = await bot.ask('follow author Jun Li --with "Ada Byron"')
    expect(third.text).toContain('Jun Li is followed by ORCID already; by the name alone namesakes come as well.')
    expect(await followed()).toContainEqual(
      expect.objectContaining({ evidence: { coauthors: ['ada byron', 'bo chen'], categories: ['cs.LG'], orgs: [] } }),
    )
  })

  test('all of a common name are followed on a second word, and asked about', async () => {
    await put(['Jun Li', 'Ada Byron'], ['Jun Li', 'Max Tegmark'])
    const { text } = await bot.ask('follow author Jun Li --confirm yes')
    expect(text).toContain('by the name alone, which several people may have: each paper is asked about')
    expect(await followed()).toMatchObject([{ evidence: { coauthors: [], orgs: [], several: true } }])
    expect((await bot.ask('following')).text).toContain('Jun Li · asked about, paper by paper')
  })

  test('another group of papers of a followed name is learned', async () => {
    await put(['Jun Li', 'Ada Byron'], ['Jun Li', 'Max Tegmark'])
    await bot.ask('follow author Jun Li --with "Ada Byron"')
    const { text } = await bot.ask('follow author Jun Li --with "Max Tegmark"')
    expect(text).toContain('is followed here already')
    expect(text).toContain('Recognised by co-authors like Max Tegmark')
    expect(await followed()).toMatchObject([{ evidence: { coauthors: ['ada byron', 'max tegmark'] } }])
    expect(await bot.fail('follow author Jun Li --with "Vera Rubin"')).toContain('“Vera Rubin” is no co-author')
  })

  test('a name that was followed before its ORCID was known is the same person', async () => {
    await put(['Eric J. Michaud', 'Max Tegmark'])
    await bot.ask('follow author Eric J. Michaud')
    await put([{ name: 'Eric J. Michaud', orcid: FIRST }, 'Max Tegmark'])
    expect((await bot.ask('follow author Eric J. Michaud')).text).toContain('is followed here already')
    expect(await followed()).toHaveLength(1)
  })

  test('an ORCID does not count the papers of another one', async () => {
    await put([li(FIRST), 'Max Tegmark'], [li(SECOND), 'Vera Rubin'])
    expect((await bot.ask(`author ${FIRST}`)).papers).toHaveLength(1)
  })
})
