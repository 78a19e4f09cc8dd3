// Slack as a chat platform: requests come over HTTP or a socket, deliveries go out.
import { setTimeout as sleep } from 'node:timers/promises'
import { App } from '@slack/bolt'
import { ANSWERS, createLane, REFUSALS } from '#adapters/chat/lanes.ts'
import { ConfigError, type DeliveryError } from '#core/errors.ts'
import type { InstallationStore } from '#core/ports/installation-store.ts'
import type { Log } from '#core/ports/log.ts'
import type { ChatHandlers, ChatPlatform } from '#core/ports/platform.ts'
import { listenToButtons } from './asks/button.ts'
import { listenToCommands } from './asks/command.ts'
import type { Listener } from './asks/desk.ts'
import { listenToDirectMessages } from './asks/direct-message.ts'
import { listenToFollowForms } from './asks/follow-modal.ts'
import { listenToHome } from './asks/home.ts'
import { listenToInvitations } from './asks/joined.ts'
import { listenToMentions } from './asks/mention.ts'
import { listenToOptions } from './asks/options.ts'
import { listenToShortcuts } from './asks/shortcut.ts'
import { listenToLinks } from './asks/unfurl.ts'
import { listenToUninstalls } from './asks/uninstalled.ts'
import { boltLogger } from './bolt-logger.ts'
import { createDeliveries } from './deliver/delivery.ts'
import { codeOf } from './deliver/failures.ts'
import { createPeople } from './people/people.ts'
import { type Gate, guard, type SharedEvents } from './requests/gate.ts'
import { installPageOf, installPages, type OAuth } from './requests/install.ts'
import { createReceiver, type HeardReceiver } from './requests/receiver.ts'
import { createSocketReceiver } from './requests/socket.ts'
import { createWorkspaces, type Workspaces } from './workspaces.ts'

/** All that Slack brings: a new kind of request is a file and a line here. */
const listeners: readonly Listener[] = [
  listenToCommands,
  listenToButtons,
  listenToFollowForms,
  listenToOptions,
  listenToMentions,
  listenToDirectMessages,
  listenToShortcuts,
  listenToLinks,
  listenToInvitations,
  listenToUninstalls,
  listenToHome,
]

export interface SlackOptions {
  /** One workspace's, which needs no installation. */
  readonly token?: string
  /** Requests over HTTP, or over a socket that the bot opens itself. */
  readonly requests:
    | { readonly mode: 'http'; readonly signingSecret: string }
    | { readonly mode: 'socket'; readonly appToken: string }
  /** Where requests over HTTP come, and whoever installs the bot. */
  readonly host: string
  readonly port: number
  /** How workspaces install the bot; absent where none may. */
  readonly oauth?: OAuth
  readonly installations: Pick<InstallationStore, 'get' | 'all'>
  /** Where several processes take Slack's requests: which events are taken. */
  readonly events?: SharedEvents
  /** Slack's own where undefined. */
  readonly apiUrl?: string
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** All workspaces that the bot is installed in, and that of its token. */
export function slackPlatform(options: SlackOptions): ChatPlatform {
  const { token, requests, host, port, oauth, installations, apiUrl, now, log } = options
  const workspaces = createWorkspaces({ token, installations, apiUrl, now })
  const lanes = { work: createLane(ANSWERS, log), refusals: createLane(REFUSALS, log) }
  let app: App | undefined
  let receiver: HeardReceiver | undefined
  let gate: Gate | undefined

  return {
    name: 'slack',
    async start(given) {
      const handlers = mindful(given, workspaces)
      receiver = receiverOf(options, handlers)
      app = new App({
        authorize: workspaces.authorize,
        receiver,
        logger: boltLogger(log),
        convoStore: false,
      })
      gate = guard(app, { installPage: oauth && installPageOf(oauth), events: options.events, wait, now, log })
      const people = createPeople(workspaces, now)
      const desk = { handlers, workspaces, people, work: lanes.work.work, refuse: lanes.refusals.work, wait, now, log }
      for (const listen of listeners) listen(app, desk)
      await greet(options, workspaces, handlers)
      await app.start()
    },
    isAnswering: () => receiver?.isHeard() === true,
    connections() {
      const held = requests.mode === 'socket' ? 1 : 0
      return { all: held, held, open: receiver?.isHeard() === true ? held : 0 }
    },
    async stop() {
      await app?.stop()
      // What is handled still may give the lanes more to do.
      await gate?.empty()
      await Promise.all([lanes.work.done(), lanes.refusals.done()])
    },
    async check() {
      const { checkSlack } = await import('./check/check.ts')
      const installed = await installations.all('slack').catch(() => [])
      const checked = [...(token === undefined ? [] : [{ token }]), ...installed]
      return checkSlack({
        workspaces: checked,
        ...(oauth && { installs: { page: installPageOf(oauth) } }),
        requests: requests.mode === 'http' ? { ...requests, host, port } : requests,
        apiUrl,
        now,
      })
    },
    ...createDeliveries(workspaces, { now, wait: sleep }),
  }
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal })
}

function receiverOf({ requests, oauth, apiUrl, host, port, now, log }: SlackOptions, { installed }: ChatHandlers): HeardReceiver {
  const pages = oauth && installPages({ ...oauth, apiUrl, installed, now, log })
  return requests.mode === 'http'
    ? createReceiver({ ...requests, host, port, pages, log })
    : createSocketReceiver({ ...requests, apiUrl, host, port, pages, log })
}

/** The handlers, by which the workspaces learn what changes. */
function mindful(handlers: ChatHandlers, { forget }: Workspaces): ChatHandlers {
  return {
    ...handlers,
    async installed(installation) {
      await handlers.installed(installation)
      forget(installation.workspace)
    },
    async uninstalled(place) {
      await handlers.uninstalled(place)
      forget(place.workspace)
    },
  }
}

/** Opens again what had been closed for want of a token that works. Rejects with ConfigError where nothing can be served. */
async function greet(options: SlackOptions, workspaces: Workspaces, { accepted }: ChatHandlers): Promise<void> {
  const own = await workspaces.own().catch((error: DeliveryError) => withoutOwn(error, options))
  if (own !== undefined) await accepted({ platform: 'slack', workspace: own })
  // Whether these tokens work, the first delivery to each shows.
  for (const { workspace } of await options.installations.all('slack')) await accepted({ platform: 'slack', workspace })
}

/** One workspace that took the bot out keeps it from no other. */
function withoutOwn(cause: DeliveryError, { oauth, log }: SlackOptions): undefined {
  const code = codeOf(cause.cause)
  if (oauth && code !== undefined && cause.kind === 'revoked') {
    log.error('slack refuses the configured bot token', { error: cause })
    return undefined
  }
  const why = code === undefined ? 'Slack cannot be reached.' : `Slack refuses the bot token: ${code}.`
  throw new ConfigError(why, { hint: 'Look at SLACK_BOT_TOKEN (it begins with xoxb-) and at the network.', cause })
}
