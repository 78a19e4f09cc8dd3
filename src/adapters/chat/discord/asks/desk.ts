// What every listener answers with: the bot behind it, who asks, and a place for work that goes on.
import type { Client } from 'discord.js'
import type { People } from '#adapters/chat/discord/people/people.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'

export interface Desk {
  readonly handlers: ChatHandlers
  readonly people: People
  readonly phrases: PhraseStore
  /** Goes on by itself; what fails is logged, and stop waits for it. */
  work(task: Promise<void>): void
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Registers what it answers; each kind of interaction has one. */
export type Listener = (client: Client, desk: Desk) => void
