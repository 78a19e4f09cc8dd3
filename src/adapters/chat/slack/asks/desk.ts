// What every listener answers with: the bot behind it, who asks, and a place for work that goes on after Slack has its answer.
import type { App } from '@slack/bolt'
import type { People } from '#adapters/chat/slack/people/people.ts'
import type { Workspaces } from '#adapters/chat/slack/workspaces.ts'
import type { Log } from '#core/ports/log.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'

export interface Desk {
  readonly handlers: ChatHandlers
  readonly workspaces: Workspaces
  readonly people: People
  /** Goes on by itself; what fails is logged, and stop waits for it. */
  work(task: Promise<void>): void
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Registers what it answers; each kind of request has one. */
export type Listener = (app: App, desk: Desk) => void
