// What sources are asked for one paper or one person at a time: a paper by its id, who wrote what, what is like it.
import type { Paper, PaperRecord, SourceName } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

/** A source that knows papers by ids of certain kinds. */
export interface Lookup {
  readonly name: SourceName
  /** Whether the source may know a paper by such an id at all. */
  knows(id: PaperId): boolean
  /** What it says of the paper, which is nothing where it does not know it. Rejects with SourceError. */
  paper(id: PaperId, signal: AbortSignal): Promise<PaperRecord[]>
}

/** A source that knows people. */
export interface People {
  /** By a printed name or an ORCID, the newest first; nothing where it does not know them. Rejects with SourceError. */
  author(name: string, limit: number, signal: AbortSignal): Promise<PaperRecord[]>
}

/** A source that finds papers by words. */
export interface Words {
  /** The most fitting first: a query in the language of `search`, as far as the source understands it. Rejects with SourceError. */
  search(query: string, limit: number, signal: AbortSignal): Promise<PaperRecord[]>
}

/** A source that says by itself which papers are like one. */
export interface Recommender {
  /** The most alike first; nothing where the source does not know the paper. Rejects with SourceError. */
  related(paper: Paper, limit: number, signal: AbortSignal): Promise<PaperRecord[]>
}
