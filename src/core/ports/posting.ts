// Whether a place can be posted to, found out by posting there.
import type { DeliveryFailure } from '#core/errors.ts'
import type { Block } from '#core/reply.ts'
import type { Destination, Person } from '#core/subscription.ts'

export type Posted =
  | { readonly ok: true }
  /** `message` is a sentence that says what the platform answered. */
  | { readonly ok: false; readonly kind: DeliveryFailure; readonly message: string }

export interface Posting {
  /**
   * Posts these blocks now, once. A success opens a place again that refused posts before; a refusal closes it, and whoever
   * follows something there is told, except `asker`, who is answered. Rejects with StoreError alone.
   */
  test(destination: Destination, blocks: readonly Block[], asker: Person): Promise<Posted>
}
