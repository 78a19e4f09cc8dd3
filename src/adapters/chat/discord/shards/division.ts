// Discord's shards divided among processes that share a store, without a leader: each takes free ones up to its share of those
// that live, holds each by a lease, over a connection of its own, and gives up what is too much, one after the other.
import type { Gateway } from '#adapters/chat/discord/gateway/gateway.ts'
import { type Pauses, pauseAfter } from '#adapters/chat/discord/gateway/pauses.ts'
import { type Passes, whenAborted } from '#adapters/chat/discord/gateway/waits.ts'
import { ConfigError } from '#core/errors.ts'
import type { Duties } from '#core/ports/duties.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import type { Connections } from '#core/ports/platform.ts'
import type { MetaStore } from '#core/ports/store.ts'
import { census, freeOf, PREFIX, REACHED, type Shard, shardName, shareOf } from './names.ts'
import { createReach } from './reach.ts'
import { createSeat } from './seat.ts'
import { createSize } from './size.ts'

/** Seconds between two looks at who has what; longer and longer where the store or Discord fails. */
const LOOK = 1
const PAUSES: Pauses = { shortest: 1, longest: 30 }
/** Seconds before what Discord refused for good is tried again. */
const REFUSED = 60
/** Seconds in which what was asked over a shard that was given up is answered. */
const ANSWERED = 15
/** Seconds for which one tells all that Discord is reached. */
const TOLD = 10

/** What processes tell each other by. */
export interface Sharing {
  /** With leases as short as a shard may be nobody's. */
  readonly duties: Duties
  readonly leases: Pick<LeaseStore, 'take' | 'held'>
  readonly meta: MetaStore
}

export interface Ours {
  /** Whether what it brings is this process's to do: false where it stood still for so long that another may have it. */
  readonly isOurs: () => boolean
  /** Discord takes no session of so few shards. */
  readonly onTooFew: () => void
}

export interface DivisionOptions extends Sharing {
  readonly recommended: () => Promise<number>
  /** Not yet opened. */
  readonly gatewayOf: (shard: Shard, ours: Ours) => Gateway
  /** Told, now and then, how many processes live. */
  readonly onLiving: (processes: number) => void
  readonly now: () => Temporal.Instant
  readonly passes: Passes
  readonly log: Log
}

interface Held {
  readonly shard: Shard
  readonly gateway: Gateway
  readonly giveUp: () => void
}

