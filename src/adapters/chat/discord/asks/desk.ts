// What every listener answers with: the bot behind it, who asks, and lanes for the work of answering.
import type { Client } from 'discord.js'
import type { People } from '#adapters/chat/discord/people/people.ts'
import type { Lane } from '#adapters/chat/lanes.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'

export interface Desk {
  readonly handlers: ChatHandlers
  readonly people: People
  /** False where this process stood still for so long that another may have heard what comes now. */
  readonly isOurs: () => boolean
  readonly phrases: PhraseStore
  /** Takes the work of an answer. False where too much waits already: say BUSY then, and do no more. */
  readonly work: Lane['work']
  /** How many answers are worked on or wait for it. */
  readonly load: Lane['load']
  /** Takes the saying of BUSY. */
  readonly refuse: Lane['work']
  /** Takes what is to be kept of servers and channels, which nobody waits for. */
  readonly keep: Lane['work']
  readonly wait: (milliseconds: number) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Registers what it answers; each kind of interaction has one. */
export type Listener = (client: Client, desk: Desk) => void
