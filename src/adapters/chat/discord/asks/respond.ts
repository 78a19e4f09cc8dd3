// Answers to an interaction: at once where they are there soon, otherwise in the place of Discord's “is thinking”.
import { type ButtonInteraction, type CommandInteraction, MessageFlags } from 'discord.js'
import { messagesOf } from '#adapters/chat/discord/render/message.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Block } from '#core/reply.ts'
import type { Desk } from './desk.ts'

/** Discord waits three seconds for the first answer. */
const SOON_MS = 1500

export interface Answering extends Pick<Desk, 'now' | 'phrases' | 'log'> {
  /** Puts a page in the place of the one whose button was pressed. */
  readonly inPlace: boolean
}

/** Sends the answer; mistakes are seen only by the person who made them. Never rejects: what Discord does not take is logged. */
export async function answering(
  interaction: CommandInteraction | ButtonInteraction,
  said: Promise<Answer>,
  options: Answering,
): Promise<void> {
  try {
    await deferIfSlow(interaction, said)
    await send(interaction, await said, options)
  } catch (error) {
    options.log.warn('discord did not take an answer', { error })
  }
}

async function deferIfSlow(interaction: CommandInteraction | ButtonInteraction, said: Promise<Answer>): Promise<void> {
  const { promise: slow, resolve } = Promise.withResolvers<'slow'>()
  const timer = setTimeout(resolve, SOON_MS, 'slow')
  const first = await Promise.race([said, slow])
  clearTimeout(timer)
  if (first === 'slow') await interaction.deferReply({ flags: MessageFlags.Ephemeral })
}

async function send(
  interaction: CommandInteraction | ButtonInteraction,
  answer: Answer,
  { now, phrases, inPlace }: Answering,
): Promise<void> {
  const isPrivate = !answer.ok || answer.reply.visibility === 'private'
  const flags = MessageFlags.IsComponentsV2 | (isPrivate ? MessageFlags.Ephemeral : 0)
  const messages = messagesOf(answer.ok ? answer.reply.blocks : complaint(answer.error), { now: now() })
  for (const [at, message] of messages.entries()) {
    await phrases.keep(message.phrases, now().toString())
    const { components } = message
    const quiet = { allowedMentions: { parse: [] } }
    if (at > 0) await interaction.followUp({ components, flags, ...quiet })
    else if (interaction.deferred) await interaction.editReply({ components, flags: MessageFlags.IsComponentsV2, ...quiet })
    else if (inPlace && interaction.isButton()) await interaction.update({ components, ...quiet })
    else await interaction.reply({ components, flags, ...quiet })
  }
}

function complaint({ message, hint }: { message: string; hint: string | null }): Block[] {
  const said: Block = { kind: 'prose', spans: [{ text: message }] }
  return hint === null ? [said] : [said, { kind: 'note', spans: [{ text: hint }] }]
}
