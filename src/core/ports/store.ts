// The truth: everything Paperboy must not lose, behind one asynchronous interface with one contract suite.
import type { AuthorKey } from '#core/author-name.ts'
import type { ComputedScore, Paper, PaperRecord } from '#core/paper.ts'
import type { PaperChange } from '#core/paper-change.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { EnrichmentStore } from '#core/ports/enrichment-store.ts'
import type { Erasure } from '#core/ports/erasure.ts'
import type { Announced, FeedStore } from '#core/ports/feed-store.ts'
import type { ReadingListStore, VoteStore } from '#core/ports/group-store.ts'
import type { InstallationStore } from '#core/ports/installation-store.ts'
import type { EventStore, LeaseStore } from '#core/ports/lease-store.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { Schedule, Slot } from '#core/schedule.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination, Match, Person, Subscription, Target } from '#core/subscription.ts'

export type Stored = { readonly number: number; readonly outcome: 'added' | 'merged' | 'unchanged' }

/** An author as a name that papers carry, with how many carry it. */
export interface KnownAuthor {
  readonly key: AuthorKey
  readonly name: string
  readonly papers: number
}

/**
 * A paper that no tick has matched yet: a new one or, with its change, one that was matched before it changed; with an empty
 * change, one of which only the feeds are new.
 */
export interface Unmatched {
  readonly paper: Paper
  readonly change?: PaperChange
  /** Followed feeds that brought it as news. */
  readonly feeds?: readonly Announced[]
}

/** All methods reject with StoreError where the storage fails. Instants are texts in UTC. */
export interface PaperStore {
  /**
   * Merges each record (core/merge.ts) into the paper any of its ids names, or adds one; two papers that a record
   * joins become one, under the smaller number, but for two that arXiv holds apart: a DOI makes them no one paper, and stays with the
   * first that had it. Atomic as a whole. Answers in the order of the records. What the records
   * say of a paper published before the day `newsSince` waits for no tick: it is no news.
   */
  put(records: readonly PaperRecord[], now: string, options?: { readonly newsSince?: string }): Promise<Stored[]>
  /** In the order asked; unknown ids are left out. A number that was joined into another answers that one. */
  byIds(ids: readonly PaperId[]): Promise<Paper[]>
  byNumbers(numbers: readonly number[]): Promise<Paper[]>
  byAuthors(keys: readonly AuthorKey[]): Promise<Paper[]>
  /** Papers one of whose authors has this ORCID, given bare in capitals (`0000-0002-1825-009X`) and stored bare or as a link. */
  byOrcid(orcid: string): Promise<Paper[]>
  /** Authors whose family name is this, folded (author-name.ts); the most prolific first. */
  authorsByFamily(family: string, limit: number): Promise<KnownAuthor[]>
  /** Authors one of whose names begins so, folded; the most prolific first. */
  authorsByPrefix(prefix: string, limit: number): Promise<KnownAuthor[]>
  /** Papers first seen in [from, to), oldest first; `after` is the last number of the page before. */
  firstSeenBetween(from: string, to: string, page: { after?: number; limit: number }): Promise<Paper[]>
  /** Newest publication first. */
  newest(filter: { category?: string; since?: string }, page: { offset: number; limit: number }): Promise<Paper[]>
  /** How many papers have this as their primary category, or the archive of it, by their day of publication, oldest first. */
  primaryByDay(category: string): Promise<{ day: string; papers: number }[]>
  /** Papers with a score, shown or computed, best first. */
  best(filter: { category?: string; since: string }, page: { offset: number; limit: number }): Promise<Paper[]>
  /** What was added or changed after a cursor ('' = from the start), in order; the cursor to go on with; `gone` were joined into others. */
  changesAfter(cursor: string, limit: number): Promise<{ papers: Paper[]; gone: number[]; cursor: string }>
  /** The cursor of the latest change: equal cursors mean nothing changed. */
  latestCursor(): Promise<string>
  /** What the next tick is to match, what was seen first at the beginning. */
  unmatched(limit: number): Promise<Unmatched[]>
  /** They wait no more, but for those that changed after the cursor `asOf`: nobody has seen what is new about them. */
  markMatched(numbers: readonly number[], asOf?: string): Promise<void>
  setScores(scores: ReadonlyMap<number, ComputedScore | null>): Promise<void>
  count(): Promise<number>
}

