// What an option of /papers may be, while it is typed.
import { type AutocompleteInteraction, Events } from 'discord.js'
import { COMMAND } from '#adapters/chat/discord/register/commands.ts'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import type { Desk, Listener } from './desk.ts'

export const listenToCompletions: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isAutocomplete() && interaction.commandName === COMMAND) desk.work(complete(interaction, desk))
  })
}

async function complete(interaction: AutocompleteInteraction, { handlers, people, log }: Desk): Promise<void> {
  const { options } = interaction
  const group = options.getSubcommandGroup(false)
  const path = [...(group === null ? [] : [group]), options.getSubcommand()]
  const { name, value } = options.getFocused(true)
  const values = await handlers.complete({ path, option: name }, value, people.asker(interaction), LIMITS.choices)
  const choices = values.filter((one) => [...one].length <= LIMITS.choice).map((one) => ({ name: one, value: one }))
  await interaction.respond(choices).catch((error) => log.warn('discord did not take a completion', { error }))
}
