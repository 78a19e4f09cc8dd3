// What Slack's errors mean for a delivery. The order: what Slack says by a code; what its web servers say by a status; what
// never reached it. Whatever else went wrong may have arrived.
import { webApi } from '@slack/bolt'
import { wasNeverSent } from '#adapters/http/never-sent.ts'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'

/**
 * https://docs.slack.dev/reference/methods: chat.postMessage, chat.update, conversations.history, .replies and .open. Other
 * codes are `rejected`: the message will not do.
 */
const MEANINGS: Readonly<Record<Exclude<DeliveryFailure, 'rejected'>, readonly string[]>> = {
  gone: ['channel_not_found', 'is_archived', 'is_inactive', 'user_not_found', 'user_disabled', 'cannot_dm_bot'],
  forbidden: [
    'not_in_channel',
    'access_denied',
    'channel_is_limited_access',
    'ekm_access_denied',
    'messages_tab_disabled',
    'missing_scope',
    'no_permission',
    'posting_to_general_channel_denied',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'user_not_visible',
  ],
  revoked: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'enterprise_is_restricted',
    'not_allowed_token_type',
    'team_access_not_granted',
    'team_not_found',
    'two_factor_setup_required',
  ],
  'rate-limited': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  transient: [
    'accesslimited',
    'external_channel_migrating',
    'org_login_required',
    'request_timeout',
    'service_unavailable',
    'team_added_to_org',
  ],
  uncertain: ['internal_error', 'fatal_error', 'rollup_error'],
}

const kinds = new Map(
  Object.entries(MEANINGS).flatMap(([kind, codes]) => codes.map((code) => [code, kind as DeliveryFailure] as const)),
)

/** Codes that people meet, in words. */
const WHY: ReadonlyMap<string, string> = new Map([
  ['not_in_channel', 'Paperboy is not in the channel'],
  ['channel_not_found', 'there is no such channel, or it is private and Paperboy is not in it'],
  ['is_archived', 'the channel is archived'],
  ['restricted_action', 'an admin has not let it post there'],
  ['messages_tab_disabled', 'the app has its Messages tab turned off'],
])

/** What Slack's own codes look like. */
const CODE = /^[a-z][a-z0-9_]{1,80}$/

/** What an error of Slack's client means for a delivery. */
export function inOurWords(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const code = codeOf(error)
  if (code !== undefined) return refusal(code, error as webApi.WebAPIPlatformError)
  if (error instanceof webApi.WebAPIRateLimitedError) return pause(error, error.retryAfter)
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 429) return pause(error, undefined)
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 503) {
    return new DeliveryError('transient', 'Slack is not available.', { cause: error })
  }
  if (wasNeverSent(error)) return new DeliveryError('transient', 'Slack could not be reached.', { cause: error })
  return new DeliveryError('uncertain', 'Slack did not say whether it took the message.', { cause: error })
}

/** Slack's code for what it refused; undefined for anything else: of an answer that is no JSON its client makes a code too. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined
  const code: unknown = error.data.error
  return typeof code === 'string' && CODE.test(code) ? code : undefined
}

function refusal(code: string, error: webApi.WebAPIPlatformError): DeliveryError {
  const kind = kinds.get(code) ?? 'rejected'
  if (kind === 'rate-limited') return pause(error, error.data.response_metadata?.retryAfter)
  if (code === 'missing_scope') return missingScope(error)
  const why = WHY.get(code)
  return new DeliveryError(kind, `Slack answered ${code}${why === undefined ? '' : `: ${why}`}.`, { cause: error })
}

function pause(cause: Error, retryAfter: number | undefined): DeliveryError {
  return new DeliveryError('rate-limited', 'Slack asks for a pause.', { cause, ...(retryAfter !== undefined && { retryAfter }) })
}

/** Slack names one scope, or several of which one will do. */
function missingScope(error: webApi.WebAPIPlatformError): DeliveryError {
  const needed = 'needed' in error.data ? error.data.needed : undefined
  const scopes = typeof needed === 'string' ? needed.split(',').map((scope) => scope.trim()) : []
  const which = scopes.length > 1 ? `one of the scopes ${scopes.join(', ')}` : `the scope ${scopes[0] ?? 'that this takes'}`
  return new DeliveryError('forbidden', `The app in Slack lacks ${which}.`, {
    hint: 'Add it under OAuth & Permissions at https://api.slack.com/apps, and install the app again.',
    cause: error,
  })
}
