import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
afterAll(() => bot[Symbol.asyncDispose]())

/** The listing of the seed, in its order: facts, title, people as shown, and three telling words of the title. */
const SEED = [
  [
    '2307.15217',
    'AI · Jul 27, 2023',
    'Stephen Casper, Xander Davies, Claudia Shi et al. · berkeley, eth-zurich',
    'fundamental limitations feedback',
  ],
  ['2205.10343', 'LG · May 20, 2022', 'Ziming Liu, Ouail Kitouni, Niklas Nolte et al.', 'understanding effective theory'],
  ['2303.13506', 'LG · Mar 23, 2023', 'Eric J. Michaud, Ziming Liu, Uzay Girit et al.', 'quantization neural scaling'],
  ['2210.01117', 'LG · Oct 3, 2022', 'Ziming Liu, Eric J. Michaud, Max Tegmark', 'omnigrok beyond algorithmic'],
  ['2210.13447', 'LG · Oct 24, 2022', 'Eric J. Michaud, Ziming Liu, Max Tegmark', 'precision machine learning'],
  ['2403.19647', 'LG · Mar 28, 2024', 'Samuel Marks, Can Rager, Eric J. Michaud et al.', 'sparse feature circuits'],
  ['2604.21691', '85.2 · ML · Apr 23', 'Jamie Simon, Daniel Kunin, Alexander Atanasov et al.', 'scientific theory deep'],
  ['2405.14860', 'LG · May 23, 2024', 'Joshua Engels, Eric J. Michaud, Isaac Liao et al.', 'features one-dimensionally linear'],
  [
    '2501.16496',
    'LG · Jan 27, 2025',
    'Lee Sharkey, Bilal Chughtai, Joshua Batson et al. · deepmind',
    'problems mechanistic interpretability',
  ],
  ['2402.05110', 'LG · Feb 7, 2024', 'Eric J. Michaud, Isaac Liao, Vedang Lad et al.', 'black box synthesis'],
  ['2505.15811', 'LG · May 21, 2025', 'Eric J. Michaud, Asher Parker-Sartori, Max Tegmark', 'narrow hierarchy nonlocality'],
  ['2501.12391', 'LG · Jan 21, 2025', 'Ziming Liu, Yizhou Liu, Eric J. Michaud et al.', 'physics skill learning'],
  ['2509.02565', 'LG · Sep 2, 2025', 'Eric J. Michaud, Liv Gorton, Tom McGrath', 'autoencoder scaling manifolds'],
  ['2012.05862', 'LG · Dec 10, 2020', 'Eric J. Michaud, Adam Gleave, Stuart Russell', 'learned reward functions'],
  ['2010.13871', 'LG · Oct 26, 2020', 'Simon Mattsson, Eric J. Michaud, Erik Hoel', 'causal structures networks'],
] as const

test('the author page shows the fifteen papers as the seed does, in its order', async () => {
  const { ids, text, reply } = await bot.ask('author Eric J. Michaud')
  expect(ids).toEqual(SEED.map(([id]) => id))
  for (const [, facts, people] of SEED) {
    expect(text).toContain(facts)
    expect(text).toContain(people)
  }
  expect(reply.page).toEqual({ offset: 0, total: 15, next: null, previous: null })
  expect(text).toContain('15 papers · 2020–2026')
  expect(text).toContain('Often with')
})

test('by date the newest paper comes first', async () => {
  const { papers } = await bot.ask('author Eric J. Michaud --order date')
  const dates = papers.map((paper) => paper.published ?? '')
  expect(dates).toEqual(dates.toSorted().toReversed())
  expect(dates).toHaveLength(15)
})

describe.each(SEED)('%s', (id, _facts, _people, words) => {
  test('is first for three telling words of its title', async () => expect((await bot.ask(`search ${words}`)).ids[0]).toBe(id))

  test.each([
    id,
    `${id}v1`,
    `arXiv:${id}`,
    `https://arxiv.org/abs/${id}`,
    `https://arxiv.org/pdf/${id}v2.pdf`,
    `https://arxiv.org/html/${id}v1`,
    `10.48550/arXiv.${id}`,
    `https://doi.org/10.48550/arXiv.${id}`,
    `oai:arXiv.org:${id}`,
  ])('is found as %s', async (reference) => expect((await bot.ask(`paper ${reference}`)).ids).toEqual([id]))

  test('is found by its title', async () => {
    const [paper] = await bot.context.store.papers.byIds([`arxiv:${id}` as never])
    expect((await bot.ask(`paper ${paper?.title}`)).ids).toEqual([id])
  })

  test('is on the page of each of its authors', async () => {
    const [paper] = await bot.context.store.papers.byIds([`arxiv:${id}` as never])
    for (const { name } of paper?.authors ?? []) expect((await bot.ask(`author ${name}`)).ids, name).toContain(id)
  })
})
