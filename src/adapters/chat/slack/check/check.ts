// Everything that keeps the bot from working on Slack, or makes it work less well, found out without starting it.
// The order: the clock, how requests come, then each workspace with its token and scopes.
import type { Check } from '#core/ports/platform.ts'
import { checkClock } from './clock.ts'
import { checkHttp, checkSocket, type HttpRequests } from './requests.ts'
import { type CheckedWorkspace, checkWorkspace } from './workspace.ts'

/** More are only counted. */
const MOST_WORKSPACES = 20

export interface SlackToCheck {
  readonly workspaces: readonly CheckedWorkspace[]
  readonly requests: ({ readonly mode: 'http' } & HttpRequests) | { readonly mode: 'socket'; readonly appToken: string }
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined
  readonly now: () => Temporal.Instant
}

/** Takes at most nine seconds. Never rejects. */
export async function checkSlack({ workspaces, requests, apiUrl, now }: SlackToCheck): Promise<Check[]> {
  const looked = workspaces.slice(0, MOST_WORKSPACES)
  const checks = await Promise.all([
    checkClock(apiUrl, now),
    requests.mode === 'http' ? checkHttp(requests) : checkSocket(requests.appToken, apiUrl),
    ...looked.map((workspace) => checkWorkspace(workspace, apiUrl)),
  ])
  return [...checks.flat(), ...theRest(workspaces.length - looked.length)]
}

function theRest(left: number): Check[] {
  if (left === 0) return []
  return [{ about: 'Slack', state: 'fine', found: `It is installed in ${left} workspaces more, which were not asked.` }]
}