/** As a gateway: open where this process has its share, or others have all shards. */
export function createDivision(options: DivisionOptions): Gateway {
  const { duties, leases, gatewayOf, onLiving, now, passes, log } = options
  const stopping = new AbortController()
  const started = Promise.withResolvers<void>()
  const reaches = () =>
    options.recommended().then(
      () => true,
      () => false,
    )
  const seat = createSeat({ ...options, reaches })
  const reach = createReach(now)
  const size = createSize(options)
  /** By their ids. */
  const mine = new Map<number, Held>()
  /** Names of shards that are being taken or held. */
  const takings = new Map<string, Promise<void>>()
  const notClosed = new Set<Gateway>()
  let all = 0
  let standsBy = false
  let seated: Promise<void> | undefined

  /** One look at who has what. Rejects with StoreError, or with what asking Discord rejects with. */
  async function look(): Promise<void> {
    const { seats, shards, isReached } = census(await leases.held(PREFIX, now().toString()))
    const own = seat.number()
    if (own === undefined || !seats.includes(own)) return
    onLiving(seats.length)
    const of = await size.agreed(shards)
    if (of === undefined) return
    all = of
    if (!isReached) await tellReached()
    // Where all have some and none is reached, it is Discord that is away.
    const away = reach(gateways(), seats.length > 1 && (isReached || seats.length > of))
    if (away !== undefined) return leave(away)
    const [kept, old] = partsOf([...mine.values()], of)
    for (const { giveUp } of old) giveUp()
    const share = shareOf(of, seats, own)
    if (kept.length > share) kept.at(-1)?.giveUp()
    const isDivided = shards.every((shard) => shard.of === of)
    // What is being taken counts too: the store may be slower than the looks.
    const room = isDivided ? share - takings.size : 0
    const free = freeOf(of, shards).filter((shard) => !takings.has(shardName(shard)))
    const wanted = free.slice(0, Math.max(0, room))
    standsBy = isDivided && wanted.length === 0 && (share === 0 || takings.size === 0)
    // It may have been stopped meanwhile, and gives back what it has.
    if (!stopping.signal.aborted) for (const shard of wanted) take(shard)
  }

  async function tellReached(): Promise<void> {
    if (!gateways().some((gateway) => gateway.isReached())) return
    await leases.take(REACHED, { now: now().toString(), until: now().add({ seconds: TOLD }).toString() })
  }

  function leave(until: Temporal.Instant): void {
    log.warn('discord is not reached from here: others have its shards for a while', { until: until.toString() })
    standsBy = false
    seat.leave(until)
    for (const { giveUp } of mine.values()) giveUp()
  }

  function gateways(): Gateway[] {
    return [...mine.values()].map(({ gateway }) => gateway)
  }

  function take(shard: Shard): void {
    const name = shardName(shard)
    const taking = duties
      .take(name, (over, isOurs) => hold(shard, over, isOurs), { signal: stopping.signal })
      .then(() => undefined)
      .catch((error) => log.warn('a discord shard could not be taken', { shard: shard.id, error }))
      .finally(() => takings.delete(name))
    takings.set(name, taking)
  }

  /** For as long as the lease lasts and it is not too much. */
  async function hold(shard: Shard, over: AbortSignal, isOurs: () => boolean): Promise<void> {
    if (!(await isStillWanted(shard)) || over.aborted || seat.isAway()) return
    const leaving = new AbortController()
    const until = AbortSignal.any([over, leaving.signal])
    const gateway = gatewayOf(shard, { isOurs, onTooFew: () => size.outgrown(shard.of) })
    notClosed.add(gateway)
    mine.set(shard.id, { shard, gateway, giveUp: () => leaving.abort() })
    log.info('discord shard taken', { shard: shard.id, of: shard.of })
    keepOpen(gateway, until).catch((error) => log.error('discord given up', { error }))
    await whenAborted(until)
    mine.delete(shard.id)
    await gateway.hush()
    log.info('discord shard given up', { shard: shard.id, of: shard.of })
    closeOnceAnswered(gateway).catch((error) => log.error('discord shard not closed', { error }))
  }

  /** Between the look and the lease the number may have changed, and others may have taken shards of it. */
  async function isStillWanted({ of }: Shard): Promise<boolean> {
    const { shards } = census(await leases.held(PREFIX, now().toString()))
    return shards.every((shard) => shard.of === of) && (await size.stored()) === of
  }

  async function keepOpen(gateway: Gateway, until: AbortSignal): Promise<void> {
    do {
      try {
        await gateway.open()
        return tellStarted()
      } catch (error) {
        refused(error)
      }
    } while (await passes(REFUSED, until))
  }

  async function closeOnceAnswered(gateway: Gateway): Promise<void> {
    await passes(ANSWERED, stopping.signal)
    if (stopping.signal.aborted) return
    await gateway.close()
    notClosed.delete(gateway)
  }

  /** What Discord refuses at the start ends it. */
  function refused(error: unknown): void {
    if (error instanceof ConfigError) started.reject(error)
    log.error('discord refuses the bot', { error })
  }

  async function keepLooking(): Promise<void> {
    let failures = 0
    do {
      try {
        await look()
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        standsBy = false
        failures++
        if (error instanceof ConfigError) refused(error)
        else log.warn('discord cannot be divided', { failures, error })
      }
      tellStarted()
    } while (await passes(failures === 0 ? LOOK : pauseAfter(failures - 1, PAUSES, Math.random()), stopping.signal))
  }

  function tellStarted(): void {
    if (isOpen()) started.resolve()
  }

  function isOpen(): boolean {
    if (stopping.signal.aborted) return false
    return mine.size === 0 ? standsBy : gateways().every((gateway) => gateway.isOpen())
  }

  async function hush(): Promise<void> {
    stopping.abort()
    // Who is away has no seat to give back, and may be waiting for a word of Discord.
    await Promise.all([...takings.values(), seat.isAway() ? undefined : seated])
  }

  async function close(): Promise<void> {
    await Promise.all([...notClosed].map((gateway) => gateway.close()))
  }

  return {
    async open() {
      seated = seat.keep(stopping.signal)
      keepLooking().catch((error) => log.error('discord given up', { error }))
      try {
        await Promise.race([started.promise, whenAborted(stopping.signal)])
      } catch (error) {
        await hush()
        await close()
        throw error
      }
    },
    isOpen,
    isReached: () => gateways().some((gateway) => gateway.isReached()),
    connections: () => ({ ...sumOf(gateways().map((gateway) => gateway.connections())), all }),
    hush,
    close,
  }
}

/** Those of the number that is agreed on, and others. */
function partsOf(held: readonly Held[], of: number): [Held[], Held[]] {
  return [held.filter(({ shard }) => shard.of === of), held.filter(({ shard }) => shard.of !== of)]
}

function sumOf(parts: readonly Connections[]): Pick<Connections, 'held' | 'open'> {
  const sum = (of: 'held' | 'open') => parts.reduce((total, part) => total + part[of], 0)
  return { held: sum('held'), open: sum('open') }
}
