// Where papers come from: a batch of records from a feed, as new as the feed knows.
import type { PaperRecord, SourceName } from '#core/paper.ts'

export interface FeedBatch {
  /** `same`: the source itself says that nothing changed since (304). */
  readonly kind: 'records' | 'same'
  readonly records: readonly PaperRecord[]
  /** What each record says, whatever its own id, where entries may come again under another. */
  readonly contents?: readonly string[]
  /** What could not be read, and why: counted, never fatal. */
  readonly skipped: readonly { where: string; why: string }[]
  readonly etag?: string
  readonly lastModified?: string
  /** Two batches with the same content have the same digest. */
  readonly digest: string
  /** The source's own day of the batch, `2026-09-24`, where it says so. */
  readonly day?: string
}

export interface FeedSource {
  readonly name: SourceName
  /** Rejects with SourceError. */
  read(feed: string, known: { etag?: string; lastModified?: string }): Promise<FeedBatch>
}
