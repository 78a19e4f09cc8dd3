// /papers: the subcommand and its options are a command of the registry.
import { type ChatInputCommandInteraction, Events } from 'discord.js'
import { COMMAND } from '#adapters/chat/discord/register/commands.ts'
import { usuallySeen } from '#core/commands/usually.ts'
import type { Listener } from './desk.ts'
import { respond } from './respond.ts'
import { typedIn } from './typed.ts'

export const listenToCommands: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand() && interaction.commandName === COMMAND) answer(interaction)
  })

  function answer(interaction: ChatInputCommandInteraction): void {
    const request = typedIn(interaction)
    const ask = async () => desk.handlers.answer(request, await desk.people.asker(interaction))
    respond(interaction, ask, { usually: usuallySeen(request), turnsPage: false }, desk)
  }
}
