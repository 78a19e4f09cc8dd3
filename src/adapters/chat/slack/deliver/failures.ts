// What Slack's errors mean for a delivery.
import { webApi } from '@slack/bolt'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'

/** Others are `rejected`. */
const MEANINGS: Readonly<Record<string, DeliveryFailure>> = {
  channel_not_found: 'gone',
  is_archived: 'gone',
  not_in_channel: 'forbidden',
  restricted_action: 'forbidden',
  messages_tab_disabled: 'forbidden',
  missing_scope: 'forbidden',
  ekm_access_denied: 'forbidden',
  invalid_auth: 'revoked',
  not_authed: 'revoked',
  account_inactive: 'revoked',
  token_revoked: 'revoked',
  token_expired: 'revoked',
  ratelimited: 'rate-limited',
  rate_limited: 'rate-limited',
  internal_error: 'uncertain',
  fatal_error: 'uncertain',
  service_unavailable: 'transient',
}

/** What an error of Slack's client means for a delivery. */
export function inOurWords(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof webApi.WebAPIPlatformError) {
    return new DeliveryError(MEANINGS[error.data.error] ?? 'rejected', `Slack answered ${error.data.error}.`, { cause: error })
  }
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new DeliveryError('rate-limited', 'Slack asks for a pause.', { retryAfter: error.retryAfter, cause: error })
  }
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 503) {
    return new DeliveryError('transient', 'Slack is not available.', { cause: error })
  }
  return new DeliveryError('uncertain', 'Slack did not say whether it took the message.', { cause: error })
}
