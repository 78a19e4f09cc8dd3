import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SourceError } from '#core/errors.ts'
import { aRecord } from '#test/builders.ts'
import { type ACatalogue, aCatalogue } from '#test/core/finder/a-catalogue.ts'
import { type Bot, openBot } from './bot.ts'

const MOTHS = aRecord({
  source: 'arxiv-api',
  ids: ['arxiv:2401.00001'],
  title: 'Moths around a lamp',
  published: '2024-01-01',
  authors: ['Vera Rubin', 'Ada Byron'],
})

let arxiv: ACatalogue
let bot: Bot
beforeEach(async () => {
  arxiv = aCatalogue()
  bot = await openBot({ catalogues: [arxiv] })
})
afterEach(() => bot[Symbol.asyncDispose]())

describe('what is not known here is asked of the source', () => {
  beforeEach(() => arxiv.answers([MOTHS]))

  test.each([
    ['paper 2401.00001', 'Moths around a lamp'],
    ['https://arxiv.org/abs/2401.00001', 'Moths around a lamp'],
    ['lookup see 2401.00001 and 2303.13506', '2 papers named here'],
    ['related 2401.00001', 'Moths around a lamp'],
    ['export bibtex 2401.00001', 'title = {Moths around a lamp}'],
    ['save 2401.00001', 'saved Moths around a lamp'],
    ['vote 2401.00001', 'Your vote for Moths around a lamp is given'],
    ['author Vera Rubin', '1 paper · 2024 · cs.LG 1'],
    ['follow author Vera Rubin', 'Followed here now, by Ada'],
    ['search moths', '1 paper for moths'],
  ])('by “%s”', async (line, shown) => {
    const { text } = await bot.ask(line)
    expect(text).toContain(shown)
    expect(arxiv.asked).toHaveLength(1)
    await bot.ask(line)
    expect(arxiv.asked).toHaveLength(1)
  })

  test.each(['why 2401.00001', 'follow topic moths', 'trending', 'saved'])('but not by “%s”', async (line) => {
    await bot.ask(line)
    expect(arxiv.asked).toEqual([])
  })

  test.each(['unsave 2401.00001', 'export bibtx', 'them 2401.00001 --answer yes'])('nor by “%s”', async (line) => {
    await bot.fail(line)
    expect(arxiv.asked).toEqual([])
  })

  test('and a search that finds it there says so', async () =>
    expect((await bot.ask('search moths')).text).toContain(
      'Nothing here matched. arXiv was asked, too: these are the most fitting.',
    ))
})

describe('where the source knows nothing either', () => {
  test.each([
    ['paper 2401.00001', 'not-found | arXiv has no paper 2401.00001. | Check the id'],
    ['lookup 2401.00001', 'not-found | 2401.00001 is not known here. | arXiv was asked, too.'],
    ['author Vera Rubin', 'not-found | No paper here is by “Vera Rubin”. | arXiv was asked, too. Check'],
    ['follow author Vera Rubin', 'not-found | No paper here is by “Vera Rubin”. | arXiv was asked, too. Check'],
  ])('“%s” says so', async (line, said) => expect(await bot.fail(line)).toContain(said))

  test('a search says so, and what to try', async () => {
    const { text } = await bot.ask('search grokking moths')
    expect(text).toMatch(/^No paper matches grokking moths\.\n\nTry grokking \(\d+ papers?\)\.\n\narXiv was asked, too\.\n\n/)
  })

  test('of several papers those are shown that are known here', async () =>
    expect((await bot.ask('lookup 2401.00001 and 2303.13506')).text).toContain(
      'Not known here: 2401.00001. arXiv was asked, too.',
    ))
})

describe('where the source cannot be asked', () => {
  beforeEach(() => arxiv.answers(new SourceError('No.')))

  test.each([
    [
      'paper 2401.00001',
      'not-found | The paper 2401.00001 is not known here. | arXiv could not be asked: ask again later. Check',
    ],
    ['lookup 2401.00001', 'not-found | 2401.00001 is not known here. | arXiv could not be asked.'],
    ['author Vera Rubin', 'not-found | No paper here is by “Vera Rubin”. | arXiv could not be asked: ask again later. Check'],
  ])('“%s” says so', async (line, said) => expect(await bot.fail(line)).toContain(said))

  test.each(['author Isaac Liao', 'follow author Tom McGrath'])('“%s” is answered from what is known here', async (line) =>
    expect((await bot.ask(line)).text).toContain('arXiv could not be asked, so this is what is known here.'),
  )

  test('a search says so, and speaks of what is here alone', async () => {
    const { text } = await bot.ask('search moths')
    expect(text).toContain('No paper here matches moths.')
    expect(text).toContain('arXiv could not be asked.')
  })

  test('a name that nobody knows is followed all the same, on a second word', async () =>
    expect((await bot.ask('follow author Vera Rubin --confirm yes')).text).toContain('Vera Rubin has no paper here yet.'))
})
