// What a paper is: the record a source gives, the paper the records merge into, and what is shown of it.
import type { PaperId } from '#core/paper-id.ts'

/** Where a record came from; the order of trust between them is in merge.ts. */
export type SourceName =
  | 'arxiv-api'
  | 'arxiv-oai'
  | 'arxiv-rss'
  | 'openalex'
  | 'semantic-scholar'
  | 'hugging-face'
  | 'biorxiv'
  | 'crossref'
  | 'feed'
  | 'bibtex'
  | 'ndjson'
  | 'sample'

/** How arXiv announced a record, relative to the categories asked for. */
export type Announcement = 'new' | 'cross' | 'replace' | 'replace-cross'

export interface Author {
  /** As printed, given name first: "Eric J. Michaud". TeX accents already turned into letters. */
  readonly name: string
  readonly orcid?: string
  /** OpenAlex's id of the person, `A5067011895`. */
  readonly openAlex?: string
  /** Affiliations as the source wrote them. */
  readonly affiliations?: readonly string[]
}

/**
 * A moment of publication, as exact as the source knows it: `2024`, `2024-03`, `2024-03-15`
 * or an instant in UTC (`2024-03-15T17:59:59Z`). Such texts sort by time as they stand.
 */
export type PublicationDate = string

/** The fields of a paper that a source may know. Absent means unknown, never empty. */
export interface PaperFields {
  /** As the source wrote it, white space folded: TeX is kept and turned only for showing (text/tex.ts). */
  readonly title: string
  readonly authors: readonly Author[]
  /** How many authors the source left out of `authors` ("et al."); absent where the list is whole. */
  readonly authorsOmitted?: number
  readonly abstract?: string
  /** First submission, not the latest version. */
  readonly published?: PublicationDate
  readonly updated?: PublicationDate
  readonly version?: number
  /** Primary category first. */
  readonly categories?: readonly string[]
  /** Slugs, best known first: `berkeley`, `eth-zurich`. */
  readonly orgs?: readonly string[]
  readonly doi?: string
  readonly journalRef?: string
  readonly comment?: string
  readonly url?: string
  readonly pdf?: string
  readonly code?: string
  readonly tldr?: string
  readonly citations?: number
  readonly upvotes?: number
  /** A score of 0–100 the source gives itself. */
  readonly score?: number
  /** The place in a source's own order by impact, 1 being the first. */
  readonly rank?: number
  readonly withdrawn?: boolean
}

/** What one source says of one paper. */
export interface PaperRecord extends PaperFields {
  readonly source: SourceName
  /** Every id the record carries, in the order of PaperId's precedence; at least one. */
  readonly ids: readonly [PaperId, ...PaperId[]]
  readonly announcement?: Announcement
}

/** What is merged by itself: who the authors are apart from their list, since seldom one source is best at both. */
export type MergedField = keyof PaperFields | 'people'

/** One paper, merged from all records known of it. */
export interface Paper extends PaperFields {
  /** The permanent number the Store gave it. */
  readonly number: number
  readonly ids: readonly [PaperId, ...PaperId[]]
  /** Whom the best-informed source knows of the authors, as it prints them, where `authors` are another's. */
  readonly people?: readonly Author[]
  /** Which source each field was taken from. */
  readonly origins: Readonly<Partial<Record<MergedField, SourceName>>>
  /**
   * The revision (version and date, as text that sorts) of the record each field was taken from, where it is not that of
   * `version` and `updated`; merge.ts needs it to tell old from new.
   */
  readonly revisions?: Readonly<Partial<Record<MergedField, string>>>
  /** The sources that know it, the most trusted first. */
  readonly sources: readonly SourceName[]
  /** When Paperboy first saw it: an instant in UTC. */
  readonly firstSeen: string
  /** Computed by score.ts, where there is any signal. */
  readonly computedScore?: ComputedScore
}

/** A score of 0–100 and the parts that made it, the largest first. */
export interface ComputedScore {
  readonly value: number
  readonly parts: readonly { readonly signal: string; readonly share: number }[]
}
