// Everything that keeps the bot from working on Slack, or makes it work less well, found out without starting it.
// The order: the clock, how requests come, who installed it, then each workspace with its token and scopes.
import { checkClock } from '#adapters/chat/clock-check.ts'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import { clockAt } from './clock.ts'
import { checkHttp, checkSocket, type HttpRequests } from './requests.ts'
import { type CheckedWorkspace, checkWorkspace } from './workspace.ts'

/** More are only counted. */
const MOST_WORKSPACES = 20

export interface SlackToCheck {
  readonly workspaces: readonly CheckedWorkspace[]
  readonly requests: ({ readonly mode: 'http' } & HttpRequests) | { readonly mode: 'socket'; readonly appToken: string }
  /** Set where workspaces may install the bot: the page on which they do, where its address is known. */
  readonly installs?: { readonly page: string | undefined }
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined
  readonly now: () => Temporal.Instant
}

/** Takes at most nine seconds. Never rejects. */
export async function checkSlack({ workspaces, requests, installs, apiUrl, now }: SlackToCheck): Promise<Check[]> {
  const looked = workspaces.slice(0, MOST_WORKSPACES)
  const checks = await Promise.all([
    checkClock(clockAt(apiUrl), now),
    requests.mode === 'http' ? checkHttp(requests) : checkSocket(requests.appToken, apiUrl),
    installs === undefined ? [] : [installations(workspaces, installs.page)],
    ...looked.map((workspace) => checkWorkspace(workspace, apiUrl)),
  ])
  return [...checks.flat(), ...theRest(workspaces.length - looked.length)]
}

function installations(workspaces: readonly CheckedWorkspace[], page = 'https://your.address/slack/install'): Check {
  const about = 'Slack installations'
  const installed = workspaces.filter(({ name }) => name !== undefined).length
  if (installed > 0)
    return { about, state: 'fine', found: `${counted(installed, 'workspace has', 'workspaces have')} installed it.` }
  return { about, state: 'fine', found: 'No workspace has installed it yet.', mend: `They do so at ${page}.` }
}

function theRest(left: number): Check[] {
  if (left === 0) return []
  return [{ about: 'Slack', state: 'fine', found: `It is installed in ${left} workspaces more, which were not asked.` }]
}
