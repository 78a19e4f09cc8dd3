import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, commandName, defineCommand } from '#core/commands/command.ts'
import { parseLine, splitWords } from '#core/commands/command-line.ts'
import { commands as all } from '#core/commands/registry.ts'
import { UserInputError } from '#core/errors.ts'

const answer = async () => ({ visibility: 'private' as const, blocks: [] })

const look = defineCommand({
  path: ['look'],
  summary: 'Look for something',
  examples: ['look moths'],
  options: z.object({
    query: z.string().meta({ description: 'What to look for' }),
    page: z.coerce.number().int().min(1).default(1).meta({ description: 'Which page' }),
  }),
  positional: ['query'],
  run: answer,
})
const post = defineCommand({
  path: ['post', 'weekly'],
  summary: 'Post each week',
  examples: ['post weekly friday'],
  options: z.object({
    day: z.enum(['monday', 'friday']).default('monday').meta({ description: 'The weekday' }),
    time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional()
      .meta({ description: 'The time' }),
    note: z.string().optional().meta({ description: 'What to add' }),
  }),
  positional: ['day', 'time'],
  run: answer,
})
const commands = [look, post] as unknown as readonly Command[]

const parsed = (line: string) => {
  const { command, input } = parseLine(line, commands)
  return [command.path.join(' '), input]
}
const complaint = (line: string): UserInputError => {
  try {
    parseLine(line, commands)
  } catch (error) {
    if (error instanceof UserInputError) return error
    throw error
  }
  throw new Error(`“${line}” was accepted`)
}

describe('a line', () => {
  test.each(['look two moths', '/papers look two moths', 'papers look  two   moths', '/look two moths', 'LOOK two moths'])(
    '%s is the command and its words',
    (line) => expect(parsed(line)).toEqual(['look', { query: 'two moths', page: 1 }]),
  )

  test.each(['look moths --page 2', 'look moths --page=2', 'look --page 2 moths', 'look moths page:2'])(
    '%s names an option',
    (line) => expect(parsed(line)).toEqual(['look', { query: 'moths', page: 2 }]),
  )

  test("a query keeps its own fields and its phrases' marks", () => {
    expect(parsed('look "light  moths" score:>80 OR title:lamp')).toEqual([
      'look',
      { query: '"light  moths" score:>80 OR title:lamp', page: 1 },
    ])
  })

  test.each(['“Europe/Berlin”', '„Europe/Berlin“', '«Europe/Berlin»', '"Europe/Berlin"'])('%s is a value in quotes', (zone) => {
    expect(parsed(`post weekly —note ${zone}`)).toEqual(['post weekly', { day: 'monday', note: 'Europe/Berlin' }])
    expect(parsed(`post weekly --note=${zone.replace('/', ' ')}`)).toEqual([
      'post weekly',
      { day: 'monday', note: 'Europe Berlin' },
    ])
    expect(parsed(`look ${zone.replace('/', ' ')} --page 2`)).toEqual(['look', { query: zone.replace('/', ' '), page: 2 }])
  })

  test('words go to the first option that takes them, in any order and letter case', () => {
    expect(parsed('post weekly 10:30 Friday')).toEqual(['post weekly', { day: 'friday', time: '10:30' }])
    expect(parsed('post weekly 10:30')).toEqual(['post weekly', { day: 'monday', time: '10:30' }])
  })

  test('the beginning of a choice is enough', () => expect(parsed('post weekly fri')).toEqual(['post weekly', { day: 'friday' }]))

  test('marks around a value that is no query are taken off', () =>
    expect(parsed('post weekly --note "two words"')).toEqual(['post weekly', { day: 'monday', note: 'two words' }]))
})

describe('a wrong line says what is wrong and how it is mended', () => {
  test.each([
    ['', 'No command', 'help'],
    ['lok moths', '“lok” is not a command', 'look moths'],
    ['wekly', '“wekly” is not a command', 'post weekly friday'],
    ['post', '“post” needs one more word', 'post weekly friday'],
    ['post wekly', '“post wekly” is not a command', 'post weekly friday'],
    ['look', '“look” needs a query', 'look moths'],
    ['look moths --pge 2', 'no option --pge', '--page'],
    ['look moths --page', '--page needs a value', 'look moths'],
    ['look moths --page two', '“two” cannot be the page', 'look moths'],
    ['post weekly someday', '“someday” is not a day: it is monday or friday', 'post weekly friday'],
    ['post weekly monday 10:00 more', '“10:00 more”', 'post weekly friday'],
  ])('“%s”', (line, message, hint) => {
    const error = complaint(line)
    expect(error.message).toContain(message)
    expect(error.hint ?? '').toContain(hint)
  })
})

describe('a line without a command that names papers looks them up', () => {
  const line = (text: string) => {
    const { command, input } = parseLine(text, all)
    return [commandName(command), Object.values(input)[0]]
  }

  test.each([
    'https://arxiv.org/abs/2205.10343',
    'arXiv:2205.10343v2',
    '10.1038/s41586-021-03819-2',
    'huggingface.co/papers/2205.10343',
  ])('one alone: %s', (text) => expect(line(text)).toEqual(['paper', text]))

  test.each([
    '2205.10343 2210.01117',
    '2205.10343,2210.01117',
    'have you seen https://arxiv.org/abs/2205.10343?',
    'what about 2205.10343 then',
  ])('several, or in a sentence: %s', (text) => expect(line(text)).toEqual(['lookup', text]))

  test.each(['sve 2205.10343', 'serach for 2205.10343 here', 'have you seen this?'])(
    'not where a command was mistyped or no paper is named: %s',
    (text) => expect(() => line(text)).toThrow('is not a command'),
  )

  test('not where no command looks papers up', () => expect(complaint('2205.10343').message).toContain('is not a command'))
})

test('a line without end is refused', () => expect(complaint(`look ${'x'.repeat(5000)}`).message).toContain('longer than'))

test('whatever is typed, it is a command or a UserInputError', () => {
  const word = fc.oneof(
    fc.constantFrom('look', 'post', 'weekly', '--page', '--page=1', 'day:', '"', '“', '/papers', '—'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      try {
        parseLine(words.join(' '), commands)
      } catch (error) {
        expect(error).toBeInstanceOf(UserInputError)
      }
    }),
  )
})

test('words that were split and joined again split the same', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(splitWords(splitWords(text).join(' '))).toEqual(splitWords(text))
    }),
  )
})
