// help: made from the registry, so that it cannot say what is not so.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import type { Reply } from '#core/reply.ts'
import { nearest } from '#core/text/nearest.ts'
import { bold, code, heading, list, note, prose, type Words } from './blocks.ts'
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
  return [
    heading('What you can ask'),
    list(commands.map((command) => [code(usage(command)), ` · ${command.summary}`])),
    note('More on one of them, with examples: ', code(`help ${commandName(commands[0] ?? { path: ['search'] })}`)),
  ]
}

/** Where each option has a field, its name says enough. */
function overviewInFields(commands: readonly Command[]) {
  const { path } = commands[0] ?? { path: ['search'] }
  return [
    heading('What you can ask'),
    list(typedOf(commands).map((command) => [code(commandName(command)), ` · ${command.summary}`])),
    note(
      'More on one of them, with examples: ',
      code(`help ${commandName({ path })}`),
      '. To look up the papers that a message names, open its menu, then Apps.',
    ),
  ]
}

function explained(command: Command) {
  return explanation(command, usage(command), optionsOf(command), code)
}

function explainedInFields(command: Command) {
  return explanation(command, usageInFields(command), fieldsOf(command), bold)
}

/** Names in code are commands, where commands are written in fields. */
function explanation(command: Command, written: string, options: readonly Option[], name: typeof code) {
  return [
    heading(commandName(command)),
    prose(`${command.summary}.`),
    prose('Written: ', code(written)),
    ...(options.length > 0 ? [list(options.map((option) => optionRow(option, name)))] : []),
    prose('For example:'),
    list(command.examples.map((example) => [code(example)])),
  ]
}

/** `follow topic <query> [--cadence now|digest|both]`. */
export function usage(command: Command): string {
  const words = optionsOf(command).map((option) => {
    const choice = option.kind === 'choice' && option.values.length <= SPELT_OUT
    const value = choice ? option.values.join('|') : option.name
    const byPosition = (command.positional as readonly string[]).includes(option.name)
    if (option.required) return choice ? value : `<${value}>`
    return byPosition ? `[${value}]` : `[--${option.name} ${choice ? value : '…'}]`
  })
  return [commandName(command), ...words].join(' ')
}

function optionRow(option: Option, name: typeof code): Words[] {
  return [name(option.name), ` · ${option.description}`, option.required ? '' : ' (may be left out)']
}
