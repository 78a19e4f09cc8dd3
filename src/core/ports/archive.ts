// A source's archive, asked for what its announcements do not bring: what was missed in some days, and what certain people wrote.
import type { FeedBatch } from './source.ts'

/** A page of an archive's answer. */
export type ArchivePage = Pick<FeedBatch, 'records' | 'skipped'>

export interface Archive {
  /**
   * Papers of a category that appeared or changed on the days from `from` to `until` (`2026-09-24`, both included). Each says by
   * `announcement` whether it is new there, a cross-list or a new version. Rejects with SourceError; the pages before it stand.
   */
  changed(category: string, from: string, until: string, signal?: AbortSignal): AsyncIterable<ArchivePage>
  /** Papers that any of these people, by their printed names, submitted since the day, the newest first. Rejects likewise. */
  byAuthors(names: readonly string[], since: string, signal?: AbortSignal): AsyncIterable<ArchivePage>
}
