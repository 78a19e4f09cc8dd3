import { expect, test } from 'vitest'
import { commandName } from '#core/commands/command.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { usage } from '#core/commands/help.ts'
import { commands } from '#core/commands/registry.ts'
import { aDestination } from '#test/builders.ts'

const wordsOf = async (line: string) => {
  const answer = await dispatch({ line }, { destination: aDestination() } as never)
  return JSON.stringify(answer)
}

test('help names every command', async () => {
  const words = await wordsOf('help')
  for (const command of commands) {
    expect(words).toContain(commandName(command))
    expect(words).toContain(command.summary)
  }
})

test('help of everything shows no option that is given by name alone, and how each begins in a channel', async () => {
  const words = await wordsOf('help')
  expect(words).toContain('"follow topic <query>"')
  expect(words).not.toContain('[--')
  expect(words).toContain('In a channel, ')
})

test('help of a group names its commands', async () => {
  const words = await wordsOf('help digest')
  expect(words).toContain('digest weekly')
  expect(words).not.toContain('follow topic')
})

test.each(['/papers follow topic', '/follow topic', 'FOLLOW  TOPIC'])('help %s is understood', async (name) =>
  expect(await wordsOf(`help ${name}`)).toContain('Follow all new papers that a search would find'),
)

test('help of what is no command names the nearest', async () =>
  expect(await wordsOf('help serch')).toContain('Try: help search'))

test('usage shows what has to be given, and what may be', () => {
  const lines = commands.map(usage)
  expect(lines).toContain('search <query> [--page …]')
  expect(lines).toContain('follow topic <query> [--cadence now|digest|both] [--for here|thread|me] [--confirm yes]')
  expect(lines).toContain('export [bibtex|ris|csl] [paper]')
})

test.each([
  ['serch grokking', 'The nearest is search, for example: search grokking representation'],
  ['tending', 'The nearest is trending'],
  ['weekly', 'The nearest is digest weekly'],
  ['what is grokking?', 'or to look for these words: search what is grokking?'],
  ['How do I follow an author?', 'Type help to see all commands'],
  ['zebrafish moths', 'Type help to see all commands, or to look for these words: search zebrafish moths'],
])('“%s” is answered with what to type instead', async (line, expected) => expect(await wordsOf(line)).toContain(expected))

test.each(['hi', 'Hello!', 'hey there', 'Good morning, Paperboy'])('“%s” is greeted, with what to try', async (line) => {
  const answer = await wordsOf(line)
  expect(answer).toContain('"visibility":"private"')
  expect(answer).toContain('search grokking representation')
})

test.each(['thanks', 'Thank you!', 'thx :)'])('“%s” is taken kindly', async (line) =>
  expect(await wordsOf(line)).toContain('You are welcome.'),
)
