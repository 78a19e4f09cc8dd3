// help: made from the registry, so that it cannot say what is not so.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import type { Reply } from '#core/reply.ts'
import { nearest } from '#core/text/nearest.ts'
import { code, heading, list, note, prose, toType, type Words } from './blocks.ts'
import { type Command, commandName, defineCommand } from './command.ts'
import { type Option, optionsOf } from './options.ts'
import { fieldsOf, hasFields, typedOf, usageInFields } from './written.ts'

const PREFIX = /^\/?papers\s+|^\//i
/** So many choices are named in a usage line, more only by the option's name. */
const SPELT_OUT = 4
const SPACES = /\s+/

/** `commands` is asked when help is, since help is one of them. */
export function createHelp(commands: () => readonly Command[]) {
  let whole: Reply['blocks'] | undefined
  return defineCommand({
    path: ['help'],
    summary: 'Say what can be asked, and how',
    examples: ['help', 'help follow topic'],
    options: z.object({ command: z.string().optional().meta({ description: 'The command to explain' }) }),
    positional: ['command'],
    usually: 'private',
    completions: { command: 'command' },
    async run({ command: typed }, { destination: { platform } }): Promise<Reply> {
      if (hasFields(platform) && typed === undefined) return { visibility: 'private', blocks: overviewInFields(commands()) }
      if (typed === undefined) {
        whole ??= overview(commands())
        return { visibility: 'private', blocks: whole }
      }
      const name = typed.trim().replace(PREFIX, '').toLowerCase().split(SPACES).join(' ')
      const found = commands().find((command) => commandName(command) === name)
      if (found) return { visibility: 'private', blocks: hasFields(platform) ? explainedInFields(found) : explained(found) }
      const group = commands().filter(({ path }) => path[0] === name)
      if (group.length > 0)
        return { visibility: 'private', blocks: hasFields(platform) ? overviewInFields(group) : overview(group) }
      const [near] = nearest(name, commands().map(commandName), 1)
      throw new UserInputError(`“${typed}” is not a command.`, {
        hint: near ? `Try: help ${near}` : 'To see all commands, type: help',
      })
    },
  })
}

function overview(commands: readonly Command[]) {
  const first = commandName(commands[0] ?? { path: ['search'] })
  return [
    heading('What you can ask'),
    list(commands.map((command) => [code(briefUsage(command)), ` · ${command.summary}`])),
    note(
      'The options of one of them, and examples: ',
      toType(`help ${first}`),
      '. In a channel, ',
      code('/papers'),
      ' comes before each.',
    ),
  ]
}

/** Where each option has a field, its name says enough. */
function overviewInFields(commands: readonly Command[]) {
  const { path } = commands[0] ?? { path: ['search'] }
  return [
    heading('What you can ask'),
    list(typedOf(commands).map((command) => [toType(commandName(command)), ` · ${command.summary}`])),
    note(
      'More on one of them, with examples: ',
      toType(`help ${commandName({ path })}`),
      '. To look up the papers that a message names, open its menu, then Apps.',
    ),
  ]
}

function explained(command: Command) {
  return explanation(command, usage(command), optionsOf(command))
}

function explainedInFields(command: Command) {
  return explanation(command, usageInFields(command), fieldsOf(command))
}

function explanation(command: Command, written: string, options: readonly Option[]) {
  return [
    heading(commandName(command)),
    prose(`${command.summary}.`),
    prose('Written: ', code(written)),
    ...(options.length > 0 ? [list(options.map((option) => optionRow(option)))] : []),
    prose('For example:'),
    list(command.examples.map((example) => [toType(example)])),
  ]
}

/** `follow topic <query> [--cadence now|digest|both]`. */
export function usage(command: Command): string {
  return written(command, optionsOf(command))
}

/** `follow topic <query>`: without what is given by name alone. */
function briefUsage(command: Command): string {
  return written(
    command,
    optionsOf(command).filter((option) => option.required || isPositional(option, command)),
  )
}

function written(command: Command, options: readonly Option[]): string {
  const words = options.map((option) => {
    const choice = option.kind === 'choice' && option.values.length <= SPELT_OUT
    const value = choice ? option.values.join('|') : option.name
    if (option.required) return choice ? value : `<${value}>`
    return isPositional(option, command) ? `[${value}]` : `[--${option.name} ${choice ? value : '…'}]`
  })
  return [commandName(command), ...words].join(' ')
}

function isPositional({ name }: Option, { positional }: Command): boolean {
  return (positional as readonly string[]).includes(name)
}

function optionRow(option: Option): Words[] {
  return [code(option.name), ` · ${option.description}`, option.required ? '' : ' (may be left out)']
}
