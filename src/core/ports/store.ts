// The truth: everything Paperboy must not lose, behind one asynchronous interface with one contract suite.
import type { AuthorKey } from '#core/author-name.ts'
import type { Delivery, DeliveryState, NewDelivery, Outcome } from '#core/delivery.ts'
import type { ComputedScore, Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Schedule, Slot } from '#core/schedule.ts'
import type { Destination, Match, Subscription } from '#core/subscription.ts'

export type Stored = { readonly number: number; readonly outcome: 'added' | 'merged' | 'unchanged' }

/** An author as a name that papers carry, with how many carry it. */
export interface KnownAuthor {
  readonly key: AuthorKey
  readonly name: string
  readonly papers: number
}

/** All methods reject with StoreError where the storage fails. Instants are texts in UTC. */
export interface PaperStore {
  /**
   * Merges each record (core/merge.ts) into the paper any of its ids names, or adds one; two papers that a record
   * joins become one, under the smaller number. Atomic as a whole. Answers in the order of the records.
   */
  put(records: readonly PaperRecord[], now: string): Promise<Stored[]>
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
  /** Papers with a score, shown or computed, best first. */
  best(filter: { category?: string; since: string }, page: { offset: number; limit: number }): Promise<Paper[]>
  /** What was added or changed after a cursor ('' = from the start), in order; the cursor to go on with; `gone` were joined into others. */
  changesAfter(cursor: string, limit: number): Promise<{ papers: Paper[]; gone: number[]; cursor: string }>
  /** The cursor of the latest change: equal cursors mean nothing changed. */
  latestCursor(): Promise<string>
  /** Papers no tick has matched yet, oldest first. */
  unmatched(limit: number): Promise<Paper[]>
  markMatched(numbers: readonly number[]): Promise<void>
  setScores(scores: ReadonlyMap<number, ComputedScore | null>): Promise<void>
  count(): Promise<number>
}

export interface SubscriptionStore {
  /** False where this destination follows that target already; nothing changes then. */
  add(subscription: Subscription): Promise<boolean>
  ofDestination(destination: Destination): Promise<Subscription[]>
  all(): Promise<Subscription[]>
  /** Only within the destination; answers how many went. */
  remove(destination: Destination, ids: readonly string[]): Promise<number>
  setCadence(destination: Destination, id: string, cadence: Subscription['cadence']): Promise<void>
  /** Records matches once each and moves their subscriptions' lastMatchAt; answers those that are new. */
  recordMatches(matches: readonly Match[]): Promise<Match[]>
  /** The destination's matches of papers first seen in [from, to), oldest first. */
  matchesBetween(destination: Destination, from: string, to: string): Promise<Match[]>
  matchesOfPaper(destination: Destination, paper: number): Promise<Match[]>
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
}

export interface Ledger {
  /**
   * Records deliveries as pending. Claims already made in that destination are dropped from a delivery, and a delivery
   * left without any of its claims, or whose dedupe key is known, is not recorded. Answers the recorded ones.
   */
  record(deliveries: readonly NewDelivery[], now: string): Promise<Delivery[]>
  /**
   * Takes due deliveries, pending to sending, one turn a workspace, and commits the intent (attempt, fence, lease) before
   * it answers. A delivery whose parent is not sent is not due.
   */
  claim(options: { now: string; leaseUntil: string; limit: number; platforms: readonly string[] }): Promise<Delivery[]>
  /** Takes due uncertain deliveries the same way, to be looked up before any repeat. */
  claimUncertain(options: { now: string; leaseUntil: string; limit: number; platforms: readonly string[] }): Promise<Delivery[]>
  /** False where the fence is no longer the delivery's: another took it over. */
  settle(id: number, fence: number, outcome: Outcome, now: string): Promise<boolean>
  /** Turns `sending` whose lease ended before `leaseEndedBefore` into `uncertain`; answers how many. */
  expire(leaseEndedBefore: string, now: string): Promise<number>
  /** After a power loss: recent pending rows may have been sent. Answers how many became uncertain. */
  doubt(since: string): Promise<number>
  list(states: readonly DeliveryState[], limit: number): Promise<Delivery[]>
  counts(): Promise<Record<DeliveryState, number>>
  retry(id: number, now: string): Promise<boolean>
  drop(id: number, now: string): Promise<boolean>
  /** What this destination heard of this paper. */
  ofPaper(destination: Destination, paper: number): Promise<Delivery[]>
}

export interface ReadingListStore {
  save(destination: Destination, paper: number, by: string, now: string): Promise<boolean>
  unsave(destination: Destination, paper: number): Promise<boolean>
  /** Latest first. */
  list(destination: Destination): Promise<Paper[]>
}

/** Where reading of a feed stands, and what came of it last. */
export interface FeedState {
  readonly feed: string
  readonly state: 'fresh' | 'waiting' | 'quiet' | 'stalled' | 'failed'
  readonly etag?: string
  readonly lastModified?: string
  /** A digest of the last batch's content. */
  readonly batch?: string
  readonly checkedAt: string
  readonly changedAt?: string
  readonly failures: number
  /** Not asked again before this instant. */
  readonly notBefore?: string
  readonly error?: string
}

export interface FeedStore {
  get(feed: string): Promise<FeedState | undefined>
  set(state: FeedState): Promise<void>
  all(): Promise<FeedState[]>
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
  readonly readingLists: ReadingListStore
  readonly feeds: FeedStore
  readonly meta: MetaStore
}

export interface Store extends StoreParts {
  /** Differs between any two stores, for ever. */
  readonly id: string
  /** All or nothing. `work` awaits nothing but the parts it is given. */
  transaction<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>
  /** A consistent copy into a new file or database; the bot may go on meanwhile. */
  backup(to: string): Promise<void>
  close(): Promise<void>
}
