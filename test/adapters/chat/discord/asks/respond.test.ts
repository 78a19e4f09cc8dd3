import { describe, expect, test } from 'vitest'
import { listenToCommands } from '#adapters/chat/discord/asks/command.ts'
import { listenToComponents } from '#adapters/chat/discord/asks/component.ts'
import { BUSY } from '#adapters/chat/lanes.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Block } from '#core/reply.ts'
import { aCommand, aDiscord, aPress, type Call, failing, inWords, saying } from '#test/adapters/chat/discord/a-discord.ts'

const PAGE = { offset: 5, total: 20, next: 'search moths --page 3', previous: 'search moths' }

/** An answer that is held back until it is let go. */
function held(answer: Answer) {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  return { answer: () => promise, letGo: () => resolve(answer) }
}

describe('an answer that is there at once', () => {
  test.each([
    ['public', saying('Yes.'), 'reply'],
    ['private', saying('Yes.', { visibility: 'private' }), 'reply alone'],
    ['a mistake', failing('No.'), 'reply alone'],
  ])('is one call: %s', async (_, answer, said) => {
    await using discord = await aDiscord(listenToCommands, { answer: async () => answer })
    discord.receive(aCommand())
    expect((await discord.done()).map(inWords)).toEqual([said])
  })

  test('mentions nobody', async () => {
    await using discord = await aDiscord(listenToCommands, {})
    discord.receive(aCommand())
    const [call] = await discord.done()
    expect(call?.body.data.allowed_mentions).toEqual({ parse: [] })
  })
})

describe.concurrent('an answer that takes long', () => {
  test.each([
    ['public, where that was to be expected', 'author', saying('Yes.'), ['defer', 'edit']],
    ['private, where that was to be expected', 'help', saying('Yes.', { visibility: 'private' }), ['defer alone', 'edit']],
    ['a mistake, which nobody else sees', 'author', failing('No.'), ['defer', 'delete', 'follow up alone']],
    ['a mistake of what is private', 'help', failing('No.'), ['defer alone', 'edit']],
    ['public against expectation', 'help', saying('Yes.'), ['defer alone', 'delete', 'follow up']],
  ] as const)('is told to come, then said: %s', async (_, sub, answer, said) => {
    const { answer: ask, letGo } = held(answer)
    await using discord = await aDiscord(listenToCommands, { answer: ask })
    discord.receive(aCommand(sub))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(said)
  })

  test('is told to come while it waits for its turn', async () => {
    const { answer, letGo } = held(saying('Yes.'))
    await using discord = await aDiscord(listenToCommands, { answer, lane: { atOnce: 1, waiting: 5 } })
    discord.receive(aCommand('author'))
    discord.receive(aCommand('author'))
    expect((await discord.called(2)).map(inWords)).toEqual(['defer', 'defer'])
    letGo()
    expect((await discord.done()).map(inWords).toSorted()).toEqual(['defer', 'defer', 'edit', 'edit'])
  })

  test.each([
    ['another process answered it', 40_060],
    ['it is too late', 10_062],
  ])('is not asked for any more once Discord says, while it waits for its turn, that %s', async (_, code) => {
    const first = held(saying('First.'))
    await using discord = await aDiscord(listenToCommands, {
      answer: first.answer,
      lane: { atOnce: 1, waiting: 10 },
      refuses: ({ body }) => (body.type === 5 ? { status: 400, code } : undefined),
    })
    discord.receive(aCommand())
    discord.receive(aCommand())
    await discord.called(2)
    await expect.poll(() => discord.logged.length).toBe(2)
    first.letGo()
    await discord.done()
    expect(discord.asked).toHaveLength(1)
  })

  test('is told to come at once where many are under way', async () => {
    const { answer, letGo } = held(saying('Yes.'))
    await using discord = await aDiscord(listenToCommands, { answer })
    for (let many = 0; many < 8; many++) discord.receive(aCommand('author'))
    discord.receive(aCommand('help'))
    const [first] = await discord.called(1)
    expect(first && inWords(first)).toBe('defer alone')
    letGo()
    await discord.done()
  })

  test('is tried again where Discord fails, since an edit can be', async () => {
    const { answer, letGo } = held(saying('Yes.'))
    let failures = 2
    const refuses = ({ to }: Call) => (to === 'original' && failures-- > 0 ? { status: 502 } : undefined)
    await using discord = await aDiscord(listenToCommands, { answer, refuses })
    discord.receive(aCommand('author'))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(['defer', 'edit', 'edit', 'edit'])
  })

  test('is taken back once, whether or not that is said to have worked', async () => {
    const { answer, letGo } = held(failing('No.'))
    let deletes = 0
    const refuses = ({ method }: Call) => {
      if (method !== 'DELETE') return undefined
      deletes++
      return deletes === 1 ? ('lost' as const) : { status: 404, code: 10_008 }
    }
    await using discord = await aDiscord(listenToCommands, { answer, refuses })
    discord.receive(aCommand('author'))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(['defer', 'delete', 'delete', 'follow up alone'])
  })

  test('of a page shows nothing meanwhile, and takes the place of the one before', async () => {
    const { answer, letGo } = held(saying('Page 2', { page: PAGE }))
    await using discord = await aDiscord(listenToComponents, { answer })
    discord.receive(aPress('0>|search moths --page 2', 'Next'))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(['defer update', 'edit'])
  })

  test('of a page that fails is said beside it', async () => {
    const { answer, letGo } = held(failing('No.'))
    await using discord = await aDiscord(listenToComponents, { answer })
    discord.receive(aPress('0>|search moths --page 2', 'Next'))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(['defer update', 'follow up alone'])
  })
})

