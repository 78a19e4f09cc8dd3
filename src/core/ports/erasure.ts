// What the store forgets: all that is kept of a workspace or a person, and what is so old that nothing needs it any more.
import type { Destination } from '#core/subscription.ts'

type Workspace = Pick<Destination, 'platform' | 'workspace'>

/** A whole workspace or, with `person`, one person of it and of their direct messages. */
export interface Whose extends Workspace {
  /** The platform's own id of them. */
  readonly person?: string
}

export type HoldingKind =
  | 'follow'
  | 'schedule'
  | 'match'
  | 'message'
  | 'told'
  | 'held'
  | 'verdict'
  | 'vote'
  | 'saved'
  | 'settings'
  | 'installation'
  /** Things of channels that say who made them. */
  | 'name'

/** How much of one kind is kept; `told`: papers that a destination was told of. */
export interface Holding {
  readonly of: HoldingKind
  readonly many: number
}

/** Where going through what may be too old stands; the steps and keys are the store's own. */
export interface Round {
  /** Nothing from this instant on is too old. */
  readonly before: string
  readonly step: number
  readonly after?: readonly (string | number)[]
}

/** All methods reject with StoreError where the storage fails. Papers are nobody's: they stay. */
export interface Erasure {
  /** What is kept, each kind of which there is any. */
  holdings(whose: Whose): Promise<Holding[]>
  /**
   * Erases all of it at once; answers what went. What a person made for a channel (follows, digests, a pause) stays the
   * channel's, without who made it.
   */
  erase(whose: Whose): Promise<Holding[]>
  /** Erases some of a workspace, at most `limit` rows of each kind: first whatever may post, last its settings. True once nothing is left. */
  eraseSome(workspace: Workspace, limit: number): Promise<boolean>
  /**
   * Looks at most at so many rows, and deletes those that are too old and that nothing needs: deliveries that are over and
   * their messages, matches, slots but the last, verdicts of what nobody follows any more, readings, what is known of feeds that
   * nobody follows any more, phrases that were not used. Which papers each destination was told of stays known for ever.
   * Answers where to go on; undefined once a round is over.
   */
  retire(round: Round, limit: number): Promise<Round | undefined>
}
