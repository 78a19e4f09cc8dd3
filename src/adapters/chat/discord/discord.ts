// Discord as a chat platform: interactions come over the gateway, deliveries go out over REST.
import { setTimeout as sleep } from 'node:timers/promises'
import { REST } from 'discord.js'
import { ANSWERS, createLane, REFUSALS } from '#adapters/chat/lanes.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { ChannelStore } from '#core/ports/store.ts'
import { listenToCommands } from './asks/command.ts'
import { listenToCompletions } from './asks/completion.ts'
import { listenToComponents } from './asks/component.ts'
import type { Listener } from './asks/desk.ts'
import { listenToLookUps } from './asks/lookup.ts'
import { createApi, restOptions } from './deliver/api.ts'
import { createDeliveries } from './deliver/delivery.ts'
import { createGateway, type Gateway } from './gateway/gateway.ts'
import { createPeople } from './people/people.ts'
import { keepRegistered } from './register/register.ts'
import { listenToServers } from './servers/servers.ts'

const CALL_WITHIN_MS = 10_000
/** What is under way at the end is answered within so long; the whole bot has ten seconds. */
const ANSWERED_WITHIN_MS = 7000

/** All that Discord brings: a new kind of interaction is a file and a line here. */
const listeners: readonly Listener[] = [
  listenToCommands,
  listenToCompletions,
  listenToComponents,
  listenToLookUps,
  listenToServers,
]

/** As many servers as one bot may be in at once, and more. */
const KEEPING = { atOnce: 4, waiting: 10_000 }

export interface DiscordOptions {
  readonly token: string
  readonly app: string
  /** Discord's own where undefined. */
  readonly apiUrl?: string
  /** Commands are registered in this guild alone. */
  readonly guild?: string
  readonly phrases: PhraseStore
  /** What each channel chose for its posts. */
  readonly channels: Pick<ChannelStore, 'get'>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** All guilds that the bot is invited to, by its token. */
export function discordPlatform({ token, app, apiUrl, guild, phrases, channels, now, log }: DiscordOptions): ChatPlatform {
  // The ledger alone repeats what failed: the client's own repeats would post twice.
  const options = { ...(apiUrl !== undefined && { api: apiUrl }), timeout: CALL_WITHIN_MS, retries: 0 }
  // With the calls of deliveries no more than Discord allows in any second.
  const own = { rejectOnRateLimit: ['/applications'], globalRequestsPerSecond: 10 }
  const rest = new REST({ ...options, version: '10', ...own }).setToken(token)
  const posting = new REST({ ...(apiUrl !== undefined && { api: apiUrl }), ...restOptions }).setToken(token)
  const stopping = new AbortController()
  const lanes = { work: createLane(ANSWERS, log), refusals: createLane(REFUSALS, log), keeping: createLane(KEEPING, log) }
  let gateway: Gateway | undefined

  return {
    name: 'discord',
    async start(handlers) {
      const desk = {
        handlers,
        people: createPeople(rest),
        phrases,
        work: lanes.work.work,
        load: lanes.work.load,
        refuse: lanes.refusals.work,
        keep: lanes.keeping.work,
        wait: sleep,
        now,
        log,
      }
      const { signal } = stopping
      gateway = createGateway({
        token,
        rest: options,
        listen: (client) => {
          for (const listen of listeners) listen(client, desk)
        },
        log,
      })
      await keepRegistered(rest, { app, ...(guild !== undefined && { guild }) }, { wait, signal, log })
      await gateway.open()
    },
    isAnswering: () => gateway?.isOpen() === true && !stopping.signal.aborted,
    async stop() {
      stopping.abort()
      gateway?.hush()
      const answered = Promise.all(Object.values(lanes).map((lane) => lane.done()))
      await Promise.race([answered, sleep(ANSWERED_WITHIN_MS, undefined, { ref: false })])
      await gateway?.close()
    },
    async check() {
      const { checkDiscord } = await import('./check/check.ts')
      return checkDiscord({ token, app, guild, apiUrl, now })
    },
    ...createDeliveries({ api: createApi(posting), phrases, channels, now, log }),
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal })
}
