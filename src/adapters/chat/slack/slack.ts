// Slack as a chat platform: requests come over HTTP or a socket, deliveries go out.
import { setTimeout as sleep } from 'node:timers/promises'
import { App, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import { listenToButtons } from './asks/button.ts'
import { listenToCommands } from './asks/command.ts'
import type { Listener } from './asks/desk.ts'
import { listenToFollowForms } from './asks/follow-modal.ts'
import { createLane } from './asks/lanes.ts'
import { listenToOptions } from './asks/options.ts'
import { listenToLinks } from './asks/unfurl.ts'
import { boltLogger } from './bolt-logger.ts'
import { createDeliveries } from './deliver/delivery.ts'
import { createPeople } from './people/people.ts'
import { createReceiver } from './requests/receiver.ts'
import { clientOf, oneWorkspace } from './workspaces.ts'

/** All that Slack brings: a new kind of request is a file and a line here. */
const listeners: readonly Listener[] = [listenToCommands, listenToButtons, listenToFollowForms, listenToOptions, listenToLinks]

/** Enough that no answer waits for another's way to Slack and back; what waits is answered within seconds. */
const WORK = { atOnce: 32, waiting: 500 }
const REFUSALS = { atOnce: 8, waiting: 200 }

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
  const receiver: Receiver =
    requests.mode === 'http'
      ? createReceiver({ ...requests, log })
      : new SocketModeReceiver({ appToken: requests.appToken, logger, installerOptions: { clientOptions: { ...address } } })
  const workspaces = oneWorkspace(token, { apiUrl })
  const app = new App({ authorize: workspaces.authorize, receiver, logger })
  const lanes = { work: createLane(WORK, log), refusals: createLane(REFUSALS, log) }

  return {
    name: 'slack',
    async start(handlers) {
      const people = createPeople(workspaces, now)
      const desk = { handlers, workspaces, people, work: lanes.work.work, refuse: lanes.refusals.work, now, log }
      for (const listen of listeners) listen(app, desk)
      await checkToken(token, apiUrl)
      await app.start()
    },
    async stop() {
      await app.stop()
      await Promise.all([lanes.work.done(), lanes.refusals.done()])
    },
    async check() {
      const { checkSlack } = await import('./check/check.ts')
      return checkSlack({ workspaces: [{ token }], requests, apiUrl, now })
    },
    ...createDeliveries(workspaces, { now, wait: sleep }),
  }
}

async function checkToken(token: string, apiUrl: string | undefined): Promise<void> {
  try {
    await clientOf(token, { apiUrl }).auth.test()
  } catch (cause) {
    const why =
      cause instanceof webApi.WebAPIPlatformError
        ? `Slack refuses the bot token: ${cause.data.error}.`
        : 'Slack cannot be reached.'
    throw new ConfigError(why, { hint: 'Look at SLACK_BOT_TOKEN (it begins with xoxb-) and at the network.', cause })
  }
}