describe('a press', () => {
  test('on a page’s neighbour takes its place', async () => {
    await using discord = await aDiscord(listenToComponents, { answer: async () => saying('Page 2', { page: PAGE }) })
    discord.receive(aPress('0>|search moths --page 2', 'Next'))
    expect((await discord.done()).map(inWords)).toEqual(['update'])
  })

  test('on a page’s neighbour that only they may see leaves what all see', async () => {
    const answer = async () => saying('Page 2', { page: PAGE, visibility: 'private' })
    await using discord = await aDiscord(listenToComponents, { answer })
    discord.receive(aPress('0>|following --page 2', 'Next'))
    expect((await discord.done()).map(inWords)).toEqual(['reply alone'])
  })

  test('turns pages that they alone see', async () => {
    const answer = async () => saying('Page 2', { page: PAGE, visibility: 'private' })
    await using discord = await aDiscord(listenToComponents, { answer })
    discord.receive(aPress('0>|following --page 2', 'Next', { flags: 32_768 | 64 }))
    expect((await discord.done()).map(inWords)).toEqual(['update'])
  })

  test('that asks for a list leaves the alert where it is', async () => {
    await using discord = await aDiscord(listenToComponents, { answer: async () => saying('Page 1', { page: PAGE }) })
    discord.receive(aPress('0|author Eric J. Michaud', 'Author'))
    expect((await discord.done()).map(inWords)).toEqual(['reply'])
  })
})

describe('what Discord does not take', () => {
  test.each([
    [10_062, 404],
    [40_060, 400],
    [50_027, 401],
  ])('is logged where nothing more can be said: %s', async (code, status) => {
    await using discord = await aDiscord(listenToCommands, { refuses: () => ({ status, code }) })
    discord.receive(aCommand())
    expect((await discord.done()).map(inWords)).toEqual(['reply'])
    expect(discord.logged.map(({ level }) => level)).toEqual(['warn'])
  })

  test('is excused to the person alone where it can be', async () => {
    const refuses = ({ body }: Call) => (JSON.stringify(body).includes('Yes.') ? { status: 400, code: 50_035 } : undefined)
    await using discord = await aDiscord(listenToCommands, { refuses })
    discord.receive(aCommand())
    expect((await discord.done()).map(inWords)).toEqual(['reply', 'reply alone'])
    expect(JSON.stringify(discord.calls[1]?.body)).toContain('did not take the answer')
  })

  test('is said once more where Discord failed', async () => {
    let failures = 1
    await using discord = await aDiscord(listenToCommands, { refuses: () => (failures-- > 0 ? { status: 500 } : undefined) })
    discord.receive(aCommand())
    expect((await discord.done()).map(inWords)).toEqual(['reply', 'reply'])
    expect(discord.logged).toEqual([])
  })
})

