import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLine } from '#core/commands/command-line.ts'
import { commands } from '#core/commands/registry.ts'
import { UserInputError } from '#core/errors.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'

const word = fc.constantFrom(
  'moths',
  'lamps',
  '"light moths"',
  '-dark',
  'title:lamp',
  'author:"ada byron"',
  'cat:cs.LG',
  'since:30d',
  'score:>80',
  'é',
  '光',
)
const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' OR ')), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([one, joint], at) => (at === parts.length - 1 ? one : one + joint)).join(''))

describe('what a reply prints as a command', () => {
  test('means the same query where it is followed', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const printed = printQuery(parseQuery(typed))
        const { command, input } = parseLine(`follow topic ${printed} --cadence both --confirm yes`, commands)
        expect(command.path).toEqual(['follow', 'topic'])
        expect(input).toEqual({ query: printed, cadence: 'both', for: 'here', confirm: 'yes' })
        expect(printQuery(parseQuery(printed))).toBe(printed)
      }),
    )
  })

  test('means the same query on the next page', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 99 }), (typed, page) => {
        expect(parseLine(`search ${typed} --page ${page}`, commands).input).toEqual({ query: typed, page })
      }),
    )
  })
})

test('any text after a command is its input or a UserInputError', () => {
  const names = fc.constantFrom(...commands.map((command) => command.path.join(' ')))
  fc.assert(
    fc.property(names, fc.string(), (name, rest) => {
      try {
        parseLine(`${name} ${rest}`, commands)
      } catch (error) {
        expect(error).toBeInstanceOf(UserInputError)
      }
    }),
  )
})
