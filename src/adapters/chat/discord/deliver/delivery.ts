// Deliveries on Discord: one message each, marked with its key, so that it can be looked up before it is posted again.
import { createHash } from 'node:crypto'
import { type APIMessage, MessageFlags, type REST, Routes } from 'discord.js'
import { markOf, markOfDelivery } from '#adapters/chat/discord/render/custom-id.ts'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import { type DiscordMessage, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { type Delivery, threadOf } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { LookUp } from '#core/ports/platform.ts'
import type { Block } from '#core/reply.ts'
import type { Destination } from '#core/subscription.ts'
import { inOurWords } from './failures.ts'

const PAGE = 100
const SILENT = { allowed_mentions: { parse: [] } }

export interface Posts {
  readonly rest: REST
  readonly phrases: PhraseStore
  readonly now: () => Temporal.Instant
}

/** Posts; answers the message's id. Rejects with DeliveryError. */
export async function post({ rest, phrases, now }: Posts, delivery: Delivery): Promise<string> {
  const { components } = await kept(messageOf(delivery, now()), phrases, now())
  const nonce = createHash('sha256')
    .update(delivery.dedupeKey)
    .digest('base64url')
    .slice(0, LIMITS.nonce - 1)
  try {
    const route = Routes.channelMessages(threadOf(delivery) ?? delivery.destination.channel)
    const body = { components, flags: MessageFlags.IsComponentsV2, nonce, enforce_nonce: true, ...SILENT }
    const posted = (await rest.post(route, { body })) as APIMessage
    return posted.id
  } catch (error) {
    throw inOurWords(error)
  }
}

/** Puts the delivery's blocks in the place of what was posted. Rejects with DeliveryError. */
export async function edit({ rest, phrases, now }: Posts, delivery: Delivery & { readonly ref: string }): Promise<void> {
  const { components } = await kept(messageOf(delivery, now()), phrases, now())
  try {
    const route = Routes.channelMessage(threadOf(delivery) ?? delivery.destination.channel, delivery.ref)
    await rest.patch(route, { body: { components, flags: MessageFlags.IsComponentsV2, ...SILENT } })
  } catch (error) {
    throw inOurWords(error)
  }
}

/** Looks through the channel's latest messages for one with the delivery's mark. Rejects with DeliveryError where it could not be read. */
export async function lookUp({ rest }: Pick<Posts, 'rest'>, delivery: Delivery): Promise<LookUp> {
  const mark = markOfDelivery(delivery.dedupeKey)
  try {
    const route = Routes.channelMessages(threadOf(delivery) ?? delivery.destination.channel)
    const messages = (await rest.get(route, { query: new URLSearchParams({ limit: String(PAGE) }) })) as APIMessage[]
    const found = messages.find((message) => marksOf(message.components ?? []).includes(mark))
    if (found) return { found: found.id }
    return messages.length < PAGE ? 'absent' : 'unknown'
  } catch (error) {
    throw inOurWords(error)
  }
}

/** https://docs.discord.com/developers/reference#message-formatting: opens in the app. */
export function permalink({ workspace, channel, thread }: Destination, ref: string): string | undefined {
  return `https://discord.com/channels/${workspace}/${thread ?? channel}/${ref}`
}

function messageOf(delivery: Delivery, now: Temporal.Instant): DiscordMessage {
  const message = oneMessageOf(pressable(delivery.blocks), { now, mark: markOfDelivery(delivery.dedupeKey) })
  if (!message) throw new DeliveryError('rejected', 'This is more than one message can hold.')
  return message
}

/** With a button at least, which carries the mark. */
function pressable(blocks: readonly Block[]): readonly Block[] {
  const commands = blocks.flatMap((block) => ('actions' in block ? (block.actions ?? []) : [])).filter((one) => 'command' in one)
  return commands.length > 0 ? blocks : [...blocks, { kind: 'actions', actions: [{ label: 'Help', command: 'help' }] }]
}

async function kept(message: DiscordMessage, phrases: PhraseStore, now: Temporal.Instant): Promise<DiscordMessage> {
  await phrases.keep(message.phrases, now.toString())
  return message
}

function marksOf(components: readonly unknown[]): string[] {
  return components.flatMap((component) => {
    const { custom_id: id, components: inner } = component as { custom_id?: string; components?: unknown[] }
    const mark = id === undefined ? undefined : markOf(id)
    return [...(mark === undefined ? [] : [mark]), ...marksOf(inner ?? [])]
  })
}
