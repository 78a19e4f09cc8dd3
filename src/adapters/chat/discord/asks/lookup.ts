// “Look up papers in this message”, in the menu of every message: what papers it names, answered to the person alone.
import { Events } from 'discord.js'
import { LOOK_UP } from '#adapters/chat/discord/register/commands.ts'
import { lookupOf } from '#core/commands/lookup.ts'
import { allSaidIn } from './all-said.ts'
import type { Listener } from './desk.ts'
import { respond } from './respond.ts'

export const listenToLookUps: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isMessageContextMenuCommand() || interaction.commandName !== LOOK_UP) return
    const ask = async () =>
      desk.handlers.answer(lookupOf(allSaidIn(interaction.targetMessage)), await desk.people.asker(interaction))
    respond(interaction, ask, { usually: 'private', turnsPage: false }, desk)
  })
}
