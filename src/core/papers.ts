// The paper-query module: what there is to know about papers, asked by commands and digests alike.
import type { AuthorKey } from '#core/author-name.ts'
import type { Paper } from '#core/paper.ts'
import type { KnownAuthor } from '#core/ports/store.ts'
import type { Query } from '#core/query/query.ts'

export interface PaperPage {
  readonly papers: readonly Paper[]
  readonly total: number
}

export interface AuthorProfile {
  readonly name: string
  readonly keys: readonly AuthorKey[]
  /** All papers, in the order asked for. */
  readonly papers: readonly Paper[]
  readonly years: { readonly first: number; readonly last: number } | null
  /** Most frequent first, with how many papers. */
  readonly categories: readonly { readonly category: string; readonly papers: number }[]
  readonly orgs: readonly string[]
  readonly coauthors: readonly { readonly name: string; readonly papers: number }[]
}

export type AuthorAnswer =
  | { readonly kind: 'author'; readonly profile: AuthorProfile; readonly others: readonly KnownAuthor[] }
  /** Several people it may be: the person has to say which. */
  | { readonly kind: 'candidates'; readonly candidates: readonly KnownAuthor[] }

export interface RelatedPaper {
  readonly paper: Paper
  readonly sharedWords: readonly string[]
  readonly sharedAuthors: readonly string[]
}

export interface Papers {
  search(query: Query, page: { offset: number; limit: number }): Promise<PaperPage>
  /** Rejects with NotFoundError, with the nearest names as its hint, where nobody fits. */
  author(name: string, order: 'impact' | 'date'): Promise<AuthorAnswer>
  /** By id in any notation, link, or title. Rejects with NotFoundError or, where a title fits several, UserInputError naming them. */
  paper(reference: string): Promise<Paper>
  related(paper: Paper, limit: number): Promise<readonly RelatedPaper[]>
  /** Best scored of the window; by date, and `byDate` true, where nothing in it has a score. */
  trending(filter: { category?: string; days: number }, page: { offset: number; limit: number }): Promise<PaperPage & { byDate: boolean }>
}
