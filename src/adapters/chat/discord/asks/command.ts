// /papers: the subcommand and its options are a command of the registry.
import { type ChatInputCommandInteraction, Events } from 'discord.js'
import { COMMAND } from '#adapters/chat/discord/register/commands.ts'
import type { Desk, Listener } from './desk.ts'
import { answering } from './respond.ts'

export const listenToCommands: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand() && interaction.commandName === COMMAND) desk.work(answer(interaction, desk))
  })
}

async function answer(interaction: ChatInputCommandInteraction, desk: Desk): Promise<void> {
  const { options } = interaction
  const group = options.getSubcommandGroup(false)
  const path = [...(group === null ? [] : [group]), options.getSubcommand()]
  const values = Object.fromEntries(given(options.data).map(({ name, value }) => [name, value]))
  const said = desk.handlers.answer({ path, options: values }, desk.people.asker(interaction))
  await answering(interaction, said, { ...desk, inPlace: false })
}

/** The options within the subcommand, and that within its group. */
function given(data: ChatInputCommandInteraction['options']['data']): ChatInputCommandInteraction['options']['data'] {
  const [only] = data
  return only?.options === undefined ? data : given(only.options)
}
