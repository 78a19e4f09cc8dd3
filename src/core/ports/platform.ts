// What the outbox needs of a chat platform: post once, and find out whether a post arrived.
import type { Delivery } from '#core/delivery.ts'
import type { PlatformName } from '#core/subscription.ts'

/** `unknown`: the platform cannot say, and a policy decides. */
export type LookUp = { readonly found: string } | 'absent' | 'unknown'

export interface Platform {
  readonly name: PlatformName
  /** Posts the frozen blocks, marked with the dedupe key; answers the platform's reference. Rejects with DeliveryError alone. */
  post(delivery: Delivery): Promise<string>
  /** Looks for a post with the delivery's key since its first try. */
  lookUp(delivery: Delivery): Promise<LookUp>
}
