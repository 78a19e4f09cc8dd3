// What a source can be asked for a person who waits: papers by their ids, what somebody wrote, what is like a paper, what
// a query selects.
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Query } from '#core/query/query.ts'

export type Question =
  | { readonly kind: 'papers'; readonly ids: readonly PaperId[] }
  /** By a printed name or a bare ORCID, the newest papers first. */
  | { readonly kind: 'author'; readonly name: string }
  /** What is like the paper, the most alike first. */
  | { readonly kind: 'related'; readonly paper: Paper }
  /** Relative dates are resolved at `now`. */
  | { readonly kind: 'search'; readonly query: Query; readonly now: Temporal.Instant }

export interface Catalogue {
  /** The source as people call it: `arXiv`. */
  readonly name: string
  /** As much of the question as it may know an answer to; undefined where that is nothing. */
  takes(question: Question): Question | undefined
  /**
   * What it says of a question that it takes, which may be more than was asked for; nothing where it knows nothing. Rejects with
   * SourceError, soon after `signal` aborts at the latest.
   */
  ask(question: Question, signal: AbortSignal): Promise<PaperRecord[]>
}
