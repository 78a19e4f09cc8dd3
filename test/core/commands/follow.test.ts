import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
beforeEach(() => bot.enterNewChannel())
afterAll(() => bot[Symbol.asyncDispose]())

const followed = async () =>
  (await bot.context.store.subscriptions.ofDestination(bot.context.destination)).map(({ target }) => target)

describe('follow', () => {
  test('in a pipe says what to expect, then saves', async () => {
    const { text, reply } = await bot.ask('follow topic "sparse autoencoder"')
    expect(text).toContain('To expect:')
    expect(text).toContain(
      'Followed here now, by Ada: the topic "sparse autoencoder". New papers come at once and in the digest.',
    )
    expect(reply.visibility).toBe('public')
    expect(await followed()).toEqual([{ kind: 'topic', query: '"sparse autoencoder"' }])
  })

  test('where a person can answer it asks first, and its button saves', async () => {
    const asked = await bot.ask('follow author Eric J. Michaud', { confirm: 'ask' })
    expect(asked.reply.visibility).toBe('private')
    expect(asked.text).toContain('15 papers · 2020–2026')
    expect(asked.text).toContain('Nothing is saved yet')
    expect(await followed()).toEqual([])
    const yes = asked.actions.find((action) => 'command' in action && action.primary)
    expect(yes).toMatchObject({ label: 'Follow', command: 'follow author Eric J. Michaud --cadence both --confirm yes' })
    await bot.ask('follow author Eric J. Michaud --cadence both --confirm yes', { confirm: 'ask' })
    expect(await followed()).toEqual([{ kind: 'author', key: 'eric j michaud', name: 'Eric J. Michaud' }])
  })

  test('the same again says since when and by whom; another cadence changes it', async () => {
    await bot.ask('follow category lg --cadence digest')
    expect(await followed()).toEqual([{ kind: 'category', category: 'cs.LG' }])
    const again = await bot.ask('follow category cs.LG')
    expect(again.text).toContain('is followed here already, since Nov 22, by Ada: new papers come in the digest')
    const changed = await bot.ask('follow category cs.LG --cadence now')
    expect(changed.text).toContain('Ada changed how new papers of the category cs.LG come: at once now.')
    expect(await followed()).toHaveLength(1)
  })

  test('equal topics are one, however they are written', async () => {
    await bot.ask('follow topic  grokking   representation')
    expect((await bot.ask('follow topic grokking representation sort:recent')).text).toContain('already')
    expect(await followed()).toHaveLength(1)
  })

  test('of several people it is asked who is meant, and the cadence is kept', async () => {
    const { actions, text } = await bot.ask('follow author Liu --cadence digest')
    expect(text).toContain('Several people may be meant by Liu. Which one?')
    expect(actions).toContainEqual({ label: 'Yizhou Liu', command: 'follow author Yizhou Liu --cadence digest' })
    expect(await followed()).toEqual([])
  })

  test('a name that no paper carries is followed only on a second word', async () => {
    expect(await bot.fail('follow author Nora Nobody')).toMatch(/^not-found .*--confirm yes$/)
    await bot.ask('follow author Nora Nobody --confirm yes')
    expect(await followed()).toEqual([{ kind: 'author', key: 'nora nobody', name: 'Nora Nobody' }])
  })

  test.each([
    ['follow topic', /needs a query/],
    ['follow topic (grokking', /wrong-input/],
    ['follow grokking', /after “follow” comes author, topic or category.*follow topic grokking/],
    ['follow category cs.XX', /“cs\.XX” is not a category/],
    ['follow topic grokking --cadence hourly', /“hourly” is not a cadence: it is now, digest or both/],
    ['follow topic sort:recent', /needs at least one word/],
  ])('“%s” is refused with the mend', async (line, expected) => {
    expect(await bot.fail(line)).toMatch(expected)
    expect(await followed()).toEqual([])
  })

  test('another channel follows for itself', async () => {
    await bot.ask('follow topic grokking')
    const elsewhere = { destination: { ...bot.context.destination, channel: 'other' } }
    expect((await bot.ask('following', elsewhere)).text).toContain('Nothing is followed here yet')
  })
})

describe('the forecast', () => {
  const paper = (id: number, published: string, title: string) => ({
    source: 'ndjson' as const,
    ids: [`arxiv:2611.${String(id).padStart(5, '0')}` as never] as [never],
    title,
    authors: [{ name: 'Ada Byron' }],
    published,
  })

  test('counts the last four weeks, the busiest day and the word that causes most', async () => {
    const days = Array.from({ length: 28 }, (_, at) => Temporal.PlainDate.from('2026-10-26').add({ days: at }).toString())
    const moths = days.map((day, at) => paper(at + 1, day, 'Moths'))
    const extra = ['2026-11-10', '2026-11-10', '2026-11-11', '2026-11-12'].map((day, at) => paper(at + 101, day, 'Lamps'))
    await using bot = await openBot({ sample: false })
    await bot.put([...moths, ...extra])
    const { text } = await bot.ask('follow topic moths OR lamps')
    expect(text).toContain('To expect: about 8 papers a week, at most 3 a day; “moths” causes 88 %.')
  })

  test('a store that began last week is not taken for a quiet one', async () => {
    const week = Array.from({ length: 7 }, (_, at) => paper(at + 1, `2026-11-${16 + at}`, 'Moths'))
    await using bot = await openBot({ sample: false })
    await bot.put(week)
    expect((await bot.ask('follow topic moths')).text).toContain('about 7 papers a week, at most 1 a day')
  })

  test('says so where nothing recent is known', async () =>
    expect((await bot.ask('follow topic grokking')).text).toMatch(
      /no paper of the last 28 days is known here, so nothing can be foretold; \d papers of all known fit/,
    ))
})

describe('following and unfollow', () => {
  beforeEach(async () => {
    for (const line of ['follow topic moths', 'follow author Max Tegmark', 'follow category stat.ML', 'follow topic lamps'])
      await bot.ask(line)
  })

  test('the list has numbers, owner, cadence and last match', async () => {
    const { text, reply } = await bot.ask('following')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('4 subscriptions here')
    expect(text).toContain(' · at once and in the digest · by Ada since Nov 22 · no match yet')
  })

  test.each([
    ['2', 3],
    ['1 3', 2],
    ['1, 2 and 4', 1],
    ['2-4', 1],
    ['all', 0],
    ['Max Tegmark', 3],
    ['tegmark, max', 3],
    ['topic moths', 3],
    ['STAT.ML', 3],
  ])('“%s” leaves %i', async (target, left) => {
    const { text } = await bot.ask(`unfollow ${target}`)
    expect(text).toContain('Ada stopped following')
    expect(await followed()).toHaveLength(left)
  })

  test.each([
    ['9', 'There is no number 9: 4 subscriptions here.'],
    ['0', 'There is no number 0'],
    ['mots', '“mots” is not followed here. | Did you mean moths?'],
  ])('“%s” is refused and changes nothing', async (target, expected) => {
    expect(await bot.fail(`unfollow ${target}`)).toContain(expected)
    expect(await followed()).toHaveLength(4)
  })

  test('all is asked back where a person can answer', async () => {
    const { actions } = await bot.ask('unfollow all', { confirm: 'ask' })
    expect(await followed()).toHaveLength(4)
    expect(actions[0]).toMatchObject({ command: 'unfollow all --confirm yes' })
    await bot.ask('unfollow all --confirm yes', { confirm: 'ask' })
    expect(await followed()).toHaveLength(0)
  })
})
