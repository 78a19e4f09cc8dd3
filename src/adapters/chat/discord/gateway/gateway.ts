// The bot's connection to Discord: opened at the start, however long Discord is away, and kept for as long as it runs.
// discord.js resumes by itself what is lost afterwards; a client that Discord closed for good is replaced.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, Events, type RESTOptions, Status } from 'discord.js'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import type { Connections } from '#core/ports/platform.ts'
import { createClient, type OneShard } from './client.ts'
import type { IdentifyBudget } from './identify-budget.ts'
import { type Pauses, pauseAfter } from './pauses.ts'
import { refusalOf } from './refusal.ts'
import { aborted, passes } from './waits.ts'

/** Seconds between tries to log in. */
const PAUSES: Pauses = { shortest: 1, longest: 300 }
/** The pause before another client logs in is longer than the five seconds that Discord wants between two sessions. */
const FAILURES_OF_A_CLOSED_ONE = 4
const CLOSED_WITHIN_MS = 1500

const NOT_GREETED: ReadonlySet<Status> = new Set([Status.Idle, Status.Connecting, Status.Reconnecting, Status.Disconnected])

export interface GatewayOptions {
  readonly token: string
  readonly rest: Partial<RESTOptions>
  /** Of all gateways of this process together. */
  readonly budget: IdentifyBudget
  /** All shards that Discord asks for where undefined. */
  readonly shard?: OneShard
  /** Told of the code with which Discord closed it for good; another client is tried all the same. */
  readonly onClosed?: (code: number) => void
  /** Registers what answers people, on each client anew. */
  readonly listen: (client: Client) => void
  readonly log: Log
}

export interface Gateway {
  /** Resolves once people are heard or the gateway is closed; rejects with ConfigError where Discord refuses the bot. */
  open(): Promise<void>
  /** Whether people are heard: each shard's connection is open. */
  isOpen(): boolean
  /** Whether Discord greets on any connection, though people may not be heard over it yet. */
  isReached(): boolean
  connections(): Connections
  /** People are heard no more, and Discord knows it; what they asked can still be answered. Never rejects. */
  hush(): Promise<void>
  /** For good. Never rejects. */
  close(): Promise<void>
}

export function createGateway({ token, rest, budget, shard, onClosed, listen, log }: GatewayOptions): Gateway {
  const stopping = new AbortController()
  let current: ReturnType<typeof createClient> | undefined

  /** `isFirst`: what Discord refuses for good ends it by rejecting. */
  async function open(failuresBefore: number, isFirst: boolean): Promise<void> {
    for (let failures = failuresBefore; ; failures++) {
      if (failures > 0 && !(await passes(pauseAfter(failures - 1, PAUSES, Math.random()), stopping.signal))) return
      try {
        return await opened()
      } catch (error) {
        if (isFirst && error instanceof ConfigError) throw error
        if (stopping.signal.aborted) return
        log.warn('discord does not let the bot in', { failures: failures + 1, error })
      }
    }
  }

  /** One try. Rejects with ConfigError where Discord refuses the bot, else with what the client throws. */
  async function opened(): Promise<void> {
    const over = new AbortController()
    const until = AbortSignal.any([stopping.signal, over.signal])
    const gone = aborted(until)
    const connected = createClient({
      rest,
      budget,
      ...(shard !== undefined && { shard }),
      passes: (seconds) => passes(seconds, until),
      chance: Math.random,
      log,
    })
    const { client } = connected
    let closedWith: number | undefined
    let isOpen = false
    client.on(Events.ShardDisconnect, ({ code }) => {
      closedWith = code
      onClosed?.(code)
      if (until.aborted) return
      over.abort()
      if (!isOpen) return
      log.error('discord closed the gateway', { code, error: refusalOf(undefined, code) })
      replace(client)
    })
    client.on(Events.ShardError, (error, shard) => log.warn('discord gateway failed', { shard, error }))
    client.on(Events.Error, (error) => log.error('discord client failed', { error }))
    listen(client)
    current = connected
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
    try {
      await Promise.race([client.login(token), gone])
      const { guilds, ws } = await Promise.race([ready, gone])
      isOpen = true
      log.info('discord knows the bot', { servers: guilds.cache.size, shards: ws.shards.size })
    } catch (error) {
      over.abort()
      await destroyed(client)
      throw refusalOf(error, closedWith) ?? error
    }
  }

  function replace(client: Client): void {
    destroyed(client)
      .then(() => open(FAILURES_OF_A_CLOSED_ONE, false))
      .catch((error) => log.error('discord given up', { error }))
  }

  return {
    open: () => open(0, true),
    isOpen: () => {
      if (current === undefined || stopping.signal.aborted) return false
      return current.client.isReady() && current.client.ws.shards.every(isReady)
    },
    isReached: () => current?.client.ws.shards.some(({ status }) => !NOT_GREETED.has(status)) ?? false,
    connections() {
      const shards = current?.client.ws.shards
      const held = shards?.size ?? 0
      const open = stopping.signal.aborted ? 0 : (shards?.filter(isReady).size ?? 0)
      return { all: held, held, open }
    },
    async hush() {
      stopping.abort()
      current?.client.removeAllListeners(Events.InteractionCreate)
      if (current) await soon(current.disconnect())
    },
    async close() {
      stopping.abort()
      if (current) await destroyed(current.client)
    },
  }
}

function isReady({ status }: { readonly status: Status }): boolean {
  return status === Status.Ready
}

async function destroyed(client: Client): Promise<void> {
  client.removeAllListeners(Events.InteractionCreate)
  await soon(client.destroy())
}

/** A connection on which Discord says nothing any more would be waited for half a minute. */
async function soon(closed: Promise<void>): Promise<void> {
  await Promise.race([closed, sleep(CLOSED_WITHIN_MS, undefined, { ref: false })]).catch(() => undefined)
}
