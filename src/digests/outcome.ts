// What a failed attempt means for the delivery: again later, look first, wait until somebody mends the place, or never.
import type { Delivery, Outcome } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { CLOSED_FOR_GOOD } from '#core/settings.ts'

const FIRST_BACKOFF_SECONDS = 30
const LONGEST_BACKOFF_SECONDS = 3600
const SHORTEST_WAIT_SECONDS = 1
const LONGEST_WAIT_SECONDS = 24 * 3600

/**
 * Definite refusals wait as long as the platform says or twice as long each time, up to an hour; whatever nobody foresaw
 * may have arrived, and is looked for after `settle` seconds. Where nothing may be posted the delivery waits as well: the
 * place is closed with it (suspend.ts), and opens when it is mended.
 */
export function outcomeOf(
  error: unknown,
  { attempt }: Pick<Delivery, 'attempt'>,
  now: Temporal.Instant,
  settle: number,
): Outcome {
  const { kind, message, retryAfter } =
    error instanceof DeliveryError
      ? error
      : { kind: 'uncertain' as const, message: 'The attempt failed unexpectedly.', retryAfter: undefined }
  switch (kind) {
    case 'rejected':
      return { state: 'dead', error: message, failure: kind }
    case 'gone':
    case 'forbidden':
    case 'revoked':
      return { state: 'pending', notBefore: CLOSED_FOR_GOOD, error: message, failure: kind }
    case 'uncertain':
      return {
        state: 'uncertain',
        notBefore: now.add({ seconds: Math.max(settle, askedSeconds(retryAfter)) }).toString(),
        error: message,
        failure: kind,
      }
    case 'rate-limited':
    case 'transient': {
      const notBefore = now.add({ seconds: waitSeconds(retryAfter, attempt) }).toString()
      return { state: 'pending', notBefore, error: message, failure: kind }
    }
  }
}

/** As long as the platform asks for, or else the backoff. */
export function waitSeconds(retryAfter: number | undefined, attempt: number): number {
  return retryAfter === undefined ? backoffSeconds(attempt) : askedSeconds(retryAfter)
}

function askedSeconds(retryAfter = 0): number {
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(retryAfter)))
}

/** 30, 60, 120 … seconds before the attempt after number `attempt`, at most an hour. */
function backoffSeconds(attempt: number): number {
  return Math.min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** Math.min(Math.max(attempt - 1, 0), 20))
}
