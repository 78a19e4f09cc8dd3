// The bot's connection to Discord: opened at the start, however long Discord is away, and kept for as long as it runs.
// discord.js resumes by itself what is lost afterwards; a client that Discord closed for good is replaced.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, Events, type RESTOptions, Status } from 'discord.js'
import { ConfigError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import { createClient } from './client.ts'
import { createIdentifyBudget } from './identify-budget.ts'
import { type Pauses, pauseAfter } from './pauses.ts'
import { refusalOf } from './refusal.ts'

/** Seconds between tries to log in. */
const PAUSES: Pauses = { shortest: 1, longest: 300 }
/** The pause before another client logs in is longer than the five seconds that Discord wants between two sessions. */
const FAILURES_OF_A_CLOSED_ONE = 4
const CLOSED_WITHIN_MS = 1500

export interface GatewayOptions {
  readonly token: string
  readonly rest: Partial<RESTOptions>
  /** Registers what answers people, on each client anew. */
  readonly listen: (client: Client) => void
  readonly log: Log
}

export interface Gateway {
  /** Resolves once people are heard or the gateway is closed; rejects with ConfigError where Discord refuses the bot. */
  open(): Promise<void>
  /** Whether people are heard: each shard's connection is open. */
  isOpen(): boolean
  /** People are heard no more. */
  hush(): void
  /** For good. Never rejects. */
  close(): Promise<void>
}

export function createGateway({ token, rest, listen, log }: GatewayOptions): Gateway {
  const stopping = new AbortController()
  const budget = createIdentifyBudget(() => performance.now())
  let current: Client | undefined

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
    const client = createClient({
      rest,
      budget,
      passes: (seconds) => passes(seconds, until),
      chance: Math.random,
      log,
    })
    let closedWith: number | undefined
    let isOpen = false
    client.on(Events.ShardDisconnect, ({ code }) => {
      closedWith = code
      if (until.aborted) return
      over.abort()
      if (!isOpen) return
      log.error('discord closed the gateway', { code, error: refusalOf(undefined, code) })
      replace(client)
    })
    client.on(Events.ShardError, (error, shard) => log.warn('discord gateway failed', { shard, error }))
    client.on(Events.Error, (error) => log.error('discord client failed', { error }))
    listen(client)
    current = client
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
    isOpen: () => current?.isReady() === true && current.ws.shards.every(({ status }) => status === Status.Ready),
    hush() {
      current?.removeAllListeners(Events.InteractionCreate)
    },
    async close() {
      stopping.abort()
      if (current) await destroyed(current)
    },
  }
}

/** False where `signal` aborts first. */
async function passes(seconds: number, signal: AbortSignal): Promise<boolean> {
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
  return !signal.aborted
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  if (signal.aborted) reject(signal.reason)
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return promise
}

/** A connection on which Discord says nothing any more would be waited for half a minute. */
async function destroyed(client: Client): Promise<void> {
  client.removeAllListeners(Events.InteractionCreate)
  await Promise.race([client.destroy(), sleep(CLOSED_WITHIN_MS, undefined, { ref: false })]).catch(() => undefined)
}
