// Buttons and menus of messages: each carries a command, run as the person who pressed it, where it was pressed.
import { type ButtonInteraction, Events, type StringSelectMenuInteraction } from 'discord.js'
import { carriedBy } from '#adapters/chat/discord/render/custom-id.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import { usuallySeen } from '#core/commands/usually.ts'
import type { Listener } from './desk.ts'
import { respond } from './respond.ts'

type Press = ButtonInteraction | StringSelectMenuInteraction

export const listenToComponents: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isButton() || interaction.isStringSelectMenu()) answer(interaction)
  })

  function answer(press: Press): void {
    const carried = carriedBy(press.isButton() ? press.customId : (press.values[0] ?? ''))
    const line = carried && 'command' in carried ? carried.command : ''
    respond(press, () => run(carried, press), { usually: usuallySeen({ line }), turnsPage: carried?.turns ?? false }, desk)
  }

  async function run(carried: ReturnType<typeof carriedBy>, press: Press): Promise<Answer> {
    const line = carried && ('command' in carried ? carried.command : await desk.phrases.get(carried.key))
    return line === undefined ? TOO_OLD : desk.handlers.answer({ line }, await desk.people.asker(press))
  }
}

const TOO_OLD: Answer = {
  ok: false,
  error: {
    code: 'not-found',
    message: 'This button is too old: what it was for is not known any more.',
    hint: 'Ask again.',
  },
}
