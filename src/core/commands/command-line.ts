// A typed line → a command and its input: `/papers search grokking --page 2`, with or without the prefix.
// The order: the name (two words before one), then options by name, then the rest by position. A line without a name that names
// papers looks them up.
import { UserInputError } from '#core/errors.ts'
import { nearest } from '#core/text/nearest.ts'
import { enumerate } from './blocks.ts'
import { type Command, commandName } from './command.ts'
import { parseInput } from './input.ts'
import { asksInWords, lookupOfWords } from './no-command.ts'
import { choiceOf, type Option, optionsOf } from './options.ts'

const PREFIX = /^\/?papers(?=\s|$)/i
const SLASH = /^\//
const DASHED = /^(?:--|—)([a-z][a-z-]*)(?:=|$)/i
const COLON = /^([a-z]+):/i
/** Those of a query (query/tokens.ts), as keyboards and chat programs make them of what is typed. */
const WRAPPED = /^["“”„‟«»＂][^"“”„‟«»＂]*["“”„‟«»＂]$/
const QUOTES = '"“”„‟«»＂'
const LONGEST = 4000
const LONGEST_SHOWN = 60
/** A word of so few letters is near to a command by chance. */
const SHORT = 4

/** Names of a query's fields: in a query `score:>80` is the query's, even where the command has an option of that name. */
const QUERY_FIELDS = new Set('author title abstract cat org id source since until score sort'.split(' '))

export interface Invocation {
  readonly command: Command
  readonly input: Record<string, unknown>
}

/** Throws UserInputError, with the nearest command and an example, where the line is none of the commands. */
export function parseLine(line: string, commands: readonly Command[]): Invocation {
  const { command, options } = readLine(line, commands)
  return { command, input: parseInput(command, options) }
}

/** The command and its options as they were typed. Throws UserInputError where there is no such command or option. */
export function readLine(line: string, commands: readonly Command[]): { command: Command; options: Record<string, string> } {
  if (line.length > LONGEST) throw new UserInputError(`This is longer than ${LONGEST} characters.`, { hint: 'Say it shorter.' })
  const words = splitWords(line.trim().replace(PREFIX, ''))
  const { command, rest } = findCommand(words, commands)
  return { command, options: rawInput(command, rest) }
}

/** The words between white space; what stands in quotation marks stays together, with its marks. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  let word = ''
  let quoted = false
  for (const character of text) {
    if (QUOTES.includes(character)) quoted = !quoted
    if (quoted || character.trim() !== '') word += character
    else if (word !== '') {
      words.push(word)
      word = ''
    }
  }
  if (word !== '') words.push(word.trimEnd())
  return words
}

function findCommand(words: readonly string[], commands: readonly Command[]): { command: Command; rest: readonly string[] } {
  const [first = '', second = ''] = words.map((word) => word.toLowerCase())
  if (first === '') throw new UserInputError('No command was given.', { hint: 'To see all commands, type: help' })
  const head = first.replace(SLASH, '')
  const two = commands.find(({ path }) => path[0] === head && path[1] === second && path.length === 2)
  if (two) return { command: two, rest: words.slice(2) }
  const one = commands.find(({ path }) => path[0] === head && path.length === 1)
  if (one) return { command: one, rest: words.slice(1) }
  const group = commands.filter(({ path }) => path[0] === head)
  if (group.length > 0) throw wrongSubcommand(head, second, words, group)
  const meant = nearestCommand(head, commands)
  const lookup = meant && head.length > SHORT ? undefined : lookupOfWords(words)
  if (lookup && commands.some(({ path }) => path[0] === lookup[0])) return findCommand(lookup, commands)
  throw wrongCommand(words, meant)
}

function wrongSubcommand(head: string, second: string, words: readonly string[], group: readonly Command[]): UserInputError {
  const names = group.map(({ path }) => path[1] ?? '')
  const near = group.find(({ path }) => path[1] === nearest(second, names, 1)[0])
  // People often leave “topic” out.
  const topic =
    head === 'follow' && second !== '' && !near && !words.some((word) => word.includes('://'))
      ? `follow topic ${words.slice(1).join(' ')}`
      : undefined
  return new UserInputError(
    second === ''
      ? `“${head}” needs one more word: ${enumerate(names, 'or')}.`
      : `“${head} ${second}” is not a command: after “${head}” comes ${enumerate(names, 'or')}.`,
    { hint: `For example: ${topic ?? (near ?? group[0])?.examples[0] ?? 'help'}` },
  )
}

/** Undefined where no command's word is near, or what was typed begins a question. */
function nearestCommand(head: string, commands: readonly Command[]): Command | undefined {
  if (asksInWords(head)) return undefined
  const [near] = nearest(
    head,
    commands.flatMap(({ path }) => [...path]),
    1,
  )
  if (near === undefined) return undefined
  return commands.find(({ path }) => path[0] === near) ?? commands.find(({ path }) => path[1] === near)
}

function wrongCommand(words: readonly string[], meant: Command | undefined): UserInputError {
  return new UserInputError(`“${cut(words[0] ?? '')}” is not a command.`, {
    hint: meant
      ? `The nearest is ${commandName(meant)}, for example: ${meant.examples[0]}`
      : `Type help to see all commands, or to look for these words: search ${cut(words.join(' '))}`,
  })
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

function rawInput(command: Command, words: readonly string[]): Record<string, string> {
  const options = optionsOf(command)
  const named: Record<string, string> = {}
  const rest: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const found = namedOption(word, options, command)
    if (!found) {
      rest.push(word)
      continue
    }
    const value = found.value ?? words[++index]
    if (value === undefined) {
      throw new UserInputError(`The option --${found.option.name} needs a value: ${found.option.description}.`, {
        hint: `For example: ${command.examples[0]}`,
      })
    }
    named[found.option.name] = unwrapped(value, found.option)
  }
  return { ...byPosition(command, options, rest, named), ...named }
}

/** `--name value`, `--name=value` or `name:value`; undefined where the word is none of these. */
function namedOption(word: string, options: readonly Option[], command: Command): { option: Option; value?: string } | undefined {
  const dashed = DASHED.exec(word)
  const name = (dashed ?? COLON.exec(word))?.[1]?.toLowerCase()
  if (name === undefined) return undefined
  const option = options.find((candidate) => candidate.name === name)
  if (!dashed) {
    const taken = option && !('query' in command.options.shape && QUERY_FIELDS.has(name))
    return taken ? { option, value: word.slice(name.length + 1) } : undefined
  }
  if (!option) throw unknownOption(name, options, command)
  const value = word.slice(dashed[0].length)
  return dashed[0].endsWith('=') ? { option, value } : { option }
}

function unknownOption(name: string, options: readonly Option[], command: Command): UserInputError {
  const names = options.map((option) => option.name)
  const near = nearest(name, names, 1)[0]
  return new UserInputError(`“${commandName(command)}” has no option --${name}.`, {
    hint: near
      ? `Did you mean --${near}?`
      : names.length > 0
        ? `It takes ${enumerate(names.map((option) => `--${option}`))}.`
        : 'It takes no options.',
  })
}

/** Each word goes to the first free option that takes it; the last option takes all that is left. */
function byPosition(command: Command, options: readonly Option[], words: readonly string[], named: Record<string, string>) {
  const free = command.positional.flatMap((name) => options.filter((option) => option.name === name && named[name] === undefined))
  const input: Record<string, string> = {}
  let rest = [...words]
  // A choice behind free text is the last word: cadence 1 3 digest.
  const [choice] = free.slice(1).slice(-1)
  const ending = rest.at(-1)
  if (choice?.kind === 'choice' && ending !== undefined && takes(choice, ending)) {
    input[choice.name] = ending
    free.pop()
    rest.pop()
  }
  while (rest.length > 0) {
    const [word = ''] = rest
    if (free.length === 0)
      throw new UserInputError(`“${commandName(command)}” takes no “${word}”.`, { hint: `For example: ${command.examples[0]}` })
    const last = free.length === 1
    const text = last ? rest.join(' ') : word
    const fitting = free.findIndex((option) => takes(option, word))
    const [option] = free.splice(last ? 0 : Math.max(0, fitting), 1)
    if (option) input[option.name] = unwrapped(text, option)
    rest = last ? [] : rest.slice(1)
  }
  return input
}

function takes(option: Option, word: string): boolean {
  return option.schema.safeParse(option.kind === 'choice' ? choiceOf(word, option) : word).success
}

/** Without the quotation marks around the whole, except in a query, where they make a phrase. */
function unwrapped(text: string, option: Option): string {
  return option.name !== 'query' && WRAPPED.test(text) ? text.slice(1, -1) : text
}
