// Deliveries on Slack: one message each, marked with its key, so that it can be looked up before it is posted again.
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import { oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import type { Client, Workspaces } from '#adapters/chat/slack/workspaces.ts'
import { type Delivery, threadOf } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Destination } from '#core/subscription.ts'
import { codeOf, inOurWords } from './failures.ts'
import { createLookUp } from './look-up.ts'
import { markOf } from './mark.ts'
import { createPace, type PaceOptions } from './pace.ts'
import { type Ask, readableChannel } from './readable-channel.ts'

/** What the port promises of posts, for all workspaces and at the pace that Slack asks for. */
export function createDeliveries(
  workspaces: Pick<Workspaces, 'withClient' | 'botUser'>,
  { now, wait }: PaceOptions,
): Pick<Platform, 'post' | 'lookUp' | 'edit' | 'permalink'> {
  const pace = createPace({ now, wait })
  const ask: Ask = (workspace, method, call) =>
    workspaces.withClient(workspace, (client) => pace.ask(workspace, method, () => inOurErrors(() => call(client))))

  return {
    async post(delivery) {
      const message = messageOf(delivery, now())
      return workspaces.withClient(delivery.destination.workspace, (client) =>
        pace.post(delivery.destination, () => inOurErrors(() => post(client, message, delivery))),
      )
    },
    async edit(delivery) {
      const message = messageOf(delivery, now())
      const channel = await readableChannel(delivery.destination, ask).catch(uneditable)
      const metadata = markOf(delivery)
      await ask(delivery.destination.workspace, 'chat.update', ({ chat }) =>
        chat.update({ channel, ts: delivery.ref, ...message, metadata }),
      )
    },
    lookUp: createLookUp(ask, { botUser: workspaces.botUser, now }),
    permalink,
  }
}

/** https://docs.slack.dev/interactivity/deep-linking: opens in the app, whatever the workspace's own address is. */
function permalink({ workspace, channel, thread }: Destination, ref: string): string | undefined {
  if (isDirect(channel)) return undefined
  const query = new URLSearchParams({ team: workspace, channel, message_ts: ref, ...(thread && { thread_ts: thread }) })
  return `https://slack.com/app_redirect?${query}`
}

/** Answers the message's timestamp. */
async function post({ chat }: Client, message: Message, delivery: Delivery): Promise<string> {
  const thread = threadOf(delivery)
  const posted = await chat.postMessage({
    channel: delivery.destination.channel,
    ...message,
    unfurl_links: false,
    unfurl_media: false,
    metadata: markOf(delivery),
    ...(thread === undefined ? {} : { thread_ts: thread }),
  })
  if (posted.ts === undefined) throw new DeliveryError('uncertain', 'Slack answered without a timestamp.')
  return posted.ts
}

type Message = ReturnType<typeof messageOf>

function messageOf({ blocks }: Delivery, now: Temporal.Instant) {
  const message = oneMessageOf(blocks, now)
  if (!message) throw new DeliveryError('rejected', 'This is more than one message can hold.')
  return message
}

/** Where a person's messages cannot be found for want of a scope, they can be posted to still. */
function uneditable(error: DeliveryError): never {
  throw codeOf(error.cause) === 'missing_scope' ? new DeliveryError('rejected', error.message, { cause: error }) : error
}

async function inOurErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw inOurWords(error)
  }
}
