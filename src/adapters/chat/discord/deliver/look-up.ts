// Whether a message arrived: what was posted since the first try is looked through for the delivery's mark, in a channel or a
// thread, or over the posts of a forum.
import {
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
  RESTJSONErrorCodes as Code,
  Routes,
  SnowflakeUtil,
} from 'discord.js'
import { markOfDelivery } from '#adapters/chat/discord/render/custom-id.ts'
import type { Delivery } from '#core/delivery.ts'
import { createPassingMemory } from '#core/memory.ts'
import type { LookUp } from '#core/ports/platform.ts'
import type { Api } from './api.ts'
import { codeOf } from './failures.ts'
import { carries } from './mark.ts'

/** How much earlier than the first try a message may be stamped, by a clock that goes wrong. */
const BEFORE_FIRST_TRY = { seconds: 120 }
const PAGE = 100
const MOST_PAGES = 20
const MOST_POSTS = 50
/** A forum lists a post no more once nobody wrote in it for so long, at the least. */
const LISTED = { hours: 1 }
/** Channels that the bot may not read: they are not asked each time. A permission that is added meanwhile is noticed then. */
const UNREADABLE_FOR = { hours: 1 }
const MOST_UNREADABLE = 1000

export interface Look {
  /** In a channel or a thread. `unknown` where it may not be read, or holds too much. */
  inMessages(channel: string, delivery: Delivery): Promise<LookUp>
  /** Among the posts of a forum. */
  inPosts(forum: string, delivery: Delivery): Promise<LookUp>
}

/** Both reject with DeliveryError where it could not be read this time. */
export function createLook(api: Api, now: () => Temporal.Instant): Look {
  const unreadable = createPassingMemory<string>(MOST_UNREADABLE, UNREADABLE_FOR, now)

  function unknown(channel: string): LookUp {
    unreadable.add(channel)
    return 'unknown'
  }

  async function read(channel: string, delivery: Delivery): Promise<LookUp> {
    const mark = markOfDelivery(delivery.dedupeKey)
    let after = since(delivery)
    for (let at = 0; at < MOST_PAGES; at++) {
      const messages = await api.get<APIMessage[]>(Routes.channelMessages(channel), { after, limit: `${PAGE}` })
      const found = messages.find((message) => carries(message, mark))
      if (found) return { found: found.id }
      if (at === 0 && messages.length === 0) return (await isEmpty(channel, after)) ? 'absent' : unknown(channel)
      if (messages.length < PAGE) return 'absent'
      const last = messages.map(({ id }) => id).reduce(later)
      if (last === after) return 'unknown'
      after = last
    }
    return 'unknown'
  }

  /** Without the permission to read a channel's history Discord shows none of it, and says nothing. */
  async function isEmpty(channel: string, after: string): Promise<boolean> {
    const { last_message_id: last } = await api.get<{ last_message_id?: string | null }>(Routes.channel(channel))
    return !last || later(last, after) === after
  }

  async function isPostOf(post: string, mark: string): Promise<boolean> {
    try {
      return carries(await api.get<APIMessage>(Routes.channelMessage(post, post)), mark)
    } catch (error) {
      if (codeOf(error) === Code.UnknownMessage || codeOf(error) === Code.UnknownChannel) return false
      throw error
    }
  }

  return {
    async inMessages(channel, delivery) {
      if (unreadable.has(channel)) return 'unknown'
      try {
        return await read(channel, delivery)
      } catch (error) {
        if (isForbidden(error)) return unknown(channel)
        throw error
      }
    },
    async inPosts(forum, delivery) {
      if (unreadable.has(forum)) return 'unknown'
      const mark = markOfDelivery(delivery.dedupeKey)
      const guild = delivery.destination.workspace
      const first = since(delivery)
      const isOfForum = (one: object) => 'parent_id' in one && one.parent_id === forum
      const channels = await api.get<APIChannel[]>(Routes.guildChannels(guild))
      const latest = channels.flatMap((one) => (one.id === forum && 'last_message_id' in one ? (one.last_message_id ?? []) : []))
      const isNews = latest.some((post) => later(post, first) === post)
      const { threads } = isNews
        ? await api.get<{ threads: APIThreadChannel[] }>(Routes.guildActiveThreads(guild))
        : { threads: [] }
      const listed = [...channels, ...threads].filter(isOfForum).map(({ id }) => id)
      const posts = [...new Set([...latest, ...listed])].filter((post) => later(post, first) === post).toSorted(earliestFirst)
      try {
        for (const post of posts.slice(0, MOST_POSTS)) if (await isPostOf(post, mark)) return { found: post }
      } catch (error) {
        if (isForbidden(error)) return unknown(forum)
        throw error
      }
      const isListed = Temporal.Instant.compare(firstTry(delivery).add(LISTED), now()) > 0
      return !isNews || (isListed && posts.length <= MOST_POSTS) ? 'absent' : 'unknown'
    },
  }
}

function isForbidden(error: unknown): boolean {
  const code = codeOf(error)
  return code === Code.MissingAccess || code === Code.MissingPermissions
}

function firstTry({ firstTryAt, createdAt }: Delivery): Temporal.Instant {
  return Temporal.Instant.from(firstTryAt ?? createdAt)
}

/** The id that a message of the moment would have from which on it may have been posted. */
function since(delivery: Delivery): string {
  const { epochMilliseconds } = firstTry(delivery).subtract(BEFORE_FIRST_TRY)
  return `${SnowflakeUtil.generate({ timestamp: epochMilliseconds, increment: 0n, workerId: 0n, processId: 0n })}`
}

function later(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? a : b
}

function earliestFirst(a: string, b: string): number {
  return later(a, b) === b ? -1 : 1
}
