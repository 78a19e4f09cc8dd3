// The delivery ledger: what is to be posted, who takes it when, and what came of it.
import type { Claim, Delivery, DeliveryState, Edit, NewDelivery, Outcome } from '#core/delivery.ts'
import type { Block } from '#core/reply.ts'
import type { Destination, PlatformName } from '#core/subscription.ts'

export interface Claiming {
  readonly now: string
  readonly leaseUntil: string
  readonly limit: number
  readonly platforms: readonly string[]
  /** A delivery's id. */
  readonly only?: number
}

/** Of the deliveries in one state. */
export interface Waiting {
  /** When the oldest was recorded. */
  readonly recordedAt: string
  /** Since when, or from when on, the first of them can be tried; absent where all wait for a parent. */
  readonly dueAt?: string
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
   * its thread, is dead with it; of a notice it stands by itself.
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
  /** How long what is not over waits, by its state; a state is absent where nothing is in it. */
  waiting(): Promise<{ readonly [State in DeliveryState]?: Waiting }>
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
  /** The number of the latest delivery that is no notice, 0 before the first: equal ones mean that none was recorded. */
  latestNews(): Promise<number>
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
