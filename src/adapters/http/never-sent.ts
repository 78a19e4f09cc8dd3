// Whether a request that failed never left the machine, so that a repeat cannot make a second message.

/** What fails before a connection stands: the name is not known, or nobody listens there. A request is written only after it. */
const BEFORE_CONNECTION: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
/** A platform's client, fetch and undici each put an error around the one beneath. */
const DEEPEST = 5

/** It was not sent, since it could be only so late that another may have been sent in its place. */
export class TooLateError extends Error {
  override readonly name = 'TooLateError'
  override readonly message = 'It was too late to send this.'
}

/** True only where an error proves it. */
export function wasNeverSent(error: unknown): boolean {
  let cause = error
  for (let depth = 0; depth < DEEPEST && cause instanceof Error; depth++) {
    if (cause instanceof TooLateError || ('code' in cause && BEFORE_CONNECTION.has(cause.code))) return true
    cause = cause.cause
  }
  return false
}
