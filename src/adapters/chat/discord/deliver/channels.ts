// What kind of channel a delivery goes to, which says how it is posted there; remembered for some minutes.
import { type APIChannel, ChannelFlags, ChannelType, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { Delivery } from '#core/delivery.ts'
import { createMemory } from '#core/memory.ts'
import { DIRECT } from '#core/subscription.ts'
import type { Api } from './api.ts'
import { codeOf, nothingPosted } from './failures.ts'

const REMEMBERED = { minutes: 10 }
const MOST_CHANNELS = 5000
/** Tags that a post about papers takes rather than others. */
const FITTING = /^(?:papers?|digests?)$/i

export interface Channel {
  /** Where it is posted to: not the destination's where that is a person. */
  readonly id: string
  /** `forum`: takes posts, which are threads; `threaded`: messages may have threads; `plain`: they cannot, as in direct messages. */
  readonly takes: 'forum' | 'threaded' | 'plain'
  /** Its messages can be published to the servers that follow it. */
  readonly announces: boolean
  /** The tag for posts, where the forum wants one and has one that a bot may set. */
  readonly tag?: string
}

export interface Channels {
  /** Rejects with DeliveryError, never `uncertain`. */
  of(delivery: Pick<Delivery, 'destination' | 'kind'>): Promise<Channel>
  /** What is remembered of a channel, whatever its age. */
  known(id: string): Channel | undefined
  forget(id: string): void
}

export function createChannels(api: Api, now: () => Temporal.Instant): Channels {
  const memory = createMemory<string, { readonly channel: Channel; readonly until: Temporal.Instant }>(MOST_CHANNELS)

  async function find({ destination, kind }: Pick<Delivery, 'destination' | 'kind'>): Promise<Channel> {
    try {
      return channelOf(await api.get<APIChannel>(Routes.channel(destination.channel)))
    } catch (error) {
      // Notices may be for a person, by their own id.
      if (kind !== 'notice' || codeOf(error) !== RESTJSONErrorCodes.UnknownChannel) throw nothingPosted(error)
      return openDirect(destination.channel)
    }
  }

  async function openDirect(person: string): Promise<Channel> {
    try {
      return channelOf(await api.post<APIChannel>(Routes.userChannels(), { recipient_id: person }))
    } catch (error) {
      throw nothingPosted(error)
    }
  }

  return {
    async of(delivery) {
      const { workspace, channel: id } = delivery.destination
      if (workspace === DIRECT) return { id, takes: 'plain', announces: false }
      const remembered = memory.get(id)
      if (remembered && Temporal.Instant.compare(now(), remembered.until) < 0) return remembered.channel
      const channel = await find(delivery)
      memory.set(id, { channel, until: now().add(REMEMBERED) })
      return channel
    },
    known: (id) => memory.get(id)?.channel,
    forget: (id) => memory.delete(id),
  }
}

function channelOf(channel: APIChannel): Channel {
  const { id, type } = channel
  const announces = type === ChannelType.GuildAnnouncement
  if (type !== ChannelType.GuildForum && type !== ChannelType.GuildMedia) {
    return { id, takes: announces || type === ChannelType.GuildText ? 'threaded' : 'plain', announces }
  }
  const wantsTag = ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0
  const free = wantsTag ? (channel.available_tags ?? []).filter(({ moderated }) => !moderated) : []
  const tag = (free.find(({ name }) => FITTING.test(name)) ?? free[0])?.id
  return { id, takes: 'forum', announces, ...(tag !== undefined && { tag }) }
}
