import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
afterAll(() => bot[Symbol.asyncDispose]())
beforeEach(() => bot.enterNewChannel())

const followed = async () =>
  (await bot.context.store.subscriptions.ofDestination(bot.context.destination)).map(({ target, cadence }) => ({
    target,
    cadence,
  }))

test('shows what the feed is, how much it brings and its last entries, before it saves', async () => {
  const { text, actions, reply } = await bot.ask('follow feed lab.example/feed#top', { confirm: 'ask' })
  expect(text).toContain('Lab notes has 3 entries; 1 more cannot be read.')
  expect(text).toContain('https://lab.example/feed')
  expect(text).toContain('To expect: about 7 papers a week, at most 1 a day.')
  expect(text).toContain('Its last 3:')
  expect(text).toContain('Post of 0 days ago')
  expect(text).toContain('Nov 21')
  expect(reply.visibility).toBe('private')
  expect(await followed()).toEqual([])
  const yes = actions.find((action) => 'primary' in action)
  expect(yes).toMatchObject({ command: 'follow feed https://lab.example/feed --cadence both --confirm yes' })
  const { text: after } = await bot.ask((yes as { command: string }).command, { confirm: 'ask' })
  expect(after).toContain('Followed here now, by Ada: the feed Lab notes. New papers come at once and in the digest.')
  expect(await followed()).toEqual([
    { target: { kind: 'feed', url: 'https://lab.example/feed', name: 'Lab notes' }, cadence: 'both' },
  ])
})

test('follows the feed that a page names, once whatever its title has become', async () => {
  await bot.ask('follow feed https://lab.example/page')
  expect((await followed()).map(({ target }) => target)).toEqual([
    { kind: 'feed', url: 'https://lab.example/feed', name: 'Lab notes' },
  ])
  const feeds = { look: async (url: string) => ({ ...(await bot.context.feeds.look(url)), title: 'Renamed' }) }
  const { text } = await bot.ask('follow feed lab.example/feed', { feeds })
  expect(text).toContain('is followed here already')
  expect((await bot.ask('follow feed lab.example/feed --cadence digest')).text).toContain('in the digest now')
  expect(await followed()).toHaveLength(1)
})

test.for(['https://rss.arxiv.org/rss/cs.LG', 'https://lab.example/arxiv'])('%s becomes a category', async (address) => {
  await bot.ask(`follow feed ${address} --cadence digest`)
  expect(await followed()).toEqual([{ target: { kind: 'category', category: 'cs.LG' }, cadence: 'digest' }])
})

test('says in words why a feed cannot be followed, and saves nothing', async () => {
  expect(await bot.fail('follow feed lab.example/missing')).toContain('source | lab.example has nothing at /missing.')
  expect(await bot.fail('follow feed autoencoders')).toContain('wrong-input | “autoencoders” is no address of a feed.')
  expect(await bot.fail('follow feed')).toContain('needs')
  expect(await followed()).toEqual([])
})

test('a feed without title, entries or dates is named by its host', async () => {
  const { text } = await bot.ask('follow feed lab.example/empty')
  expect(text).toContain('lab.example has no entries now.')
  expect(text).toContain('nothing can be foretold')
  expect(text).toContain('the feed lab.example')
})

test('a followed feed is listed, and taken away by its name, its address or its number', async () => {
  for (const way of ['Lab notes', 'the feed lab notes', 'lab.example/feed', 'https://lab.example/feed', '1']) {
    await bot.ask('follow feed lab.example/feed')
    expect((await bot.ask('following')).text).toContain('the feed Lab notes')
    expect((await bot.ask(`unfollow ${way}`)).text).toContain('stopped following the feed Lab notes')
  }
})
