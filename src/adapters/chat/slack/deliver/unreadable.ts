// The workspaces whose channels the bot may not read, since nobody granted it a scope for that: they are not asked each time.
import { createPassingMemory } from '#core/memory.ts'
import { codeOf } from './failures.ts'

/** For so long; a scope that is added meanwhile is noticed then. */
const REMEMBERED = { hours: 1 }
const MOST_WORKSPACES = 1000
const HISTORY = /\b(?:channels|groups|im|mpim):history\b/

export interface Unreadable {
  has(workspace: string): boolean
  /** Takes note of an error of conversations.history or .replies. */
  learn(workspace: string, error: unknown): void
}

export function createUnreadable(now: () => Temporal.Instant): Unreadable {
  const closed = createPassingMemory<string>(MOST_WORKSPACES, REMEMBERED, now)
  return {
    has: closed.has,
    learn(workspace, error) {
      if (codeOf(error) === 'missing_scope' && !HISTORY.test(provided(error))) closed.add(workspace)
    },
  }
}

/** The scopes that Slack says the bot has: with one for other kinds of channels, those can be read still. */
function provided(error: unknown): string {
  const data = error instanceof Error && 'data' in error ? error.data : undefined
  const scopes = typeof data === 'object' && data !== null && 'provided' in data ? data.provided : undefined
  return typeof scopes === 'string' ? scopes : ''
}
