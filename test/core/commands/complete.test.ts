import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complete } from '#core/commands/complete.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
  await bot.ask('follow topic moths')
})
afterAll(() => bot[Symbol.asyncDispose]())

test.each([
  ['sea', ['search ']],
  ['/pap', ['/papers ']],
  ['/papers sea', ['/papers search ']],
  ['foll', ['follow ', 'following ']],
  ['follow ', ['follow author ', 'follow topic ', 'follow category ', 'follow feed ']],
  ['follow t', ['follow topic ']],
  ['digest w', ['digest weekly ']],
  ['author Eric', ['author Eric J. Michaud']],
  ['author eric j. m', ['author Eric J. Michaud']],
  ['author michaud', ['author Eric J. Michaud']],
  ['author Eric J. Michaud --o', ['author Eric J. Michaud --order ']],
  ['author Eric J. Michaud --order d', ['author Eric J. Michaud --order date']],
  ['follow category cs.L', ['follow category cs.LG', 'follow category cs.LO']],
  ['follow category machine le', ['follow category cs.LG', 'follow category stat.ML']],
  ['digest weekly fri', ['digest weekly friday']],
  ['digest weekly --zone "new york', ['digest weekly --zone America/New_York']],
  ['digest weekly --zone berl', ['digest weekly --zone Europe/Berlin']],
  ['digest weekly friday --zone=Europe/Berl', ['digest weekly friday --zone=Europe/Berlin']],
  ['trending mo', ['trending month']],
  ['unfollow mo', ['unfollow moths']],
  ['help follow t', ['help follow topic']],
  ['search grok', []],
  ['nonsense ', []],
])('“%s” goes on as %j', async (line, expected) => expect(await complete(line, bot.context)).toEqual(expected))

test('nothing typed offers every command', async () => {
  const all = await complete('', bot.context)
  expect(all).toEqual(expect.arrayContaining(['search ', 'author ', 'follow ', 'help ']))
})

test('whatever is typed, each offer goes on from it and none fails', async () => {
  const word = fc.oneof(
    fc.constantFrom('author', 'follow', 'digest', 'weekly', '--zone', '--', '"', '/papers', 'unfollow'),
    fc.string({ maxLength: 10 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
      const line = words.join(' ')
      const lastSpace = line.lastIndexOf(' ')
      for (const offer of await complete(line, bot.context)) expect(offer.length).toBeGreaterThan(Math.min(lastSpace, 0))
    }),
    { numRuns: 50 },
  )
})
