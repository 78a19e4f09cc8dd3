// Finding papers by what they say: derived from the Store, local to the process, thrown away and rebuilt at will.
import type { Query } from '#core/query/query.ts'
import type { PaperTerms } from '#core/query/terms.ts'

export interface Hits {
  /** Papers' numbers, best first by the query's sort; ties by date, newest first, then by number, highest first. */
  readonly numbers: readonly number[]
  /** How many papers the query selects in all. */
  readonly total: number
}

export interface PaperIndex {
  /** Brings the index up to the Store's latest change; answers how many papers it took in. Calls may overlap. */
  catchUp(progress?: (indexed: number) => void): Promise<number>
  /** `now` resolves relative dates. Runs off the main thread. */
  search(query: Query, page: { offset: number; limit: number }, now: Temporal.Instant): Promise<Hits>
  /** Every selected paper's number, ascending: for the forecast of a topic's volume. */
  select(query: Query, now: Temporal.Instant): Promise<readonly number[]>
  /** Papers most alike by their rarest shared terms, best first, without the paper `number` itself. */
  similar(terms: PaperTerms, number: number, limit: number): Promise<readonly { number: number; shared: readonly string[] }[]>
  /** Whether it holds the Store's latest change. Rejects with StoreError where that cannot be told. */
  isCaughtUp(): Promise<boolean>
  close(): Promise<void>
}
