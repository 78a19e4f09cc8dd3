// What Paperboy needs of a chat platform: post once, find out whether a post arrived, and bring what people ask.
import type { Answer, Request } from '#core/commands/dispatch.ts'
import type { Delivery } from '#core/delivery.ts'
import type { Destination, Person, PlatformName } from '#core/subscription.ts'

/** `unknown`: the platform cannot say, and a policy decides. */
export type LookUp = { readonly found: string } | 'absent' | 'unknown'

export interface Platform {
  readonly name: PlatformName
  /** Posts the frozen blocks, marked with the dedupe key; answers the platform's reference. Rejects with DeliveryError alone. */
  post(delivery: Delivery): Promise<string>
  /** Looks for a post with the delivery's key since its first try. */
  lookUp(delivery: Delivery): Promise<LookUp>
  /** Gives a posted message the delivery's blocks. Rejects with DeliveryError alone; `rejected` where a message cannot be edited. */
  edit(delivery: Delivery & { readonly ref: string }): Promise<void>
  /** A link to a posted message; undefined where there is none that others could follow, as in a person's direct messages. */
  permalink(destination: Destination, ref: string): string | undefined
}

/** Who asks, and from where. */
export interface Asker {
  readonly destination: Destination
  readonly person: Person
  /** The thread of the channel in which it was asked, by its first message's reference. */
  readonly thread?: string
  /** Finds where the person alone is written to; rejects with DeliveryError. Absent where there is no such place. */
  readonly direct?: () => Promise<Destination>
  /** The person's IANA zone, where the platform knows it. */
  readonly zone?: string
}

/** A platform on which people talk to the bot. */
export interface ChatPlatform extends Platform {
  /** Resolves once the platform answers people, each by `answer`; rejects with ConfigError where it refuses the bot. */
  start(answer: (request: Request, asker: Asker) => Promise<Answer>): Promise<void>
  /** Takes no more requests; resolves once those under way are answered. */
  stop(): Promise<void>
}
