// From raw option values to a command's input, or to a sentence that says what to type.
import type { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { enumerate, lowerFirst } from './blocks.ts'
import { type Command, commandName } from './command.ts'
import { choiceOf, type Option, optionsOf } from './options.ts'

/** The longest value any option takes, in UTF-16 units. */
const LONGEST = 2000
/** Options of which nothing can be “a” or “an”. */
const NO_NOUNS: ReadonlySet<string> = new Set(['for', 'cross', 'confirm', 'who'])
/** As it is spoken: an id, a url. */
const VOWEL = /^(?:[aeio]|u(?!rl))/

/**
 * Raw values (texts from a line, typed values from a platform) as the command's input: choices in any letter case, empty
 * texts as if not given. Throws UserInputError naming the option, what it takes and an example.
 */
export function parseInput(command: Command, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const options = optionsOf(command)
  const values: Record<string, unknown> = {}
  for (const option of options) {
    const value = tidy(raw[option.name], option)
    if (value !== undefined) values[option.name] = value
  }
  const result = command.options.safeParse(values)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const option = options.find(({ name }) => name === issue?.path[0])
  throw new UserInputError(
    option && issue ? complaint(command, option, values[option.name], issue) : 'This cannot be understood.',
    { hint: `For example: ${exampleOf(command, option)}` },
  )
}

/** Whether any option was given, so that a command that shows where nothing is given will change something. */
export function givesAnything(input: Readonly<Record<string, unknown>>): boolean {
  return Object.values(input).some((value) => value !== undefined)
}

function tidy(value: unknown, option: Option): unknown {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (text === '') return undefined
  if (text.length > LONGEST) throw new UserInputError(`${named(option)} is longer than ${LONGEST} characters.`)
  return option.kind === 'choice' ? choiceOf(text, option) : text
}

/** The first example that has the option, else the first of all. */
function exampleOf({ examples }: Command, option: Option | undefined): string {
  return examples.find((example) => option && example.includes(`--${option.name} `)) ?? examples[0]
}

function complaint(command: Command, option: Option, value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined)
    return `“${commandName(command)}” needs ${article(option.name)} ${option.name}: ${lowerFirst(option.description)}.`
  const byPosition = (command.positional as readonly string[]).includes(option.name)
  if (option.kind === 'choice' && NO_NOUNS.has(option.name))
    return `${byPosition ? `“${commandName(command)}”` : `--${option.name}`} takes ${enumerate(option.values, 'or')}, not “${shown(value)}”.`
  if (option.kind === 'choice')
    return `“${shown(value)}” is not ${article(option.name)} ${option.name}: it is ${enumerate(option.values, 'or')}.`
  if (issue.code === 'custom') return issue.message
  if (option.kind === 'number') return `“${shown(value)}” cannot be the ${option.name}: ${lowerFirst(option.description)}.`
  return `“${shown(value)}” is not ${article(option.name)} ${option.name}: ${lowerFirst(option.description)}.`
}

function named(option: Option): string {
  return `The option “${option.name}”`
}

function article(noun: string): string {
  return VOWEL.test(noun) ? 'an' : 'a'
}

function shown(value: unknown): string {
  const text = String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
