// What the store keeps of feeds: where reading them stands, and what their batches brought.

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

/** One batch of a feed as it was first read: what a digest's receipt adds up. */
export interface Reading {
  readonly feed: string
  /** The batch's digest. */
  readonly batch: string
  readonly at: string
  readonly offered: number
  readonly added: number
  readonly merged: number
  /** Could not be read. */
  readonly failed: number
}

export interface FeedStore {
  get(feed: string): Promise<FeedState | undefined>
  set(state: FeedState): Promise<void>
  all(): Promise<FeedState[]>
  /** Keeps the first reading of each batch. */
  recordReading(reading: Reading): Promise<void>
  /** Of these feeds, in [from, to), oldest first. */
  readings(feeds: readonly string[], from: string, to: string): Promise<Reading[]>
}
