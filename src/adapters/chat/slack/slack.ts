// Slack as a chat platform: the slash command and the buttons bring requests, deliveries go out.
import { App, type BlockAction, type ButtonAction, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt'
import { sendAnswer } from '#adapters/chat/slack/asks/respond.ts'
import { edit, lookUp, permalink, post } from '#adapters/chat/slack/deliver/delivery.ts'
import { type DirectMessages, directMessages } from '#adapters/chat/slack/people/direct.ts'
import { createReceiver } from '#adapters/chat/slack/requests/receiver.ts'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import type { Asker, ChatPlatform } from '#core/ports/platform.ts'
import type { Person } from '#core/subscription.ts'
import { boltLogger } from './bolt-logger.ts'

const COMMAND = '/papers'
const RUN = /^run:/
const OPEN = /^open:/
const CALL_WITHIN_MS = 10_000

export interface SlackOptions {
  readonly token: string
  /** Requests over HTTP, or over a socket that the bot opens itself. */
  readonly requests:
    | { readonly mode: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number }
    | { readonly mode: 'socket'; readonly appToken: string }
  /** Slack's own where undefined. */
  readonly apiUrl?: string
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** One workspace, by its bot token. */
export function slackPlatform({ token, requests, apiUrl, now, log }: SlackOptions): ChatPlatform {
  const logger = boltLogger(log)
  const address = apiUrl === undefined ? {} : { slackApiUrl: apiUrl }
  // The ledger alone repeats what failed: the client's own repeats would post twice.
  const clientOptions = { ...address, timeout: CALL_WITHIN_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }
  const receiver: Receiver =
    requests.mode === 'http'
      ? createReceiver({ ...requests, log })
      : new SocketModeReceiver({ appToken: requests.appToken, logger, installerOptions: { clientOptions: { ...address } } })
  const app = new App({ token, receiver, clientOptions, logger, tokenVerificationEnabled: false })
  const direct = directMessages(app.client)
  const underWay = new Set<Promise<void>>()

  function work(task: Promise<void>): void {
    underWay.add(task)
    task.finally(() => underWay.delete(task)).catch((error) => log.error('slack request failed', { error }))
  }

  return {
    name: 'slack',
    async start(answer) {
      app.command(COMMAND, async ({ ack, command }) => {
        await ack()
        const asker = askerOf(command.team_id, command.channel_id, { id: command.user_id, name: command.user_name }, direct)
        const line = command.text.trim() || 'help'
        work(
          answer({ line }, asker).then((said) =>
            sendAnswer(said, { url: command.response_url, now: now(), inPlace: false, log }),
          ),
        )
      })
      app.action<BlockAction<ButtonAction>>(RUN, async ({ ack, body, action }) => {
        await ack()
        const { team, channel, user, response_url: url } = body
        const { value } = action
        if (!team || !channel || !url || value === undefined) return
        const thread = threadOfButton(body)
        const person = { id: user.id, name: user.name ?? user.id }
        const asker = { ...askerOf(team.id, channel.id, person, direct), ...(thread !== undefined && { thread }) }
        work(
          answer({ line: value }, asker).then((said) =>
            sendAnswer(said, { url, now: now(), inPlace: said.ok && said.reply.page !== undefined, thread, log }),
          ),
        )
      })
      app.action(OPEN, async ({ ack }) => ack())
      await checkToken(app)
      await app.start()
    },
    async stop() {
      await app.stop()
      await Promise.allSettled(underWay)
    },
    post: (delivery) => post(app.client, delivery, now()),
    lookUp: (delivery) => lookUp(app.client, delivery),
    edit: (delivery) => edit(app.client, delivery, now()),
    permalink,
  }
}

function askerOf(workspace: string, channel: string, person: Person, direct: DirectMessages): Asker {
  return {
    destination: { platform: 'slack', workspace, channel },
    person,
    direct: async () => ({ platform: 'slack', workspace, channel: await direct(workspace, person.id) }),
  }
}

/** The thread that the button's message is a reply in; what a thread hangs on stands in the channel itself. */
export function threadOfButton({ container, message }: Pick<BlockAction, 'container' | 'message'>): string | undefined {
  const thread: unknown = container.thread_ts ?? message?.thread_ts
  return typeof thread === 'string' && thread !== container.message_ts ? thread : undefined
}

async function checkToken(app: App): Promise<void> {
  try {
    await app.client.auth.test()
  } catch (cause) {
    const why =
      cause instanceof webApi.WebAPIPlatformError
        ? `Slack refuses the bot token: ${cause.data.error}.`
        : 'Slack cannot be reached.'
    throw new ConfigError(why, { hint: 'Look at SLACK_BOT_TOKEN (it begins with xoxb-) and at the network.', cause })
  }
}
