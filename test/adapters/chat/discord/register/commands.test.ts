import { ApplicationCommandOptionType } from 'discord.js'
import { expect, test } from 'vitest'
import { COMMAND, chatCommands, LOOK_UP } from '#adapters/chat/discord/register/commands.ts'
import { commandName } from '#core/commands/command.ts'
import { commands } from '#core/commands/registry.ts'

/** As much of a command, an option or a choice as the rules are about. */
interface Part {
  readonly type: number
  readonly name: string
  readonly description?: string
  readonly value?: string
  readonly required?: boolean
  readonly autocomplete?: boolean
  readonly min_value?: number
  readonly max_value?: number
  readonly options?: readonly Part[]
  readonly choices?: readonly Part[]
}

const NAME = /^[-_'\p{Ll}\p{N}]{1,32}$/u
const papers = chatCommands().find(({ name }) => name === COMMAND) as Part

function everyPart(part: Part): Part[] {
  return [part, ...(part.options ?? []).flatMap(everyPart)]
}

function leaves(part: Part, path: readonly string[] = []): { path: readonly string[]; part: Part }[] {
  if (part.type === ApplicationCommandOptionType.Subcommand && path.length > 0) return [{ path, part }]
  return (part.options ?? []).flatMap((inner) => leaves(inner, [...path, inner.name]))
}

test('every command of the registry is a subcommand, but the one that a message’s menu has', () => {
  const offered = leaves(papers).map(({ path }) => path.join(' '))
  expect(offered.toSorted()).toEqual(
    commands
      .map(commandName)
      .filter((name) => name !== 'lookup')
      .toSorted(),
  )
  expect(chatCommands().map(({ name }) => name)).toEqual([COMMAND, LOOK_UP])
  expect(LOOK_UP.length).toBeLessThanOrEqual(32)
})

test('all of it has less than 7,500 characters, where Discord takes 8,000', () => {
  const texts = everyPart(papers).flatMap(({ name, description = '', choices = [] }) => [
    name,
    description,
    ...choices.flatMap((choice) => [choice.name, choice.value ?? '']),
  ])
  expect([...texts.join('')].length).toBeLessThan(7500)
})

test.each(everyPart(papers).map((part) => [`${part.name}: ${part.description}`, part] as const))(
  '%s keeps the rules',
  (_, part) => {
    const { name, description = '', options = [], choices = [], autocomplete } = part
    expect(name).toMatch(NAME)
    expect([...description].length).toBeGreaterThan(0)
    expect([...description].length).toBeLessThanOrEqual(100)
    expect(options.length).toBeLessThanOrEqual(25)
    expect(new Set(options.map((option) => option.name)).size).toBe(options.length)
    expect(choices.length).toBeLessThanOrEqual(25)
    for (const choice of choices) {
      expect(choice.name.length).toBeLessThanOrEqual(100)
      expect(choice.value).toBe(choice.name)
    }
    expect(choices.length > 0 && autocomplete === true).toBe(false)
    // What is required stands before what may be left out.
    const required = options.map((option) => option.required === true)
    expect(required.lastIndexOf(true)).toBeLessThan(required.includes(false) ? required.indexOf(false) : required.length)
  },
)

test('nobody is asked for what a button confirms', () => {
  expect(everyPart(papers).map(({ name }) => name)).not.toContain('confirm')
})

test('a number has the bounds of its schema', () => {
  const most = everyPart(papers).find(({ name }) => name === 'most')
  expect(most).toMatchObject({ type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: 500 })
})

test('names, categories, zones, commands and what is followed are completed', () => {
  const completed = leaves(papers).flatMap(({ path, part }) =>
    (part.options ?? []).filter(({ autocomplete }) => autocomplete).map(({ name }) => `${path.join(' ')} ${name}`),
  )
  expect(completed).toEqual(
    expect.arrayContaining([
      'author name',
      'trending category',
      'follow author name',
      'follow category category',
      'unfollow target',
      'cadence target',
      'digest weekly zone',
      'quiet zone',
      'help command',
    ]),
  )
})
