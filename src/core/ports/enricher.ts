// What a source adds to papers that are known already: citations, upvotes, affiliations, a summary in a sentence.
import type { Paper, PaperRecord, SourceName } from '#core/paper.ts'

export interface Enricher {
  readonly name: SourceName
  /** As many papers as one request may ask for. */
  readonly most: number
  /** Whether the source may know the paper at all, by its ids. */
  knows(paper: Paper): boolean
  /**
   * What the source says of at most `most` papers that it may know; one it does not know is left out. Each record carries an id of
   * its paper. Rejects with SourceError, and nothing is known then.
   */
  enrich(papers: readonly Paper[], signal?: AbortSignal): Promise<PaperRecord[]>
}
