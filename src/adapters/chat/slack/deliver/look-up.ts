// Whether a message arrived: the channel, or the thread it was to be posted in, is looked through for the delivery's key.
import type { Client, Workspaces } from '#adapters/chat/slack/workspaces.ts'
import { type Delivery, threadOf } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { createMemory } from '#core/memory.ts'
import type { LookUp } from '#core/ports/platform.ts'
import { codeOf } from './failures.ts'
import { keyOf } from './mark.ts'
import { type Ask, readableChannel } from './readable-channel.ts'
import { createUnreadable } from './unreadable.ts'

/** How much earlier than the first try a message may be stamped, by a clock that goes wrong. */
const BEFORE_FIRST_TRY = { seconds: 120 }
const PAGE = 200
const MOST_PAGES = 20
const MOST_BEGUN = 1000

/** The bot was never allowed to read what it posted among. */
const UNREADABLE: ReadonlySet<string | undefined> = new Set([
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
])

/** The message that began the thread was deleted, and what stood under it with it; the channel is there still. */
const THREAD_GONE = 'thread_not_found'

/** The look goes on from too long ago, and begins anew. */
const CURSOR_GONE = 'invalid_cursor'

interface PageOptions {
  readonly workspace: string
  readonly thread: string | undefined
  readonly channel: string
  readonly oldest: string
  readonly limit: number
  readonly include_all_metadata: boolean
  readonly cursor?: string
}

export interface LookUpOptions extends Pick<Workspaces, 'botUser'> {
  readonly now: () => Temporal.Instant
}

/** `unknown` where the channel may not be read. Rejects with DeliveryError where it could not be read this time. */
export function createLookUp(ask: Ask, { botUser, now }: LookUpOptions): (delivery: Delivery) => Promise<LookUp> {
  const unreadable = createUnreadable(now)
  /** Where a look that was cut short goes on, by the delivery's key: Slack gives some apps fifteen messages a minute and no more. */
  const begun = createMemory<string, string>(MOST_BEGUN)

  /** One page of the channel or the thread; undefined where it is known, by now, that the workspace lets nothing be read. */
  async function page(client: Client, { workspace, thread, ...from }: PageOptions) {
    if (unreadable.has(workspace)) return undefined
    const { history, replies } = client.conversations
    try {
      return await (thread === undefined ? history(from) : replies({ ...from, ts: thread }))
    } catch (error) {
      unreadable.learn(workspace, error)
      throw error
    }
  }

  /**
   * Whatever else posts in a channel may write the key of a message that it expects of the bot. What Slack names no author of, or
   * where it does not say who the bot is, is the bot's own: a message too few can be asked for, one too many cannot be taken back.
   */
  async function isOurs({ user, bot_id: bot }: { readonly user?: string; readonly bot_id?: string }, workspace: string) {
    if (user !== undefined) return user === ((await botUser(workspace)) ?? user)
    if (bot === undefined) return true
    const { bot_id: own = bot } = await ask(workspace, 'auth.test', ({ auth }) => auth.test())
    return bot === own
  }

  async function read(delivery: Delivery): Promise<LookUp> {
    const { destination, dedupeKey, firstTryAt, createdAt } = delivery
    const { workspace } = destination
    const thread = threadOf(delivery)
    const method = thread === undefined ? 'conversations.history' : 'conversations.replies'
    const oldest = Temporal.Instant.from(firstTryAt ?? createdAt).subtract(BEFORE_FIRST_TRY)
    const channel = await readableChannel(destination, ask)
    const options = { workspace, thread, channel, oldest: String(oldest.epochMilliseconds / 1000) }
    let cursor = begun.get(dedupeKey)
    for (let at = 0; at < MOST_PAGES; at++) {
      const from = { ...options, include_all_metadata: true, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }
      const answer = await ask(workspace, method, (client) => page(client, from))
      if (answer === undefined) return 'unknown'
      for (const message of answer.messages ?? []) {
        if (message.ts !== undefined && keyOf(message) === dedupeKey && (await isOurs(message, workspace)))
          return { found: message.ts }
      }
      cursor = answer.response_metadata?.next_cursor
      if (!cursor) return answer.has_more ? 'unknown' : 'absent'
      begun.set(dedupeKey, cursor)
    }
    return 'unknown'
  }

  return async (delivery) => {
    try {
      const found = await read(delivery).catch(answered)
      begun.delete(delivery.dedupeKey)
      return found
    } catch (error) {
      if (slackCode(error) === CURSOR_GONE) begun.delete(delivery.dedupeKey)
      throw error
    }
  }
}

/** What some errors say of the message all the same. */
function answered(error: unknown): LookUp {
  const code = slackCode(error)
  if (UNREADABLE.has(code)) return 'unknown'
  if (code === THREAD_GONE) return 'absent'
  throw error
}

function slackCode(error: unknown): string | undefined {
  return error instanceof DeliveryError ? codeOf(error.cause) : undefined
}
