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
  /** When it was last read to its end, or said that nothing had changed. */
  readonly readAt?: string
  /** How often in a row its address had nothing (404). */
  readonly missing?: number
  /** Since when it is not asked any more, because its address says that it is gone. */
  readonly gone?: string
  /** Of a category: how far its announcements are known. */
  readonly coverage?: Coverage
  /** What nearly all papers of the last batch had: where it is gone from most, the source has another form. */
  readonly had?: readonly string[]
  /** Why papers of the last batch could not be read, the most frequent reason first. */
  readonly unread?: readonly { readonly why: string; readonly papers: number }[]
  /** Of followed authors, who are asked for in turns: when the turn began, and after whom it goes on; over without. */
  readonly turn?: { readonly beganAt: string; readonly after?: string }
}

/** How far a category's announcements are known. Days are arXiv's own, `2026-09-24`. */
export interface Coverage {
  /** Nothing that was announced after `from` up to `until`, itself included, is missing. */
  readonly from: string
  readonly until: string
  /** The day of the batch that was read last. */
  readonly day?: string
  /** The digest of the last batch that was of an earlier day. */
  readonly old?: string
  /** The batch that was read last may not be all of its day: something of it could not be read, or it has far fewer papers than usual. */
  readonly isPartial?: true
  /** The last answer had no papers at all. */
  readonly isEmpty?: true
  /** Days were missed, and the archive is asked for them. */
  readonly missing?: Missing
  /** How many papers the archive alone brought since the feed itself brought any. */
  readonly fromArchive?: number
}

export interface Missing {
  /** The first day that was missed. */
  readonly from: string
  /** How many days are asked for at once, and when that was done last. */
  readonly span?: number
  readonly askedAt?: string
  readonly failures?: number
  /** The archive is not asked again before this instant. */
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

/** One entry of a feed: its paper, and what it says, whatever its own id. */
export interface Offer {
  readonly paper: number
  readonly content: string
}

/** A feed that people follow brought a paper as news. `isFlood`: among so many that they come in digests alone. */
export interface Announced {
  readonly feed: string
  readonly at: string
  readonly isFlood: boolean
}

export interface FeedStore {
  get(feed: string): Promise<FeedState | undefined>
  set(state: FeedState): Promise<void>
  all(): Promise<FeedState[]>
  /** Keeps the first reading of each batch. */
  recordReading(reading: Reading): Promise<void>
  /** Those of the contents that the feed offered before. */
  offeredBefore(feed: string, contents: readonly string[]): Promise<ReadonlySet<string>>
  /** Records what a feed offers; answers the papers that it never offered before. */
  offer(feed: string, offers: readonly Offer[], now: string): Promise<number[]>
  /** The feeds that ever offered the paper. */
  offeredBy(paper: number): Promise<string[]>
  /** What the feeds offered last, the latest first; of one reading the newest paper first. */
  lastOffered(feeds: readonly string[], limit: number): Promise<{ readonly feed: string; readonly paper: number }[]>
  /** Makes offered papers news: the next tick matches them for the feed's followers, whether or not they were known. */
  announce(papers: readonly number[], news: Announced): Promise<void>
  /** Of these feeds, in [from, to), oldest first. */
  readings(feeds: readonly string[], from: string, to: string): Promise<Reading[]>
}
