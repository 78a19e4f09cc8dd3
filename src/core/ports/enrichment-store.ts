// What the store keeps of enrichment: which papers each source is to be asked about, and how asking it went.
import type { Paper, SourceName } from '#core/paper.ts'

/** How asking a source went last. */
export interface EnricherState {
  readonly source: SourceName
  readonly askedAt: string
  /** When it last answered. */
  readonly answeredAt?: string
  /** In a row. */
  readonly failures: number
  /** Not asked again before this instant. */
  readonly notBefore?: string
  readonly error?: string
}

/** A source was asked about a paper, and is to be asked again. */
export interface Asked {
  readonly paper: number
  readonly nextAt: string
}

/** All methods reject with StoreError where the storage fails. */
export interface EnrichmentStore {
  /**
   * Takes in papers that the source is not asked about yet, at most so many, the first to come first; answers how many. Each is
   * due since its publication or, where that lies ahead, since it was first seen.
   */
  enrol(source: SourceName, limit: number): Promise<number>
  /** What the source is to be asked about now, whatever became due last at the beginning: of new papers the newest. */
  due(source: SourceName, now: string, limit: number): Promise<Paper[]>
  /** A paper that was joined into another meanwhile is left out: the other has its own turn. */
  asked(source: SourceName, asked: readonly Asked[]): Promise<void>
  /** How many papers are due, those that are not taken in yet among them. */
  waiting(source: SourceName, now: string): Promise<number>
  state(source: SourceName): Promise<EnricherState | undefined>
  setState(state: EnricherState): Promise<void>
}
