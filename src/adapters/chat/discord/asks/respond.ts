// How an answer is said where it was asked: at once, or in the place of “is thinking”; in as many messages as it takes.
// Who sees it is decided by the answer: where others were told that it comes, what is private takes that back and follows alone.
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  InteractionResponseType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type RESTPostAPIInteractionCallbackJSONBody,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { DiscordMessage } from '#adapters/chat/discord/render/components.ts'
import { messagesOf, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { BUSY } from '#adapters/chat/lanes.ts'
import { complaint } from '#core/commands/complaint.ts'
import type { Answer, AnswerError } from '#core/commands/dispatch.ts'
import type { Reply } from '#core/reply.ts'
import { deferWhenSlow } from './deferral.ts'
import type { Desk } from './desk.ts'
import { acknowledged, isExcusable, isGone, persisting, repeated } from './faults.ts'

export type Asking =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction

/** Answers under way from which on another may be slow: then Discord hears at once that one comes, and is not kept waiting by those before it. */
const MANY = 8

export interface How {
  /** Who will most likely see the answer. */
  readonly usually: Reply['visibility']
  /** A page takes the place of the one whose button was pressed. */
  readonly turnsPage: boolean
}

/**
 * Answers what `ask` resolves with. Discord hears within its three seconds, however long that takes or has to wait for its turn.
 * Nothing is asked where it is not ours to answer, or was answered by another process or too late before its turn came.
 */
export function respond(interaction: Asking, ask: () => Promise<Answer>, how: How, desk: Desk): void {
  if (!desk.isOurs()) return
  const server = interaction.guildId ?? interaction.user.id
  const deferral = deferWhenSlow(interaction, how, desk.log)
  const isTaken = desk.work(async () => {
    if (deferral.isRefused()) return
    const answer = await ask().catch((error) => unforeseen(error, desk))
    await deferral.over()
    await say(interaction, answer, how, desk)
  }, server)
  if (isTaken && desk.load() > MANY) deferral.tell()
  if (isTaken) return
  // Nobody is told that an answer comes which does not.
  deferral.drop()
  desk.refuse(() => sayBusy(interaction, desk), server)
}

/** As it goes over the wire: where so much is asked, each refusal has to cost little. */
const REFUSAL: RESTPostAPIInteractionCallbackJSONBody = {
  type: InteractionResponseType.ChannelMessageWithSource,
  data: { content: BUSY, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
}

async function sayBusy({ id, token, client }: Asking, { log }: Desk): Promise<void> {
  const say = () => client.rest.post(Routes.interactionCallback(id, token), { body: REFUSAL, auth: false })
  await acknowledged(say).catch((error) => log.warn('discord did not take a refusal', { error }))
}

/** Never rejects: what Discord does not take is logged, and the person told where that can be. */
async function say(interaction: Asking, answer: Answer, how: How, desk: Desk): Promise<void> {
  try {
    await sayAll(interaction, answer, how, desk)
  } catch (error) {
    desk.log.warn('discord did not take an answer', { error })
    if (!isExcusable(error)) return
    await sayAll(interaction, { ok: false, error: NOT_TAKEN }, how, desk).catch((failure) =>
      desk.log.warn('discord did not take an excuse', { error: failure }),
    )
  }
}

const NOT_TAKEN: AnswerError = {
  code: 'not-taken',
  message: 'Discord did not take the answer.',
  hint: 'Try it again, or ask for less at once.',
}

async function sayAll(interaction: Asking, answer: Answer, how: How, desk: Desk): Promise<void> {
  const alone = !answer.ok || answer.reply.visibility === 'private'
  const place = how.turnsPage && turnsPage(answer) && !(alone && isSeenByAll(interaction)) ? 'instead' : 'new'
  const messages = messagesFor(answer, desk.now())
  for (const [at, message] of messages.entries()) {
    await desk.phrases.keep(message.phrases, desk.now().toString())
    if (at > 0) await repeated(() => interaction.followUp(shown(message, alone)))
    else await sayFirst(interaction, message, { alone, place }, desk)
  }
}

async function sayFirst(
  interaction: Asking,
  message: DiscordMessage,
  { alone, place }: { readonly alone: boolean; readonly place: 'instead' | 'new' },
  { wait }: Desk,
): Promise<void> {
  const isPress = interaction.isMessageComponent()
  const { components, files, allowedMentions } = shown(message, alone)
  const whole = { components, files, allowedMentions, flags: MessageFlags.IsComponentsV2 } as const
  if (!interaction.deferred && !interaction.replied) {
    if (isPress && place === 'instead') await acknowledged(() => interaction.update(whole))
    else await acknowledged(() => interaction.reply(shown(message, alone)))
    interaction.replied = true
  } else if (isWaiting(interaction) ? interaction.ephemeral === alone : place === 'instead') {
    await persisting(() => interaction.editReply(whole), wait)
  } else {
    // A follow-up to what is thought about would be seen by those who see that.
    if (isWaiting(interaction)) await takeBack(interaction, wait)
    await repeated(() => interaction.followUp(shown(message, alone)))
  }
}

/** What was told to come is shown no more. */
async function takeBack(interaction: Asking, wait: Desk['wait']): Promise<void> {
  await persisting(() => interaction.deleteReply(), wait).catch((error) => {
    if (!isGone(error)) throw error
  })
  interaction.replied = true
}

/** Whether “is thinking” is shown; deferring a page shows nothing, and says nothing of who sees it. */
function isWaiting({ deferred, replied, ephemeral }: Asking): boolean {
  return deferred && !replied && ephemeral !== null
}

function shown({ components, files }: DiscordMessage, alone: boolean) {
  return {
    components,
    files: files.map(({ name, text }) => ({ name, attachment: Buffer.from(text) })),
    flags: MessageFlags.IsComponentsV2 | (alone ? MessageFlags.Ephemeral : 0),
    allowedMentions: { parse: [] },
  } satisfies InteractionReplyOptions
}

/** Pages are one message each, as far as that goes. */
function messagesFor(answer: Answer, now: Temporal.Instant): DiscordMessage[] {
  const blocks = answer.ok ? answer.reply.blocks : complaint(answer.error)
  const format = { now, files: true }
  const one = turnsPage(answer) ? oneMessageOf(blocks, format) : undefined
  return one ? [one] : messagesOf(blocks, format)
}

function isSeenByAll(interaction: Asking): boolean {
  return interaction.isMessageComponent() && !interaction.message.flags.has(MessageFlags.Ephemeral)
}

/** Whether there are others, so that one can take the place of another. */
function turnsPage(answer: Answer): boolean {
  const page = answer.ok ? answer.reply.page : undefined
  return page !== undefined && (page.next !== null || page.previous !== null)
}

function unforeseen(error: unknown, { log }: Desk): Answer {
  log.error('discord request failed', { error })
  const message = 'Something went wrong here that is not your mistake.'
  return { ok: false, error: { code: 'unexpected', message, hint: 'Try again in a moment.' } }
}
