// Deliveries on Slack: one message each, marked with its key, so that it can be looked up before it is posted again.
import { webApi } from '@slack/bolt'
import { isDirect, readableChannel } from '#adapters/chat/slack/people/direct.ts'
import { oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import type { Client } from '#adapters/chat/slack/workspaces.ts'
import { type Delivery, threadOf } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { LookUp } from '#core/ports/platform.ts'
import type { Destination } from '#core/subscription.ts'
import { inOurWords } from './failures.ts'

const EVENT = 'paperboy_delivery'
/** How much earlier than the first try a message may be stamped, by a clock that goes wrong. */
const BEFORE_FIRST_TRY = { seconds: 120 }
const PAGE = 200
const MOST_PAGES = 20

/** The bot was never allowed to read what it posted among. */
const UNREADABLE = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type', 'access_denied'])

/** The message that began the thread was deleted, and what stood under it with it; the channel is there still. */
const THREAD_GONE = 'thread_not_found'

/** Posts; answers the message's timestamp. Rejects with DeliveryError. */
export async function post(client: Client, delivery: Delivery, now: Temporal.Instant): Promise<string> {
  const message = messageOf(delivery, now)
  const thread = threadOf(delivery)
  try {
    const posted = await client.chat.postMessage({
      channel: delivery.destination.channel,
      ...message,
      unfurl_links: false,
      unfurl_media: false,
      metadata: markOf(delivery),
      ...(thread === undefined ? {} : { thread_ts: thread }),
    })
    if (posted.ts === undefined) throw new DeliveryError('uncertain', 'Slack answered without a timestamp.')
    return posted.ts
  } catch (error) {
    throw inOurWords(error)
  }
}

/** Puts the delivery's blocks in the place of what was posted. Rejects with DeliveryError. */
export async function edit(client: Client, delivery: Delivery & { readonly ref: string }, now: Temporal.Instant): Promise<void> {
  const message = messageOf(delivery, now)
  try {
    const channel = await readableChannel(client, delivery.destination.channel)
    await client.chat.update({ channel, ts: delivery.ref, ...message, metadata: markOf(delivery) })
  } catch (error) {
    throw inOurWords(error)
  }
}

/** https://docs.slack.dev/interactivity/deep-linking: opens in the app, whatever the workspace's own address is. */
export function permalink({ workspace, channel, thread }: Destination, ref: string): string | undefined {
  if (isDirect(channel)) return undefined
  const query = new URLSearchParams({ team: workspace, channel, message_ts: ref, ...(thread && { thread_ts: thread }) })
  return `https://slack.com/app_redirect?${query}`
}

function messageOf({ blocks }: Delivery, now: Temporal.Instant) {
  const message = oneMessageOf(blocks, now)
  if (!message) throw new DeliveryError('rejected', 'This is more than one message can hold.')
  return message
}

function markOf({ dedupeKey }: Delivery) {
  return { event_type: EVENT, event_payload: { key: dedupeKey } }
}

/**
 * Looks through the channel, or the thread it was to be posted in, for a message with the delivery's key; `unknown` where it may not be
 * read. Rejects with DeliveryError where it could not be read this time.
 */
export async function lookUp(client: Client, delivery: Delivery): Promise<LookUp> {
  const oldest = Temporal.Instant.from(delivery.firstTryAt ?? delivery.createdAt).subtract(BEFORE_FIRST_TRY)
  const since = { oldest: String(oldest.epochMilliseconds / 1000), include_all_metadata: true, limit: PAGE }
  const thread = threadOf(delivery)
  try {
    const options = { ...since, channel: await readableChannel(client, delivery.destination.channel) }
    let cursor: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const from = cursor === undefined ? {} : { cursor }
      const {
        messages = [],
        has_more: more,
        response_metadata: next,
      } = thread === undefined
        ? await client.conversations.history({ ...options, ...from })
        : await client.conversations.replies({ ...options, ...from, ts: thread })
      const found = messages.find((message) => keyOf(message) === delivery.dedupeKey)
      if (found?.ts !== undefined) return { found: found.ts }
      cursor = next?.next_cursor
      if (!cursor) return more ? 'unknown' : 'absent'
    }
    return 'unknown'
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && UNREADABLE.has(error.data.error)) return 'unknown'
    if (error instanceof webApi.WebAPIPlatformError && error.data.error === THREAD_GONE) return 'absent'
    throw inOurWords(error)
  }
}

function keyOf(message: object): unknown {
  const metadata =
    'metadata' in message ? (message.metadata as { event_type?: string; event_payload?: { key?: unknown } }) : undefined
  return metadata?.event_type === EVENT ? metadata.event_payload?.key : undefined
}
