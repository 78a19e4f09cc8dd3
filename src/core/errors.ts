// The errors Paperboy foresees: a literal code for programs, a message and a hint for the person, a cause for the log.

export interface ErrorDetails {
  /** What the person can do about it, as a full sentence. */
  readonly hint?: string
  readonly cause?: unknown
}

/** The common shape; only its subclasses below are thrown. */
export abstract class PaperboyError extends Error {
  abstract readonly code: string
  readonly hint: string | undefined

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = new.target.name
    this.hint = details.hint
  }
}

/** The person typed something that cannot be understood or done. */
export class UserInputError extends PaperboyError {
  readonly code = 'wrong-input'
}

/** The person may not do that where they ask. */
export class NotAllowedError extends PaperboyError {
  readonly code = 'not-allowed'
}

/** The person asked for something that is not there. */
export class NotFoundError extends PaperboyError {
  readonly code = 'not-found'
}

/** A source of papers did not answer, or answered what cannot be read. */
export class SourceError extends PaperboyError {
  readonly code = 'source'
  /** Seconds to wait before asking that source again, where it said so. */
  readonly retryAfter: number | undefined
  /** The HTTP status it answered with instead: 404, 410. */
  readonly status: number | undefined

  constructor(message: string, details: ErrorDetails & { retryAfter?: number; status?: number } = {}) {
    super(message, details)
    this.retryAfter = details.retryAfter
    this.status = details.status
  }
}

/**
 * `gone`: the channel is no more; `forbidden`: the bot may not post there; `revoked`: the workspace took its permission
 * back; `rejected`: this message will not do; `uncertain`: it may have arrived.
 */
export type DeliveryFailure = 'gone' | 'forbidden' | 'revoked' | 'rate-limited' | 'rejected' | 'transient' | 'uncertain'

/** A platform did not take a message, or did not say whether it took it (`uncertain`). */
export class DeliveryError extends PaperboyError {
  readonly code = 'delivery'
  readonly kind: DeliveryFailure
  /** Seconds, where the platform said so. */
  readonly retryAfter: number | undefined

  constructor(kind: DeliveryFailure, message: string, details: ErrorDetails & { retryAfter?: number } = {}) {
    super(message, details)
    this.kind = kind
    this.retryAfter = details.retryAfter
  }
}

/** The store cannot be opened, read or written. */
export class StoreError extends PaperboyError {
  readonly code = 'store'
}

/** The environment or a file of the operator's says something that cannot be. */
export class ConfigError extends PaperboyError {
  readonly code = 'config'
}
