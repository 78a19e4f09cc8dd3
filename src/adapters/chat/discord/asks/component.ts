// Buttons of messages: each carries a command, run as the person who pressed it.
import { type ButtonInteraction, Events } from 'discord.js'
import { carriedBy } from '#adapters/chat/discord/render/custom-id.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Desk, Listener } from './desk.ts'
import { answering } from './respond.ts'

export const listenToButtons: Listener = (client, desk) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isButton()) desk.work(answer(interaction, desk))
  })
}

async function answer(interaction: ButtonInteraction, desk: Desk): Promise<void> {
  const carried = carriedBy(interaction.customId)
  if (!carried) return
  const said = run(carried, interaction, desk)
  const answered = await said
  await answering(interaction, said, { ...desk, inPlace: answered.ok && answered.reply.page !== undefined })
}

async function run(
  carried: NonNullable<ReturnType<typeof carriedBy>>,
  interaction: ButtonInteraction,
  desk: Desk,
): Promise<Answer> {
  const line = 'command' in carried ? carried.command : await desk.phrases.get(carried.key)
  if (line !== undefined) return desk.handlers.answer({ line }, desk.people.asker(interaction))
  const error = {
    code: 'not-found',
    message: 'This button is too old: what it was for is not known any more.',
    hint: 'Ask again.',
  }
  return { ok: false, error }
}
