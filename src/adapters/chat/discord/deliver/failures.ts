// What Discord's errors mean for a delivery.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'

/** By Discord's own code (https://docs.discord.com/developers/topics/opcodes-and-status-codes); others by status. */
const MEANINGS: Readonly<Record<string, DeliveryFailure>> = {
  10003: 'gone',
  10004: 'gone',
  50001: 'forbidden',
  50007: 'forbidden',
  50013: 'forbidden',
  50083: 'forbidden',
}

/** What an error of Discord's client means for a delivery. */
export function inOurWords(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof RateLimitError) {
    return new DeliveryError('rate-limited', 'Discord asks for a pause.', { retryAfter: error.retryAfter / 1000, cause: error })
  }
  if (error instanceof DiscordAPIError) {
    const kind = MEANINGS[error.code] ?? (error.status === 401 ? 'revoked' : error.status === 403 ? 'forbidden' : 'rejected')
    return new DeliveryError(kind, `Discord answered ${error.code}: ${error.message}`, { cause: error })
  }
  if (error instanceof HTTPError && error.status === 503) {
    return new DeliveryError('transient', 'Discord is not available.', { cause: error })
  }
  return new DeliveryError('uncertain', 'Discord did not say whether it took the message.', { cause: error })
}
