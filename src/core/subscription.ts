// Who follows what, where it is delivered and how often.
import type { AuthorKey } from '#core/author-name.ts'

export type PlatformName = 'slack' | 'discord' | 'terminal'

/** Where posts go. Every read and write of a channel's things carries all of it but the thread. */
export interface Destination {
  readonly platform: PlatformName
  /** Slack team, Discord guild, `local` for the terminal. */
  readonly workspace: string
  readonly channel: string
}

/** Who asked for something, for "followed by …". */
export interface Person {
  readonly id: string
  readonly name: string
}

/** `now`: an alert at once; `digest`: in the channel's digest only. */
export type Cadence = 'now' | 'digest' | 'both'

export type Target =
  | { readonly kind: 'author'; readonly key: AuthorKey; readonly name: string }
  /** `query` is what print() makes of the parsed query, so that equal topics are equal texts. */
  | { readonly kind: 'topic'; readonly query: string }
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'feed'; readonly url: string }

export interface Subscription {
  readonly id: string
  readonly destination: Destination
  readonly target: Target
  readonly cadence: Cadence
  readonly owner: Person
  /** Instants in UTC. */
  readonly createdAt: string
  readonly lastMatchAt?: string
}

/** Why a paper reached a channel. `words` are the matched words as they stand in the paper's texts. */
export interface Reason {
  readonly subscription: string
  readonly target: Target
  readonly words: readonly string[]
}

/** One paper that one subscription selected, recorded once for ever. */
export interface Match {
  readonly subscription: string
  readonly paper: number
  readonly reason: Reason
  readonly matchedAt: string
}

/** `terminal:local:terminal`; equal destinations have equal keys. */
export function destinationKey(destination: Destination): string {
  return [destination.platform, destination.workspace, destination.channel].map(encodeURIComponent).join(':')
}

/** `author:eric j michaud`; equal targets have equal keys. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'author':
      return `author:${target.key}`
    case 'topic':
      return `topic:${target.query}`
    case 'category':
      return `category:${target.category}`
    case 'feed':
      return `feed:${target.url}`
  }
}
