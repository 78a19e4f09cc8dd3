// Lets a lost connection wait before it is opened again: discord.js tries twice a second, for as long as Discord is away.
// The place for it is where discord.js looks for the session to resume, which it does before each connection.
import { type ClientOptions, SimpleShardingStrategy } from 'discord.js'
import type { Log } from '#core/ports/log.ts'
import { type Pauses, pauseAfter } from './pauses.ts'

const PAUSES: Pauses = { shortest: 1, longest: 120 }
/** What lasted so long is replaced at once; what ended sooner, after the shortest pause. */
const LASTED_MS = 30_000

type Build = NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>
export type ShardManager = Parameters<Build>[0]

export interface Pacing {
  /** Resolves after so many seconds; false where the connection is not wanted any more. */
  readonly passes: (seconds: number) => Promise<boolean>
  readonly chance: () => number
  readonly log: Log
}

interface Shard {
  /** Whether Discord greeted on the connection that there is. */
  isGreeted: boolean
  isWaiting: boolean
  /** Tries since it last worked. */
  tries: number
  /** When it last began to work, by the process's clock; undefined where it never did. */
  workedAt: number | undefined
}

/** discord.js's own sharding, with pauses. */
export function paced(manager: ShardManager, { passes, chance, log }: Pacing): SimpleShardingStrategy {
  const { options } = manager
  const { retrieveSessionInfo } = options
  const shards = new Map<number, Shard>()

  function of(id: number): Shard {
    const known = shards.get(id)
    if (known) return known
    const shard: Shard = { isGreeted: false, isWaiting: false, tries: 0, workedAt: undefined }
    shards.set(id, shard)
    return shard
  }
  function works(id: number): void {
    Object.assign(of(id), { tries: 0, workedAt: performance.now() })
    log.info('discord gateway open', { shard: id })
  }

  /** Seconds. */
  function pauseOf({ tries, workedAt }: Shard): number {
    if (tries > 0) return pauseAfter(tries - 1, PAUSES, chance())
    if (workedAt === undefined || performance.now() - workedAt >= LASTED_MS) return 0
    return pauseAfter(0, PAUSES, chance())
  }

  /** Resolves when the shard may connect. Of two that want to, one does. */
  async function turn(id: number): Promise<void> {
    const shard = of(id)
    if (shard.isWaiting) return never()
    shard.isWaiting = true
    const pause = pauseOf(shard)
    if (shard.tries > 0) log.warn('discord gateway not open', { shard: id, pause })
    shard.tries++
    const isWanted = await passes(pause)
    shard.isWaiting = false
    if (!isWanted) await never()
  }

  options.retrieveSessionInfo = async (id) => {
    if (!of(id).isGreeted) await turn(id)
    return retrieveSessionInfo(id)
  }
  manager.on('hello', ({ shardId }) => {
    of(shardId).isGreeted = true
  })
  manager.on('ready', ({ shardId }) => works(shardId))
  manager.on('resumed', ({ shardId }) => works(shardId))
  manager.on('closed', ({ code, shardId }) => {
    of(shardId).isGreeted = false
    log.info('discord gateway closed', { shard: shardId, code })
  })
  return new SimpleShardingStrategy(manager)
}

/** A rejection would be one that discord.js leaves unhandled. */
function never(): Promise<never> {
  return new Promise(() => undefined)
}
