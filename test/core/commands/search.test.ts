import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
afterAll(() => bot[Symbol.asyncDispose]())

describe('search', () => {
  test('shows five a page, and every paper on one page alone', async () => {
    const first = await bot.ask('search network')
    expect(first.ids).toHaveLength(5)
    const seen = [...first.ids]
    let next = first.reply.page?.next
    while (next) {
      const page = await bot.ask(next)
      seen.push(...page.ids)
      next = page.reply.page?.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(first.reply.page?.total ?? 0)
  })

  test('offers to follow what was searched', async () => {
    const { actions } = await bot.ask('search "sparse autoencoder" OR grokking')
    const follow = actions.find((action) => action.label === 'Follow this')
    expect(follow).toMatchObject({ command: expect.stringMatching(/^follow topic .*sparse autoencoder.*OR.*grokking/) })
  })

  test('the order is no part of what is followed', async () => {
    const follow = (await bot.ask('search grokking sort:recent')).actions.find((action) => action.label === 'Follow this')
    expect(follow).toMatchObject({ command: 'follow topic grokking' })
    expect((await bot.ask('search sort:recent')).actions.map((action) => action.label)).not.toContain('Follow this')
  })

  test('with nothing found names the word to leave out', async () => {
    const { text, reply } = await bot.ask('search grokking representation zebrafish')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('No paper matches grokking representation zebrafish')
    expect(text).toMatch(/Try grokking representation \(\d+ papers?\)/)
  })

  test('with a word mistyped offers the one that was meant', async () => {
    const { text, actions } = await bot.ask('search groking')
    expect(text).toContain('Try grokking')
    expect(actions).toContainEqual(expect.objectContaining({ command: 'search grokking' }))
  })

  test('a word mistyped beside one that no paper has is mended, the other left out', async () =>
    expect((await bot.ask('search groking zebrafish')).actions).toContainEqual(
      expect.objectContaining({ command: 'search grokking' }),
    ))

  test('a page behind the last names the last', async () =>
    expect(await bot.fail('search grokking --page 9')).toMatch(/wrong-input \| There is no page 9: this answer has 1 page/))
})

describe('author', () => {
  test('several people who fit are asked about', async () => {
    await bot.put([
      { source: 'ndjson', ids: ['arxiv:2611.00001' as never], title: 'Lamps', authors: [{ name: 'Anna Lamp' }] },
      { source: 'ndjson', ids: ['arxiv:2611.00002' as never], title: 'Lights', authors: [{ name: 'Albert Lamp' }] },
    ])
    const { text, actions, reply } = await bot.ask('author A. Lamp')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('Which one?')
    expect(actions).toEqual([
      { label: expect.any(String), command: expect.stringMatching(/^author (Anna|Albert) Lamp$/) },
      { label: expect.any(String), command: expect.stringMatching(/^author (Anna|Albert) Lamp$/) },
    ])
    expect((await bot.ask('author Albert Lamp')).ids).toEqual(['2611.00002'])
  })

  test.each(['Eric Michaud', 'E. J. Michaud', 'Michaud, Eric J.', 'ERIC J. MICHAUD', 'Michaud Eric', 'Michaud', 'eric j. mich'])(
    '%s is found',
    async (name) => expect((await bot.ask(`author ${name}`)).ids).toHaveLength(15),
  )

  test('a name nobody has hints at the nearest', async () =>
    expect(await bot.fail('author Eric Michaut')).toMatch(
      /^not-found \| No paper here is by “Eric Michaut”\. \| Did you mean Eric J\. Michaud\?/,
    ))

  test('an ORCID is found where papers carry it, bare or as a link', async () => {
    const authors = [{ name: 'Ida Orchid', orcid: '0000-0002-1825-0097' }]
    await bot.put([{ source: 'ndjson', ids: ['arxiv:2611.00003' as never], title: 'Orchids', authors }])
    expect((await bot.ask('author 0000-0002-1825-0097')).ids).toEqual(['2611.00003'])
    expect((await bot.ask('author https://orcid.org/0000-0002-1825-0097')).text).toContain('ORCID 0000-0002-1825-0097')
    expect(await bot.fail('author 0000-0001-5109-3700')).toMatch(/^not-found/)
  })

  test('citations come before a source’s own order, and papers with neither by date', async () => {
    const authors = [{ name: 'Cora Cited' }]
    const paper = (id: string, more: object) => ({
      source: 'ndjson' as const,
      ids: [id as never] as [never],
      title: `Cited ${id}`,
      authors,
      ...more,
    })
    await bot.put([
      paper('arxiv:2601.00001', { published: '2026-01-01' }),
      paper('arxiv:2601.00002', { published: '2026-01-02' }),
      paper('arxiv:2601.00003', { rank: 2 }),
      paper('arxiv:2601.00004', { rank: 1 }),
      paper('arxiv:2601.00005', { citations: 3 }),
      paper('arxiv:2601.00006', { citations: 30 }),
    ])
    expect((await bot.ask('author Cora Cited')).ids.map((id) => id.at(-1))).toEqual(['6', '5', '4', '3', '2', '1'])
  })
})

describe('paper', () => {
  test('is a full card with what can be done with it', async () => {
    const { reply, actions } = await bot.ask('paper 2303.13506')
    expect(reply.blocks[0]).toMatchObject({ kind: 'card', form: 'full' })
    expect(actions.map((action) => 'command' in action && action.command)).toEqual([
      'related 2303.13506',
      'save 2303.13506',
      'export bibtex 2303.13506',
      'follow author Eric J. Michaud',
      'follow author Ziming Liu',
      'follow author Uzay Girit',
    ])
  })

  test('a title that several papers fit names them', async () =>
    expect(await bot.fail('paper open problems')).toMatch(/^wrong-input \| 2 papers have .*2501\.16496.*Mechanistic/))

  test('a title that none has names the nearest', async () =>
    expect(await bot.fail('paper grokking zebrafish')).toMatch(
      /^not-found \| No paper here has the title .*Omnigrok|^not-found .*Grokking/,
    ))

  test.each([
    ['1901.00001', /^not-found \| The paper 1901\.00001 is not known here/],
    ['https://example.org/moths', /^wrong-input \| This link does not name a paper/],
    ['2513.00001', /^wrong-input \| “2513\.00001” looks like an arXiv id, but there is no such id\./],
    ['…', /^wrong-input/],
  ])('%s is refused with the mend', async (reference, expected) => expect(await bot.fail(`paper ${reference}`)).toMatch(expected))
})

describe('related', () => {
  test('shows near papers, never the paper itself, each with why', async () => {
    const { ids, reply } = await bot.ask('related 2205.10343')
    expect(ids).toContain('2210.01117')
    expect(ids).not.toContain('2205.10343')
    for (const block of reply.blocks) {
      if (block.kind === 'card') expect(block.why?.map((span) => span.text).join('')).toMatch(/shares “|by the same/)
    }
  })
})

describe('trending', () => {
  const recent = (id: string, published: string, more: object = {}) => ({
    source: 'ndjson' as const,
    ids: [`arxiv:${id}` as never] as [never],
    title: `Trend ${id}`,
    authors: [{ name: 'Tina Trend' }],
    categories: ['math.CO'],
    published,
    ...more,
  })

  test('goes by date, and says so, where nothing has a score', async () => {
    await bot.put([recent('2611.10001', '2026-11-20'), recent('2611.10002', '2026-11-21'), recent('2611.10003', '2026-11-01')])
    const { ids, text } = await bot.ask('trending math.CO')
    expect(ids).toEqual(['2611.10002', '2611.10001'])
    expect(text).toContain('newest come first')
    expect((await bot.ask('trending month math.co')).ids).toHaveLength(3)
  })

  test('goes by score where there are scores', async () => {
    await bot.put([
      recent('2611.20001', '2026-11-20', { categories: ['math.AG'], score: 10 }),
      recent('2611.20002', '2026-11-19', { categories: ['math.AG'], score: 90 }),
    ])
    expect((await bot.ask('trending math.AG week')).ids).toEqual(['2611.20002', '2611.20001'])
  })

  test('with nothing in the time shows the newest and a longer time', async () => {
    const { text, ids } = await bot.ask('trending stat.ML')
    expect(text).toContain('No paper of stat.ML from the last week')
    expect(ids).toEqual(['2604.21691'])
  })

  test('a badge that several categories have is asked about', async () => {
    expect(await bot.fail('trending CO')).toContain('“CO” may be math.CO, astro-ph.CO or stat.CO')
    expect((await bot.ask('trending ML')).text).toContain('stat.ML')
  })

  test('a category nobody has names the nearest', async () =>
    expect(await bot.fail('trending cs.LH')).toMatch(/^wrong-input .*cs\.L/))
})
