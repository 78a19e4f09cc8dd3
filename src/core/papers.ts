// The paper-query module: what there is to know about papers, asked by commands and digests alike.
import type { AuthorKey } from '#core/author-name.ts'
import { findAuthor } from '#core/author-page.ts'
import { findPaper } from '#core/find-paper.ts'
import type { Paper } from '#core/paper.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { KnownAuthor, Store } from '#core/ports/store.ts'
import type { Expression, Query } from '#core/query/query.ts'
import { relatedPapers } from '#core/related.ts'

export interface PaperPage {
  readonly papers: readonly Paper[]
  readonly total: number
}

export interface AuthorProfile {
  readonly name: string
  readonly keys: readonly AuthorKey[]
  readonly orcid?: string
  /** All papers, in the order asked for. */
  readonly papers: readonly Paper[]
  readonly years: { readonly first: number; readonly last: number } | null
  /** Primary categories, most frequent first, with how many papers. */
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
  trending(
    filter: { category?: string; days: number },
    page: { offset: number; limit: number },
  ): Promise<PaperPage & { byDate: boolean }>
}

/** The paper-query module over a store and its index; its promises are those of Papers. */
export function createPapers({ store, index, clock }: { store: Store; index: PaperIndex; clock: Clock }): Papers {
  async function search(query: Query, page: { offset: number; limit: number }): Promise<PaperPage> {
    const { numbers, total } = await index.search(query, page, clock.now())
    return { papers: await store.papers.byNumbers(numbers), total }
  }

  async function trending(filter: { category?: string; days: number }, page: { offset: number; limit: number }) {
    const window: Expression[] = [{ kind: 'since', date: { days: filter.days } }]
    if (filter.category !== undefined) window.push({ kind: 'category', category: filter.category })
    const scored: Expression = { kind: 'score', comparison: '>=', value: 0 }
    const best = await search({ expression: { kind: 'and', of: [...window, scored] }, sort: 'score' }, page)
    if (best.total > 0) return { ...best, byDate: false }
    return { ...(await search({ expression: { kind: 'and', of: window }, sort: 'recent' }, page)), byDate: true }
  }

  return {
    search,
    trending,
    author: (name, order) => findAuthor(store, name, order),
    paper: (reference) => findPaper(reference, { store, search }),
    related: (paper, limit) => relatedPapers(paper, limit, { store, index }),
  }
}
