// What was typed into /papers: a command's path, and its options as far as they are filled in.
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js'

type Typing = ChatInputCommandInteraction | AutocompleteInteraction

export function typedIn({ options }: Typing): { path: string[]; options: Record<string, unknown> } {
  const group = options.getSubcommandGroup(false)
  return {
    path: [...(group === null ? [] : [group]), options.getSubcommand()],
    options: Object.fromEntries(given(options.data).map(({ name, value }) => [name, value])),
  }
}

/** The options within the subcommand, and that within its group. */
function given(data: Typing['options']['data']): Typing['options']['data'] {
  const [only] = data
  return only?.options === undefined ? data : given(only.options)
}
