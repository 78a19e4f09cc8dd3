// Discord as a chat platform: interactions come over the gateway, deliveries go out over REST.
import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayCloseCodes, REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js'
import { ANSWERS, createLane, REFUSALS } from '#adapters/chat/lanes.ts'
import { alwaysOurs } from '#core/ports/duties.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { ChannelStore } from '#core/ports/store.ts'
import { listenToCommands } from './asks/command.ts'
import { listenToCompletions } from './asks/completion.ts'
import { listenToComponents } from './asks/component.ts'
import type { Listener } from './asks/desk.ts'
import { listenToLookUps } from './asks/lookup.ts'
import { CALLS_A_SECOND, createApi, restOptions } from './deliver/api.ts'
import { createDeliveries } from './deliver/delivery.ts'
import type { OneShard } from './gateway/client.ts'
import { createGateway, type Gateway } from './gateway/gateway.ts'
import { createIdentifyBudget, type SessionLimit } from './gateway/identify-budget.ts'
import { refusalOf } from './gateway/refusal.ts'
import { passes } from './gateway/waits.ts'
import { createPeople } from './people/people.ts'
import { keepRegistered } from './register/register.ts'
import { KEEPING, listenToServers } from './servers/servers.ts'
import { createDivision, type Ours, type Sharing } from './shards/division.ts'
import { createInformation } from './shards/information.ts'
import type { Shard } from './shards/names.ts'
import { createTurns } from './shards/turns.ts'

const CALL_WITHIN_MS = 10_000
/** With the calls of deliveries no more than Discord allows in any second. */
const OWN_CALLS_A_SECOND = 10
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
  /** Where other processes have the same bot: its shards are divided among them. One process has all otherwise. */
  readonly sharing?: Sharing
  readonly now: () => Temporal.Instant
  readonly log: Log
}

const one: Ours = { isOurs: () => true, onTooFew: () => undefined }

/** All guilds that the bot is invited to, by its token. */
export function discordPlatform(given: DiscordOptions): ChatPlatform {
  const { token, app, apiUrl, guild, phrases, channels, sharing, now, log } = given
  // The ledger alone repeats what failed: the client's own repeats would post twice.
  const options = { ...(apiUrl !== undefined && { api: apiUrl }), timeout: CALL_WITHIN_MS, retries: 0 }
  const own = { rejectOnRateLimit: ['/applications'], globalRequestsPerSecond: OWN_CALLS_A_SECOND }
  const rest = new REST({ ...options, version: '10', ...own }).setToken(token)
  const posting = new REST({ ...(apiUrl !== undefined && { api: apiUrl }), ...restOptions }).setToken(token)
  const stopping = new AbortController()
  const lanes = { work: createLane(ANSWERS, log), refusals: createLane(REFUSALS, log), keeping: createLane(KEEPING, log) }
  let gateway: Gateway | undefined
  let living = 1

  /** What Discord allows is the bot's: each process keeps to its part. */
  function share(processes: number): void {
    living = processes
    rest.options.globalRequestsPerSecond = partOf(OWN_CALLS_A_SECOND, processes)
    posting.options.globalRequestsPerSecond = partOf(CALLS_A_SECOND, processes)
  }

  /** Rejects with ConfigError where Discord refuses the bot. */
  async function recommended(): Promise<number> {
    try {
      return ((await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult).shards
    } catch (error) {
      throw refusalOf(error, undefined) ?? error
    }
  }

  function divided(among: Sharing, gatewayOf: (shard: OneShard, ours: Ours) => Gateway): Gateway {
    const turn = createTurns({ leases: among.leases, now, passes, log })
    const information = createInformation(rest, () => performance.now())
    return createDivision({
      ...among,
      recommended,
      gatewayOf: (shard: Shard, ours) => gatewayOf({ ...shard, turn, information }, ours),
      onLiving: share,
      now,
      passes,
      log,
    })
  }

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
      const sessions = createIdentifyBudget(() => performance.now())
      const gatewayOf = (shard: OneShard | undefined, { isOurs, onTooFew }: Ours) =>
        createGateway({
          token,
          rest: options,
          budget: (limit) => sessions(partOfSessions(limit, living)),
          ...(shard !== undefined && { shard }),
          listen: (client) => {
            for (const listen of listeners) listen(client, { ...desk, isOurs })
          },
          onClosed: (code) => {
            if (code === GatewayCloseCodes.ShardingRequired) onTooFew()
          },
          log,
        })
      gateway = sharing === undefined ? gatewayOf(undefined, one) : divided(sharing, gatewayOf)
      const duties = sharing?.duties ?? alwaysOurs
      await keepRegistered(rest, { app, ...(guild !== undefined && { guild }) }, { duties, wait, signal, log })
      await gateway.open()
    },
    isAnswering: () => gateway?.isOpen() === true && !stopping.signal.aborted,
    connections: () => gateway?.connections() ?? { all: 0, held: 0, open: 0 },
    async stop() {
      stopping.abort()
      const over = Promise.all([gateway?.hush(), ...Object.values(lanes).map((lane) => lane.done())])
      await Promise.race([over, sleep(ANSWERED_WITHIN_MS, undefined, { ref: false })])
      await gateway?.close()
    },
    async check() {
      const { checkDiscord } = await import('./check/check.ts')
      return checkDiscord({ token, app, guild, apiUrl, now })
    },
    ...createDeliveries({ api: createApi(posting), phrases, channels, now, log }),
  }
}

function partOfSessions({ total, remaining, reset_after }: SessionLimit, processes: number): SessionLimit {
  return { total: total / processes, remaining: remaining / processes, reset_after }
}

/** One call a second at least. */
function partOf(calls: number, processes: number): number {
  return Math.max(1, Math.floor(calls / processes))
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal })
}
