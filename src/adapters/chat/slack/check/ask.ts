// A question to Slack's Web API that is answered in a few seconds, or in words why not.
import { setTimeout as sleep } from 'node:timers/promises'
import { webApi } from '@slack/bolt'

/** Two questions, one after the other, have to fit into the time a check has. */
const WITHIN_MS = 4000

export interface Refusal {
  /** Slack's word for it; undefined where Slack did not answer. */
  readonly code?: string
  readonly found: string
  /** What the token is allowed, where Slack said so. */
  readonly scopes?: readonly string[]
}

export type Said<T> = { readonly answer: T } | { readonly refusal: Refusal }

/** What Slack's own codes look like. */
const CODE = /^[a-z][a-z0-9_]{1,80}$/

const MEANINGS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token',
  not_authed: 'Slack does not know this token',
  account_inactive: 'The app was removed from the workspace, or its bot deactivated',
  token_revoked: 'The token was revoked',
  token_expired: 'The token has expired, since token rotation is turned on for the app',
  not_allowed_token_type: 'This is a token of another kind',
  missing_scope: 'A scope is missing',
  access_denied: 'The administrators of the workspace do not let the app in',
  team_access_not_granted: 'The administrators of the workspace do not let the app in',
  ekm_access_denied: 'The administrators of the workspace have suspended its data',
  org_login_required: 'The workspace is being moved into an organisation',
  team_added_to_org: 'The workspace is being moved into an organisation',
}

/** Never rejects. */
export async function ask<T>(question: Promise<T>): Promise<Said<T>> {
  const over = new AbortController()
  const late = sleep(WITHIN_MS, LATE, { signal: over.signal })
  try {
    return await Promise.race([question.then((answer) => ({ answer })), late])
  } catch (error) {
    return { refusal: refusalOf(error) }
  } finally {
    over.abort()
  }
}

const LATE = { refusal: { found: `Slack did not answer within ${WITHIN_MS / 1000} seconds.` } } as const

function refusalOf(error: unknown): Refusal {
  if (error instanceof webApi.WebAPIPlatformError) return platformRefusal(error.data)
  if (error instanceof webApi.WebAPIRateLimitedError) return { found: 'Slack asks for a pause; try again in a minute.' }
  if (error instanceof webApi.WebAPIHTTPError) return { found: `Slack is not available now (${error.statusCode}).` }
  return { found: 'Slack cannot be reached.' }
}

function platformRefusal(data: webApi.WebAPICallResult & { readonly error: string; readonly provided?: unknown }): Refusal {
  const { error: code, provided, response_metadata: about } = data
  // The client takes any text for a code.
  if (!CODE.test(code)) return { found: 'What answers is not Slack: a proxy, or another address in SLACK_API_URL.' }
  const scopes = about?.scopes ?? (typeof provided === 'string' ? provided.split(',') : undefined)
  return { code, found: `${MEANINGS[code] ?? 'Slack refuses this'} (${code}).`, ...(scopes && { scopes }) }
}
