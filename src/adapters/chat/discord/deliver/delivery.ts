// Deliveries on Discord: one message each, marked with its key, so that it can be looked up before it is posted again. In a
// forum the first is a post, and those that follow it are messages there.
import { type APIMessage, type APIThreadChannel, RESTJSONErrorCodes as Code, MessageFlags, Routes } from 'discord.js'
import { markOfDelivery } from '#adapters/chat/discord/render/custom-id.ts'
import { oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import type { Delivery } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { createMemory } from '#core/memory.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { LookUp, Platform } from '#core/ports/platform.ts'
import type { ChannelStore } from '#core/ports/store.ts'
import type { Block } from '#core/reply.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { DIRECT } from '#core/subscription.ts'
import type { Api } from './api.ts'
import { type Channel, createChannels } from './channels.ts'
import { codeOf, nothingPosted } from './failures.ts'
import { createLook } from './look-up.ts'
import { nonceOf } from './mark.ts'
import { createThreads } from './threads.ts'
import { titleOf } from './title.ts'

/** Titles of messages under which others may be posted. */
const MOST_TITLES = 1000
const UNTITLED = 'More papers'

export interface Deliveries {
  readonly api: Api
  readonly phrases: PhraseStore
  /** What each channel chose: whether it is published, whom a digest mentions. */
  readonly channels: Pick<ChannelStore, 'get'>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Where a message goes: a channel or a thread, by its id; in direct messages, as an answer to which message. */
interface Target {
  readonly to: string
  readonly under?: string
}

type Choices = Pick<ChannelSettings, 'publish' | 'mention'>

/** What the port promises of posts. */
export function createDeliveries(deliveries: Deliveries): Pick<Platform, 'post' | 'lookUp' | 'edit' | 'permalink'> {
  const { api, phrases, now, log } = deliveries
  const channels = createChannels(api, now)
  const threads = createThreads(api, now)
  const look = createLook(api, now)
  const titles = createMemory<string, string>(MOST_TITLES)

  async function messageOf(delivery: Delivery, { mention }: Choices = {}) {
    const blocks = mention === undefined ? delivery.blocks : [mentioning(mention), ...delivery.blocks]
    const message = oneMessageOf(blocks, { now: now(), mark: markOfDelivery(delivery.dedupeKey) })
    if (!message) throw new DeliveryError('rejected', 'This is more than one message can hold.')
    await phrases.keep(message.phrases, now().toString())
    return {
      components: message.components,
      flags: MessageFlags.IsComponentsV2,
      allowed_mentions: { parse: [], ...(mention !== undefined && { roles: [mention] }) },
    }
  }

  /** The choices that hold for this delivery. */
  async function choicesOf({ destination, kind, part, parentRef }: Delivery): Promise<Choices> {
    if (kind === 'notice' || destination.thread !== undefined) return {}
    const { publish, mention } = await deliveries.channels.get(destination)
    const isFirst = kind === 'digest' && part === 0 && parentRef === undefined
    return { ...(publish && { publish }), ...(isFirst && mention !== undefined && { mention }) }
  }

  /** Undefined where it is to be a post of a forum; its thread is begun where there is none. */
  async function target({ destination, parentRef }: Delivery, channel: Channel): Promise<Target | undefined> {
    if (parentRef === undefined) return channel.takes === 'forum' ? undefined : { to: channel.id }
    if (channel.takes === 'forum') return { to: parentRef }
    if (destination.workspace === DIRECT) return { to: channel.id, under: parentRef }
    if (channel.takes === 'plain') return { to: channel.id }
    const name = titles.get(parentRef) ?? UNTITLED
    const begun = await threads.begin({ channel: destination.channel, id: parentRef, name })
    return { to: begun ? parentRef : channel.id }
  }

  async function postTo({ to, under }: Target, message: object, { dedupeKey }: Delivery): Promise<string> {
    const reference = under === undefined ? {} : { message_reference: { message_id: under, fail_if_not_exists: false } }
    const body = { ...message, ...reference, nonce: nonceOf(dedupeKey), enforce_nonce: true }
    const { id } = await threads.within(to, () => api.post<APIMessage>(Routes.channelMessages(to), body))
    return id
  }

  /** Answers the post's id, which is that of its message too. */
  async function postIn({ id: forum, tag }: Channel, message: object, { blocks }: Delivery): Promise<string> {
    const body = { name: titleOf(blocks, now()), message, ...(tag !== undefined && { applied_tags: [tag] }) }
    try {
      return (await api.post<APIThreadChannel>(Routes.threads(forum), body)).id
    } catch (error) {
      // Its tags may have been changed.
      channels.forget(forum)
      throw error
    }
  }

  /** Once and no more: a server may publish ten messages an hour. */
  async function publish(channel: string, id: string): Promise<void> {
    try {
      await api.post(Routes.channelMessageCrosspost(channel, id), {})
    } catch (error) {
      log.warn('message was not published', { channel, error })
    }
  }

  /** That a thread is gone says nothing of its channel, unless that is gone too. */
  async function ofThread(error: unknown, delivery: Delivery): Promise<never> {
    if (codeOf(error) !== Code.UnknownChannel) throw error
    channels.forget(delivery.destination.channel)
    await channels.of(delivery)
    throw new DeliveryError('rejected', 'The thread is gone.', { cause: error })
  }

  async function post(delivery: Delivery): Promise<string> {
    const choices = await choicesOf(delivery)
    const message = await messageOf(delivery, choices)
    if (delivery.destination.thread !== undefined) {
      return postTo({ to: delivery.destination.thread }, message, delivery).catch((error) => ofThread(error, delivery))
    }
    const channel = await channels.of(delivery)
    const place = await target(delivery, channel)
    if (!place) return postIn(channel, message, delivery)
    const id = await postTo(place, message, delivery).catch((error) =>
      place.to === channel.id ? Promise.reject(error) : ofThread(error, delivery),
    )
    if (choices.publish && channel.announces && place.to === channel.id) await publish(channel.id, id)
    return id
  }

  /** Where a delivery's message may be by now, the likeliest first; undefined for a forum's post. */
  function placesOf({ destination, parentRef }: Delivery, { id, takes }: Channel): string[] | undefined {
    if (destination.thread !== undefined) return [destination.thread]
    if (parentRef === undefined) return takes === 'forum' ? undefined : [id]
    if (takes === 'forum') return [parentRef]
    return takes === 'plain' ? [id] : [parentRef, id]
  }

  async function inAny(places: readonly string[], delivery: Delivery): Promise<LookUp> {
    let all: LookUp = 'absent'
    for (const place of places) {
      const found = await look.inMessages(place, delivery).catch((error): LookUp => {
        if (codeOf(error) === Code.UnknownChannel && place !== delivery.destination.channel) return 'absent'
        throw error
      })
      if (typeof found === 'object') return found
      if (found === 'unknown') all = found
    }
    return all
  }

  return {
    async post(delivery) {
      const id = await post(delivery)
      titles.set(id, titleOf(delivery.blocks, now()))
      return id
    },
    async lookUp(delivery) {
      const channel = await channels.of(delivery)
      const places = placesOf(delivery, channel)
      return places ? inAny(places, delivery) : look.inPosts(channel.id, delivery)
    },
    async edit(delivery) {
      const message = await messageOf(delivery, await choicesOf(delivery))
      const channel = await channels.of(delivery)
      // An edit mentions nobody anew.
      const body = { components: message.components, flags: message.flags, allowed_mentions: { parse: [] } }
      const [first = delivery.ref, ...others] = placesOf(delivery, channel) ?? []
      const change = (place: string) =>
        threads
          .within(place, () => api.patch(Routes.channelMessage(place, delivery.ref), body))
          .catch((error) => {
            throw nothingPosted(error)
          })
      const isElsewhere = (error: unknown) =>
        others.length > 0 && (codeOf(error) === Code.UnknownChannel || codeOf(error) === Code.UnknownMessage)
      await change(first)
        .catch((error) => (isElsewhere(error) ? change(others[0] ?? first) : Promise.reject(error)))
        .catch((error) => (first === channel.id ? Promise.reject(error) : ofThread(error, delivery)))
    },
    permalink({ workspace, channel, thread }, ref) {
      if (workspace === DIRECT) return undefined
      const place = thread ?? (channels.known(channel)?.takes === 'forum' ? ref : channel)
      return `https://discord.com/channels/${workspace}/${place}/${ref}`
    },
  }
}

function mentioning(role: string): Block {
  return { kind: 'prose', spans: [{ text: '@role', role }] }
}
