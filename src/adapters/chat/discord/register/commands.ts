// The registry as Discord wants it: /papers with a subcommand for each command, groups for those of two words.
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import type { Command } from '#core/commands/command.ts'
import { type Option, optionsOf } from '#core/commands/options.ts'
import { commands } from '#core/commands/registry.ts'

export const COMMAND = 'papers'
/** Left out here, since Discord has its own way: a message's menu. */
const ELSEWHERE: ReadonlySet<string> = new Set(['lookup'])

/** /papers, in the shape in which it is registered. */
export function chatCommand(): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const offered = commands.filter(({ path }) => !ELSEWHERE.has(path[0]))
  const groups = Map.groupBy(offered, ({ path }) => path[0])
  const options = [...groups].map(([name, [first, ...more]]): APIApplicationCommandOption => {
    if (first && more.length === 0 && first.path.length === 1) return subcommand(name, first)
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name,
      description: `The commands that begin with ${name}`,
      options: (groups.get(name) ?? []).map((command) => subcommand(command.path[1] ?? 'show', command)),
    }
  })
  return {
    type: ApplicationCommandType.ChatInput,
    name: COMMAND,
    description: 'Search, follow and digest research papers',
    options,
  }
}

function subcommand(name: string, command: Command): APIApplicationCommandSubcommandOption {
  const options = optionsOf(command).toSorted((a, b) => Number(b.required) - Number(a.required))
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: command.summary,
    options: options.map((option) => optionOf(option, command)),
  }
}

function optionOf({ name, description, required, kind, values }: Option, command: Command): APIApplicationCommandBasicOption {
  const of = { name, description: description || name, required }
  if (kind === 'number') return { ...of, type: ApplicationCommandOptionType.Integer }
  if (kind === 'choice' && values.length <= LIMITS.choices) {
    return { ...of, type: ApplicationCommandOptionType.String, choices: values.map((value) => ({ name: value, value })) }
  }
  const completions: Readonly<Record<string, unknown>> = command.completions ?? {}
  return { ...of, type: ApplicationCommandOptionType.String, ...(completions[name] !== undefined && { autocomplete: true }) }
}
