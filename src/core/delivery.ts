// A message on its way to a channel, and the states it moves through (the delivery ledger).
import type { DeliveryFailure } from '#core/errors.ts'
import type { Block } from '#core/reply.ts'
import type { Destination } from '#core/subscription.ts'

/**
 * pending → sending → sent; a definite refusal goes back to pending, an unclear answer to uncertain
 * (looked up before it is posted again), a final one to dead; a person's drop is cancelled.
 */
export type DeliveryState = 'pending' | 'sending' | 'uncertain' | 'sent' | 'dead' | 'cancelled'

export type DeliveryKind = 'alert' | 'digest' | 'notice'

/** What a delivery is about; one message may claim several. Each is claimed once per destination, for ever. */
export interface Claim {
  readonly paper: number
  /** `new`, later `v3`, `withdrawn`. */
  readonly event: string
}

export interface NewDelivery {
  readonly destination: Destination
  readonly kind: DeliveryKind
  /** What it is for, unique with destination, kind and part: a paper's id, a slot's instant. */
  readonly subject: string
  readonly part: number
  /** Waits for this earlier part and is posted in its thread; the dedupe key of the parent. */
  readonly parent?: string
  /** Frozen: what is stored here is what is posted, however late. */
  readonly blocks: readonly Block[]
  /** A hash of the template the blocks were made from, and of nothing where they were made without one. */
  readonly template?: string
  readonly claims: readonly Claim[]
  /** Due from this instant on; at once without it. */
  readonly notBefore?: string
}

export interface Delivery extends Omit<NewDelivery, 'claims' | 'parent'> {
  readonly id: number
  readonly dedupeKey: string
  /** The platform's reference of the parent message, once it is sent; threadOf says in which thread to post. */
  readonly parentRef?: string
  readonly state: DeliveryState
  readonly attempt: number
  /** Rises with every claim; a settle under an older fence is refused. */
  readonly fence: number
  readonly firstTryAt?: string
  readonly notBefore: string
  readonly createdAt: string
  readonly settledAt?: string
  /** The platform's own reference of the posted message. */
  readonly ref?: string
  readonly error?: string
}

/** How one attempt ended; times are instants in UTC. What goes back untried counts as no attempt. */
export type Outcome = { readonly state: 'sent'; readonly ref: string } | (Failed & { readonly failure?: DeliveryFailure })

type Failed =
  | { readonly state: 'pending' | 'uncertain'; readonly notBefore: string; readonly error: string; readonly untried?: true }
  | { readonly state: 'dead'; readonly error: string }

/** A posted message that is to say something else now: what a later edit says replaces it, and it may be repeated. */
export interface Edit {
  /** As it was posted, with the blocks it is to have. */
  readonly delivery: Delivery & { readonly ref: string }
  /** Rises with every change of the blocks. */
  readonly revision: number
  readonly attempt: number
}

/** The thread to post in: the destination's own, or that of the first part. */
export function threadOf({ destination, parentRef }: Pick<Delivery, 'destination' | 'parentRef'>): string | undefined {
  return destination.thread ?? parentRef
}
