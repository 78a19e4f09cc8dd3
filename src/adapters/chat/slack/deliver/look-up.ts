// Whether a message arrived: the channel, or the thread it was to be posted in, is looked through for the delivery's key.
import { type Delivery, threadOf } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { LookUp } from '#core/ports/platform.ts'
import { codeOf } from './failures.ts'
import { keyOf } from './mark.ts'
import { type Ask, readableChannel } from './readable-channel.ts'
import { createUnreadable } from './unreadable.ts'

/** How much earlier than the first try a message may be stamped, by a clock that goes wrong. */
const BEFORE_FIRST_TRY = { seconds: 120 }
const PAGE = 200
const MOST_PAGES = 20

/** The bot was never allowed to read what it posted among. */
const UNREADABLE: ReadonlySet<string | undefined> = new Set([
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
])

/** The message that began the thread was deleted, and what stood under it with it; the channel is there still. */
const THREAD_GONE = 'thread_not_found'

/** `unknown` where the channel may not be read. Rejects with DeliveryError where it could not be read this time. */
export function createLookUp(ask: Ask, now: () => Temporal.Instant): (delivery: Delivery) => Promise<LookUp> {
  const unreadable = createUnreadable(now)
  return async (delivery) => {
    const { workspace } = delivery.destination
    if (unreadable.has(workspace)) return 'unknown'
    try {
      return await read(delivery, ask)
    } catch (error) {
      const cause = error instanceof DeliveryError ? error.cause : undefined
      unreadable.learn(workspace, cause)
      if (UNREADABLE.has(codeOf(cause))) return 'unknown'
      if (codeOf(cause) === THREAD_GONE) return 'absent'
      throw error
    }
  }
}

async function read(delivery: Delivery, ask: Ask): Promise<LookUp> {
  const { destination, dedupeKey, firstTryAt, createdAt } = delivery
  const thread = threadOf(delivery)
  const oldest = Temporal.Instant.from(firstTryAt ?? createdAt).subtract(BEFORE_FIRST_TRY)
  const channel = await readableChannel(destination, ask)
  const options = { channel, oldest: String(oldest.epochMilliseconds / 1000), include_all_metadata: true, limit: PAGE }
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const from = { ...options, ...(cursor === undefined ? {} : { cursor }) }
    const {
      messages = [],
      has_more: more,
      response_metadata: next,
    } = thread === undefined
      ? await ask(destination.workspace, 'conversations.history', ({ conversations }) => conversations.history(from))
      : await ask(destination.workspace, 'conversations.replies', ({ conversations }) =>
          conversations.replies({ ...from, ts: thread }),
        )
    const found = messages.find((message) => keyOf(message) === dedupeKey)
    if (found?.ts !== undefined) return { found: found.ts }
    cursor = next?.next_cursor
    if (!cursor) return more ? 'unknown' : 'absent'
  }
  return 'unknown'
}
