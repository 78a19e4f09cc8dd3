// What commands need to know of a feed before it is followed: whether there is one, and what it brings.
import type { PaperRecord } from '#core/paper.ts'

export interface FeedPreview {
  /** The feed's own address: the one asked for, or that of the feed which the page there names. */
  readonly url: string
  readonly title?: string
  /** In the feed's order. */
  readonly records: readonly PaperRecord[]
  /** How many entries could not be read. */
  readonly skipped: number
}

export interface Feeds {
  /** Reads the feed at an address that a person gave. Rejects with SourceError, whose message a person understands. */
  look(url: string): Promise<FeedPreview>
}
