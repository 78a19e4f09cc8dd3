// What every listener answers with: the bot behind it, who asks, and lanes for work that goes on after Slack has its answer.
import type { App } from '@slack/bolt'
import type { Lane } from '#adapters/chat/lanes.ts'
import type { People } from '#adapters/chat/slack/people/people.ts'
import type { Workspaces } from '#adapters/chat/slack/workspaces.ts'
import type { Log } from '#core/ports/log.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'

/** As lanes do; workspaces take turns. */
type Take = (...work: Required<Parameters<Lane['work']>>) => boolean

export interface Desk {
  readonly handlers: ChatHandlers
  readonly workspaces: Workspaces
  readonly people: People
  /** Takes work, of a workspace, that Slack does not wait for: call it before ack. False where too much waits already: say BUSY then, and do no more. */
  readonly work: Take
  /** Takes the saying of BUSY where an ack cannot say it. */
  readonly refuse: Take
  /** Rejects once the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Registers what it answers; each kind of request has one. */
export type Listener = (app: App, desk: Desk) => void
