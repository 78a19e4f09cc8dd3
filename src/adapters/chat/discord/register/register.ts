// Registers the commands where they are not what they should be: Discord counts every registration.
import { hash } from 'node:crypto'
import { ApplicationIntegrationType, InteractionContextType, RateLimitError, type REST, Routes } from 'discord.js'
import type { Duties } from '#core/ports/duties.ts'
import type { Log } from '#core/ports/log.ts'
import { chatCommands } from './commands.ts'

export interface Registering {
  readonly app: string
  /** One guild for development, where commands change at once; everywhere otherwise. */
  readonly guild?: string
}

export interface Trying {
  readonly duties: Duties
  /** Rejects once the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
  readonly log: Log
}

const MINUTE_MS = 60_000
/** Seconds for which nobody looks again: of processes that are started together one does. */
const DONE_WITHIN = 60
const LONGEST_MS = 60 * MINUTE_MS

/** Where a command may be used; for those that are registered everywhere. */
const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}

/**
 * Registers, in one of the processes that share a store; what fails is logged and tried again, later and later, until the signal
 * aborts: people go on with the commands that are there. Resolves after the first try; never rejects.
 */
export async function keepRegistered(rest: REST, registering: Registering, trying: Trying): Promise<void> {
  const { promise: isTried, resolve } = Promise.withResolvers<void>()
  // Ends by the signal.
  untilRegistered(rest, registering, trying, resolve).catch(() => undefined)
  await isTried
}

async function untilRegistered(rest: REST, registering: Registering, trying: Trying, tried: () => void): Promise<void> {
  const { duties, signal, log, wait } = trying
  const name = dutyOf(registering)
  async function work(over: AbortSignal): Promise<void> {
    const pause = await pauseAfter(rest, registering, MINUTE_MS, trying)
    tried()
    if (pause !== undefined) await goOn(rest, registering, pause, { ...trying, signal: over })
  }
  for (;;) {
    const isDone = await duties.take(name, work, { unlessDoneWithin: DONE_WITHIN, signal }).then(
      (ours) => ours !== undefined || !duties.isMissed(name),
      (error) => {
        if (!signal.aborted) log.warn('discord commands not looked at', { error })
        return false
      },
    )
    tried()
    if (isDone) return
    await wait(MINUTE_MS, signal)
  }
}

/** Another one for other commands: versions of Paperboy may run side by side for a while. */
function dutyOf(registering: Registering): string {
  const wanted = JSON.stringify([routeOf(registering), wantedFor(registering)])
  return `discord commands ${hash('sha256', wanted).slice(0, 16)}`
}

async function goOn(rest: REST, registering: Registering, first: number, trying: Trying): Promise<void> {
  let least = MINUTE_MS
  let pause: number | undefined = first
  while (pause !== undefined) {
    await trying.wait(pause, trying.signal)
    least = Math.min(least * 2, LONGEST_MS)
    pause = await pauseAfter(rest, registering, least, trying)
  }
}

/** Milliseconds until it is worth another try, at least `least`; undefined once all is registered. */
async function pauseAfter(rest: REST, registering: Registering, least: number, { log }: Trying): Promise<number | undefined> {
  try {
    if (await register(rest, registering)) log.info('discord commands registered')
    return undefined
  } catch (error) {
    const pause = Math.max(least, error instanceof RateLimitError ? error.retryAfter : 0)
    log.warn('discord does not take the commands: tried again later', { error, seconds: Math.ceil(pause / 1000) })
    return pause
  }
}

/** True where something had to be registered. Rejects with what Discord's client throws. */
export async function register(rest: REST, registering: Registering): Promise<boolean> {
  if (await isRegistered(rest, registering)) return false
  await rest.put(routeOf(registering), { body: wantedFor(registering) })
  return true
}

/** Whether all commands are there as they should be, and no others. Rejects with what Discord's client throws. */
export async function isRegistered(rest: REST, registering: Registering): Promise<boolean> {
  const { guild } = registering
  const wanted = wantedFor(registering)
  const there = (await rest.get(routeOf(registering))) as readonly Shown[]
  const same = wanted.every((command) => {
    const registered = there.find(({ name, type }) => name === command.name && type === command.type)
    return registered !== undefined && shape(registered, guild) === shape(command, guild)
  })
  return same && there.length === wanted.length
}

function routeOf({ app, guild }: Registering) {
  return guild === undefined ? Routes.applicationCommands(app) : Routes.applicationGuildCommands(app, guild)
}

function wantedFor({ guild }: Registering) {
  return chatCommands().map((command) => ({ ...command, ...(guild === undefined && EVERYWHERE) }))
}

/** A command, an option or a choice, as it is sent or as Discord shows it. */
interface Shown {
  readonly [field: string]: unknown
}

/** What counts of it, as text: what Discord adds, or shows although it was left out, makes no difference. */
function shape(command: Shown, guild: string | undefined): string {
  const where = guild === undefined ? [command.contexts, command.integration_types] : []
  return JSON.stringify([parts(command), where])
}

function parts({ type, name, description, required, autocomplete, min_value, max_value, choices, options }: Shown): unknown[] {
  const inner = ((options ?? []) as Shown[]).map(parts)
  const values = ((choices ?? []) as Shown[]).map((choice) => [choice.name, choice.value])
  return [type, name, description || '', required === true, autocomplete === true, min_value, max_value, values, inner]
}
