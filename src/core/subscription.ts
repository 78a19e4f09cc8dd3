// Who follows what, where it is delivered and how often.
import type { AuthorKey } from '#core/author-name.ts'
import { fnv1a } from '#core/text/fnv1a.ts'

export type PlatformName = 'slack' | 'discord' | 'terminal'

/** Stands for the workspace where people write to the bot outside of any: nothing is common to its channels. */
export const DIRECT = 'direct'

/** Where posts go. Every read and write of what belongs to it carries all of it. */
export interface Destination {
  readonly platform: PlatformName
  /** Slack team, Discord guild or DIRECT, `local` for the terminal. */
  readonly workspace: string
  /** A channel's id, or that of a person's direct messages. */
  readonly channel: string
  /** The platform's reference of a thread within the channel: what is followed there is posted there. Absent for the channel itself. */
  readonly thread?: string
}

/** Who asked for something, for "followed by …". */
export interface Person {
  readonly id: string
  readonly name: string
}

/** Stands for whoever made something that stays, and was forgotten or belongs to another workspace: nobody is written to by it. */
export const NOBODY = ''

/** `now`: an alert at once; `digest`: in the channel's digest only. */
export type Cadence = 'now' | 'digest' | 'both'

/** What a followed person is known by, the most telling first; as it was at the follow. */
export interface Evidence {
  readonly coauthors: readonly AuthorKey[]
  readonly categories: readonly string[]
  /** Slugs (org.ts). */
  readonly orgs: readonly string[]
  /** Set where the papers of that name seem to be by several people: then the name alone says nothing. */
  readonly several?: true
}

export interface AuthorTarget {
  readonly kind: 'author'
  readonly key: AuthorKey
  readonly name: string
  /** Bare, in capitals; people of one name with different ones are different targets. */
  readonly orcid?: string
  /** Absent in what was followed before evidence was kept, and in reasons. */
  readonly evidence?: Evidence
}

export type Target =
  | AuthorTarget
  /** `query` is what print() makes of the parsed query, so that equal topics are equal texts. */
  | { readonly kind: 'topic'; readonly query: string }
  /** `primaryOnly`: papers whose primary category it is; without, those that are cross-listed in it too. */
  | { readonly kind: 'category'; readonly category: string; readonly primaryOnly?: true }
  /** `name` is the feed's own title, or its host. */
  | { readonly kind: 'feed'; readonly url: string; readonly name: string }

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

/**
 * Why a paper reached a channel. `words` are the matched words as they stand in the paper's texts; of a category, the
 * paper's own that answers to it, and `crossListed` where that is not its primary one.
 */
export interface Reason {
  readonly subscription: string
  readonly target: Target
  readonly words: readonly string[]
  /** The author may be a namesake, and nobody has said yet. */
  readonly possibly?: true
  readonly crossListed?: true
}

/** One paper that one subscription selected, recorded once. */
export interface Match {
  readonly subscription: string
  readonly paper: number
  readonly reason: Reason
  readonly matchedAt: string
  /** When the paper was first seen or, where a change made it match, when it changed: the window it belongs to. */
  readonly seenAt: string
}

/** `terminal:local:terminal`, with the thread behind it where there is one; equal destinations have equal keys. */
export function destinationKey({ platform, workspace, channel, thread }: Destination): string {
  return [platform, workspace, channel, ...(thread === undefined ? [] : [thread])].map(encodeURIComponent).join(':')
}

/**
 * `author:eric j michaud`, with the ORCID behind it where there is one; equal targets have equal keys, and a category has
 * the same with and without `primaryOnly`.
 */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'author':
      return `author:${target.key}${target.orcid === undefined ? '' : `:${target.orcid}`}`
    case 'topic':
      return `topic:${target.query}`
    case 'category':
      return `category:${target.category}`
    case 'feed':
      return `feed:${target.url}`
  }
}

/** Of a target's key; an index of PostgreSQL takes some 2,700 bytes, and a letter may be four of them. */
const LONGEST_IN_ID = 300

/** The id of what is followed from `createdAt` on; long topics stand in it by their beginning and a name for the rest. */
export function subscriptionId(destination: Destination, target: Target, createdAt: string): string {
  const key = targetKey(target)
  const name = key.length <= LONGEST_IN_ID ? key : `${key.slice(0, LONGEST_IN_ID).toWellFormed()} ${fnv1a(key)}`
  return `${destinationKey(destination)}/${name}/${createdAt}`
}