export interface SubscriptionStore {
  /** False where this destination follows that target already; nothing changes then. */
  add(subscription: Subscription): Promise<boolean>
  ofDestination(destination: Destination): Promise<Subscription[]>
  /** Of the channel and of all its threads. */
  ofChannel(channel: Destination): Promise<Subscription[]>
  all(): Promise<Subscription[]>
  /** All that follow something of this kind. */
  ofKind(kind: Target['kind']): Promise<Subscription[]>
  /** How many there are in all channels of the destination's workspace. */
  countOfWorkspace(destination: Pick<Destination, 'platform' | 'workspace'>): Promise<number>
  /** Only within the destination; answers how many went. */
  remove(destination: Destination, ids: readonly string[]): Promise<number>
  setCadence(destination: Destination, id: string, cadence: Subscription['cadence']): Promise<void>
  /** Replaces what is followed by what stands for the same: equal keys (targetKey). */
  setTarget(destination: Destination, id: string, target: Subscription['target']): Promise<void>
  /** Whether a followed author is who wrote this paper, as a person said; a later word replaces an earlier one. */
  setVerdict(destination: Destination, verdict: Verdict): Promise<void>
  /** What people said of these subscriptions' papers. */
  verdicts(subscriptions: readonly string[]): Promise<Verdict[]>
  /** Records matches once each and moves their subscriptions' lastMatchAt; answers those that are new. */
  recordMatches(matches: readonly Match[]): Promise<Match[]>
  /** The destination's matches seen in [from, to), oldest first. */
  matchesBetween(destination: Destination, from: string, to: string): Promise<Match[]>
  matchesOfPaper(destination: Destination, paper: number): Promise<Match[]>
}

/** A person's word on one paper of a followed name. */
export interface Verdict {
  readonly subscription: string
  readonly paper: number
  readonly isThem: boolean
  readonly by: Person
  readonly at: string
}

export interface ScheduleStore {
  /** One a destination; replaces the one before. */
  set(schedule: Schedule): Promise<void>
  ofDestination(destination: Destination): Promise<Schedule | undefined>
  all(): Promise<Schedule[]>
  remove(destination: Destination): Promise<boolean>
  /** False where the slot was recorded before. */
  recordSlot(slot: Slot): Promise<boolean>
  /** The slot with the latest `at`. */
  lastSlot(schedule: string): Promise<Slot | undefined>
  /** The same of every schedule that has one. */
  lastSlots(): Promise<Slot[]>
}

/** Papers that were to be alerted and wait: why, and since when. */
export interface Held {
  readonly destination: Destination
  readonly paper: number
  readonly why: 'pause' | 'quiet' | 'suspension' | 'most'
  readonly since: string
}

/** What keeps alerts from being posted now, paper by paper; they are posted together later, or come in the digest. */
export interface HoldStore {
  /** Keeps what is held already as it is. */
  add(held: readonly Held[]): Promise<void>
  ofDestination(destination: Destination): Promise<Held[]>
  /** All destinations for which anything is held. */
  destinations(): Promise<Destination[]>
  remove(destination: Destination, papers: readonly number[]): Promise<void>
}

/** What each channel chose; a channel that chose nothing has DEFAULT_SETTINGS. */
export interface ChannelStore {
  get(channel: Destination): Promise<ChannelSettings>
  /** Changes only what is given; undefined takes a choice away. */
  set(channel: Destination, change: { readonly [K in keyof ChannelSettings]?: ChannelSettings[K] | undefined }): Promise<void>
  /** Every channel with settings of its own. */
  all(): Promise<{ readonly channel: Destination; readonly settings: ChannelSettings }[]>
  /** The same of whole workspaces (place-settings.ts) alone. */
  ofWorkspaces(): Promise<{ readonly channel: Destination; readonly settings: ChannelSettings }[]>
}

/** Small facts of the installation itself: the store's identity, when scores were computed last. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

export interface StoreParts {
  readonly papers: PaperStore
  readonly subscriptions: SubscriptionStore
  readonly schedules: ScheduleStore
  readonly ledger: Ledger
  readonly holds: HoldStore
  readonly channels: ChannelStore
  readonly votes: VoteStore
  readonly readingLists: ReadingListStore
  readonly feeds: FeedStore
  readonly enrichments: EnrichmentStore
  readonly meta: MetaStore
  readonly installations: InstallationStore
  readonly phrases: PhraseStore
  readonly leases: LeaseStore
  readonly events: EventStore
  readonly erasure: Erasure
}

export interface Store extends StoreParts {
  /** Differs between any two stores, for ever. */
  readonly id: string
  /** All or nothing. `work` awaits nothing but the parts it is given. */
  transaction<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>
  /**
   * Whether there is room for more. Where there is none, nothing is to be written but what became of things under way, for
   * which some is kept.
   */
  hasRoom(): Promise<boolean>
  /** A consistent copy into a new file or database; the bot may go on meanwhile. */
  backup(to: string): Promise<void>
  close(): Promise<void>
}
