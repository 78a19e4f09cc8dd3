// discord.js's client as Paperboy needs it: the least intents, no cache but servers and channels, and connections with pauses.
import {
  Client,
  Events,
  GatewayIntentBits,
  type GuildMember,
  Options,
  type RESTOptions,
  SimpleIdentifyThrottler,
} from 'discord.js'
import type { Information } from '#adapters/chat/discord/shards/information.ts'
import type { Shard } from '#adapters/chat/discord/shards/names.ts'
import type { Turn } from '#adapters/chat/discord/shards/turns.ts'
import type { IdentifyBudget } from './identify-budget.ts'
import { type Pacing, paced, type ShardManager } from './paced.ts'

/** What is not kept: interactions bring what they need. Servers, channels, roles, and the bot as a member of each, are kept. */
const NOT_KEPT = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: { maxSize: 0, keepOverLimit: isBot },
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
} as const

/** One of so many shards, where processes have one each, and begin their sessions by turns. */
export interface OneShard extends Shard {
  readonly turn: Turn
  readonly information: Information
}

export interface ClientSettings extends Pacing {
  readonly rest: Partial<RESTOptions>
  readonly budget: IdentifyBudget
  /** As many as Discord asks for where undefined. */
  readonly shard?: OneShard
}

export interface Connected {
  readonly client: Client
  /** Ends the connection, and leaves what answers people. */
  disconnect(): Promise<void>
}

/** Discord counts no answers to interactions among a bot's fifty requests a second, and nothing else is asked here but the gateway. */
const UNCOUNTED = { globalRequestsPerSecond: Number.POSITIVE_INFINITY }
/** An answer that was deferred leaves a queue of its own behind, which is swept so often. */
const SWEPT = { handlerSweepInterval: 300_000 }

/** Not yet logged in. */
export function createClient({ rest, budget, shard, ...pacing }: ClientSettings): Connected {
  let connections: ShardManager | undefined
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { ...rest, ...UNCOUNTED, ...SWEPT },
    allowedMentions: { parse: [] },
    enforceNonce: true,
    makeCache: Options.cacheWithLimits(NOT_KEPT),
    ...(shard === undefined ? { shards: 'auto' } : { shards: [shard.id], shardCount: shard.of }),
    ws: {
      buildStrategy(manager) {
        connections = manager
        if (shard !== undefined) manager.fetchGatewayInformation = shard.information
        return paced(manager, pacing)
      },
      buildIdentifyThrottler: (manager) => throttled(manager, { budget, turn: shard?.turn }, pacing),
    },
  })
  // What people write from outside of servers comes with channels of its own, which nobody asks for again.
  client.on(Events.CacheSweep, () => client.channels.cache.sweep((channel) => channel.isDMBased()))
  return { client, disconnect: async () => connections?.destroy() }
}

interface Throttling {
  readonly budget: IdentifyBudget
  readonly turn: Turn | undefined
}

async function throttled(manager: ShardManager, { budget, turn }: Throttling, { passes, log }: Pacing) {
  let { session_start_limit: limit } = await manager.fetchGatewayInformation()
  const own = new SimpleIdentifyThrottler(limit.max_concurrency)

  /** What Discord says now; what it said before where it does not answer. */
  async function limitNow() {
    const said = await manager.fetchGatewayInformation().catch(() => undefined)
    if (said !== undefined) limit = said.session_start_limit
    return limit
  }

  return {
    async waitForIdentify(shard: number, signal: AbortSignal) {
      const { max_concurrency: concurrency, ...allowed } = await limitNow()
      const pause = budget(allowed) / 1000
      if (pause > 0) log.warn('discord sessions are begun too often', { shard, pause })
      if (pause > 0) await passes(pause)
      signal.throwIfAborted()
      if (turn === undefined) await own.waitForIdentify(shard, signal)
      else await turn(shard % concurrency, signal)
    },
  }
}

/** Its roles say where it may write. */
function isBot({ id, client }: GuildMember): boolean {
  return id === client.user.id
}
