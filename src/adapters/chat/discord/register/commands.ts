// The registry as Discord wants it: /papers with a subcommand for each command, groups for those of two words; and what is in a
// message's menu.
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import type { Command } from '#core/commands/command.ts'
import type { Option } from '#core/commands/options.ts'
import { commands } from '#core/commands/registry.ts'
import { fieldsOf, typedOf } from '#core/commands/written.ts'

export const COMMAND = 'papers'
/** Stands in the menu of every message. */
export const LOOK_UP = 'Look up papers in this message'

/** All that is registered, in the shape in which it is. */
export function chatCommands(): RESTPostAPIApplicationCommandsJSONBody[] {
  return [papersCommand(), { type: ApplicationCommandType.Message, name: LOOK_UP }]
}

function papersCommand(): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const groups = Map.groupBy(typedOf(commands), ({ path }) => path[0])
  return {
    type: ApplicationCommandType.ChatInput,
    name: COMMAND,
    description: 'Search, follow and digest research papers',
    options: [...groups].map(([name, members]) => subcommandOrGroup(name, members)),
  }
}

function subcommandOrGroup(name: string, members: readonly Command[]): APIApplicationCommandOption {
  const [only] = members.filter(({ path }) => path.length === 1)
  if (only) return subcommand(name, only)
  return {
    type: ApplicationCommandOptionType.SubcommandGroup,
    name,
    description: `What begins with ${name}`,
    options: members.map((command) => subcommand(command.path[1] ?? name, command)),
  }
}

function subcommand(name: string, command: Command): APIApplicationCommandSubcommandOption {
  const options = fieldsOf(command)
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: command.summary,
    options: options.toSorted((a, b) => Number(b.required) - Number(a.required)).map((option) => optionOf(option, command)),
  }
}

function optionOf(option: Option, command: Command): APIApplicationCommandBasicOption {
  const { name, description, required, kind, values, least, most } = option
  const of = { name, description: description || name, required }
  if (kind === 'number') {
    const bounds = { ...(least !== undefined && { min_value: least }), ...(most !== undefined && { max_value: most }) }
    return { ...of, type: ApplicationCommandOptionType.Integer, ...bounds }
  }
  if (kind === 'choice' && values.length <= LIMITS.choices) {
    return { ...of, type: ApplicationCommandOptionType.String, choices: values.map((value) => ({ name: value, value })) }
  }
  const completions: Readonly<Record<string, unknown>> = command.completions ?? {}
  return { ...of, type: ApplicationCommandOptionType.String, ...(completions[name] !== undefined && { autocomplete: true }) }
}