describe('what Discord does not say whether it took', () => {
  /** Loses the receipt of the first call; says of the second that there was one before, where the first arrived. */
  const losing = (arrived: boolean) => {
    let count = 0
    return () => {
      count++
      if (count === 1) return 'lost' as const
      return count === 2 && arrived ? { status: 400, code: 40_060 } : undefined
    }
  }

  test.each([true, false])('is said again, and not excused, whether it arrived or not: %s', async (arrived) => {
    await using discord = await aDiscord(listenToCommands, { refuses: losing(arrived) })
    discord.receive(aCommand())
    expect((await discord.done()).map(inWords)).toEqual(['reply', 'reply'])
    expect(discord.logged).toEqual([])
  })

  test.each([true, false])(
    'is said again within three seconds where Discord hangs, whether it arrived or not: %s',
    async (arrived) => {
      const begun = performance.now()
      let calls = 0
      const refuses = () => (++calls === 1 ? 'hangs' : arrived ? { status: 400, code: 40_060 } : undefined)
      await using discord = await aDiscord(listenToCommands, { refuses })
      discord.receive(aCommand())
      expect((await discord.done()).map(inWords)).toEqual(['reply', 'reply'])
      expect(performance.now() - begun).toBeLessThan(3000)
      expect(discord.logged).toEqual([])
    },
  )

  test('is followed by the answer, where it was that one comes', async () => {
    const { answer, letGo } = held(saying('Yes.'))
    await using discord = await aDiscord(listenToCommands, { answer, refuses: losing(true) })
    discord.receive(aCommand('author'))
    await discord.called(1)
    letGo()
    expect((await discord.done()).map(inWords)).toEqual(['defer', 'defer', 'edit'])
  })
})

test('what may be another process’s to answer is neither done nor answered', async () => {
  let isOurs = false
  await using discord = await aDiscord(listenToCommands, { isOurs: () => isOurs })
  discord.receive(aCommand())
  expect(await discord.done()).toEqual([])
  expect(discord.asked).toEqual([])
  isOurs = true
  discord.receive(aCommand())
  expect((await discord.done()).map(inWords)).toEqual(['reply'])
  expect(discord.asked).toHaveLength(1)
})

test('where too much waits, it is said at once, to the person alone', async () => {
  const { answer, letGo } = held(saying('Yes.'))
  await using discord = await aDiscord(listenToCommands, { answer, lane: { atOnce: 0, waiting: 0 } })
  discord.receive(aCommand())
  letGo()
  const [call, ...more] = await discord.done()
  expect(call && inWords(call)).toBe('reply alone')
  expect(JSON.stringify(call?.body)).toContain(BUSY)
  expect(more).toEqual([])
})

test('five messages are said, and that the rest is left out', async () => {
  const long = Array.from({ length: 9 }, (): Block => ({ kind: 'prose', spans: [{ text: 'moth '.repeat(700) }] }))
  const answer = async () => saying('', { blocks: long })
  await using discord = await aDiscord(listenToCommands, { answer })
  discord.receive(aCommand('author', { authorizing_integration_owners: { 1: '5000000000000000001' } }))
  const calls = await discord.done()
  expect(calls.map(inWords)).toEqual(['reply', 'follow up', 'follow up', 'follow up', 'follow up'])
  expect(JSON.stringify(calls.at(-1)?.body)).toContain('left out here, since it would be more than five messages')
})

test('what is to be copied comes as a file beside the text, and alone where it is long', async () => {
  const code = (text: string): Block => ({ kind: 'code', text, language: 'bibtex' })
  const answers = [
    saying('', { blocks: [code('@article{moth}')] }),
    saying('', { blocks: [code('@article{moth}\n'.repeat(1000))] }),
  ]
  await using discord = await aDiscord(listenToCommands, { answer: async () => answers.shift() ?? failing('No.') })
  for (const expected of [['@article{moth}', 'papers.bib'], ['papers.bib']]) {
    discord.receive(aCommand('author'))
    const call = (await discord.done()).at(-1)
    expect(call?.files).toBe(true)
    const shown = JSON.stringify(call?.body.data.components)
    for (const text of expected) expect(shown).toContain(text)
    expect(shown.includes('@article')).toBe(expected.length === 2)
  }
})
