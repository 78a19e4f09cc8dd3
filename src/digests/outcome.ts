// What a failed attempt means for the delivery: again later, look first, or never.
import type { Delivery, Outcome } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'

const FIRST_BACKOFF_SECONDS = 30
const LONGEST_BACKOFF_SECONDS = 3600
const SHORTEST_WAIT_SECONDS = 1
const LONGEST_WAIT_SECONDS = 24 * 3600

/**
 * Definite refusals wait as long as the platform says or twice as long each time, up to an hour; whatever nobody foresaw
 * may have arrived, and is looked for after `settle` seconds.
 */
export function outcomeOf(error: unknown, { attempt }: Delivery, now: Temporal.Instant, settle: number): Outcome {
  const { kind, message, retryAfter } =
    error instanceof DeliveryError
      ? error
      : { kind: 'uncertain' as const, message: 'The attempt failed unexpectedly.', retryAfter: undefined }
  const asked = Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(retryAfter ?? 0)))
  switch (kind) {
    case 'gone':
    case 'forbidden':
    case 'revoked':
    case 'rejected':
      return { state: 'dead', error: message }
    case 'uncertain':
      return { state: 'uncertain', notBefore: now.add({ seconds: Math.max(settle, asked) }).toString(), error: message }
    case 'rate-limited':
    case 'transient': {
      const backoff = Math.min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** Math.min(Math.max(attempt - 1, 0), 20))
      return {
        state: 'pending',
        notBefore: now.add({ seconds: retryAfter === undefined ? backoff : asked }).toString(),
        error: message,
      }
    }
  }
}
