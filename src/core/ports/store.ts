// The truth: everything Paperboy must not lose, behind one asynchronous interface with one contract suite.
import type { AuthorKey } from '#core/author-name.ts'
import type { Claim, Delivery, DeliveryState, Edit, NewDelivery, Outcome } from '#core/delivery.ts'
import type { ComputedScore, Paper, PaperRecord } from '#core/paper.ts'
import type { PaperChange } from '#core/paper-change.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Announced, FeedStore } from '#core/ports/feed-store.ts'
import type { ReadingListStore, VoteStore } from '#core/ports/group-store.ts'
import type { Block } from '#core/reply.ts'
import type { Schedule, Slot } from '#core/schedule.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination, Match, Person, PlatformName, Subscription } from '#core/subscription.ts'

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
  /** What the next tick is to match, what was seen first at the beginning. */
  unmatched(limit: number): Promise<Unmatched[]>
  markMatched(numbers: readonly number[]): Promise<void>
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
}

export interface Claiming {
  readonly now: string
  readonly leaseUntil: string
  readonly limit: number
  readonly platforms: readonly string[]
  /** A delivery's id. */
  readonly only?: number
}

export interface Ledger {
  /**
   * Records deliveries as pending; for a while after a power loss as uncertain (doubt). Claims already made in that
   * destination are dropped from a delivery, and a delivery left without any of its claims, or whose dedupe key is known, is
   * not recorded. One whose parent is dead or cancelled stands by itself. Answers the recorded ones.
   */
  record(deliveries: readonly NewDelivery[], now: string): Promise<Delivery[]>
  /**
   * Takes due deliveries, pending to sending, one turn a workspace, and commits the intent (attempt, fence, lease) before
   * it answers. A delivery whose parent is not sent is not due. `only`: takes this one alone, due or not.
   */
  claim(options: Claiming): Promise<Delivery[]>
  /** Takes due uncertain deliveries the same way, to be looked up before any repeat. */
  claimUncertain(options: Claiming): Promise<Delivery[]>
  /**
   * False where the fence is no longer the delivery's: another took it over. What waits for a dead delivery, to be posted in
   * its thread, is dead with it.
   */
  settle(id: number, fence: number, outcome: Outcome, now: string): Promise<boolean>
  /** Turns `sending` whose lease ended before `leaseEndedBefore` into `uncertain`; answers how many. */
  expire(leaseEndedBefore: string, now: string): Promise<number>
  /**
   * After a power loss, which may have taken back what was committed last: whatever is pending may have been sent since
   * `since`, or since the doubt before where that lasts still, and so may what is recorded anew before `until`. All of it is
   * uncertain; answers how much became so.
   */
  doubt(doubt: { readonly since: string; readonly until: string }): Promise<number>
  /** Oldest first. */
  list(states: readonly DeliveryState[], limit: number): Promise<Delivery[]>
  /** Latest first. */
  latest(states: readonly DeliveryState[], limit: number): Promise<Delivery[]>
  counts(): Promise<Record<DeliveryState, number>>
  /**
   * Makes a pending, uncertain or dead delivery due now, with what died with it. What may have arrived before is looked up
   * first: it is uncertain then. False for any other, and where its parent is dead or cancelled.
   */
  retry(id: number, now: string): Promise<boolean>
  /** Cancels a pending, uncertain or dead delivery for good, with what waits for it; false for any other. */
  drop(id: number, now: string): Promise<boolean>
  /** What this destination heard of this paper. */
  ofPaper(destination: Destination, paper: number): Promise<Delivery[]>
  /** The destination's deliveries in these states, oldest first. */
  ofDestination(destination: Destination, states: readonly DeliveryState[]): Promise<Delivery[]>
  /** Whether anything was posted in the channel, its threads included, since an instant. */
  postedSince(channel: Destination, since: string): Promise<boolean>
  /** What a delivery claims. */
  claimsOf(delivery: Pick<Delivery, 'id' | 'destination'>): Promise<Claim[]>
  /** Those of the papers that this event was claimed for in the destination already. */
  claimed(destination: Destination, papers: readonly number[], event: string): Promise<number[]>
  /** The key under which a delivery is or would be recorded. */
  keyOf(delivery: Pick<NewDelivery, 'destination' | 'kind' | 'subject' | 'part' | 'parent'>): string
  byId(id: number): Promise<Delivery | undefined>
  byKey(key: string): Promise<Delivery | undefined>
  /** When the destination got its latest alert or digest. */
  lastSent(destination: Destination): Promise<string | undefined>
  /** How many alerts' first parts the destination got recorded since an instant. */
  alertsSince(destination: Destination, since: string): Promise<number>
  /** Alerts in which a paper was claimed, of all destinations, whatever became of them, with the blocks they are to have. */
  alertsOfPaper(paper: number): Promise<Delivery[]>
  /**
   * Keeps what is pending or uncertain in a place from being due before `until`, whenever it is recorded or becomes so, and
   * edits too. A place that is closed until later stays so. Answers how many deliveries were put off.
   */
  close(place: Place, until: string): Promise<number>
  /**
   * Makes due again what was kept back there alone, in the order in which it was recorded; answers how many. A workspace
   * opens with all its channels; a channel of a closed workspace stays closed with it.
   */
  reopen(place: Place, now: string): Promise<number>
  /** Gives a delivery other blocks: at once where nothing was tried yet, otherwise by an edit once it is posted. The latest count. */
  edit(id: number, blocks: readonly Block[], now: string): Promise<void>
  /** Edits that are due, of deliveries that are sent, in places that are open. */
  dueEdits(options: { now: string; limit: number; platforms: readonly string[] }): Promise<Edit[]>
  /** Done, unless the blocks have changed meanwhile; or tried again at `notBefore`. */
  settleEdit(edit: Edit, outcome: 'done' | { readonly notBefore: string }): Promise<void>
}

/** A whole workspace or, with its channel, a channel with its threads. */
export interface Place {
  readonly platform: PlatformName
  readonly workspace: string
  readonly channel?: string
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
