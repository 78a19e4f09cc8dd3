// What a query means, as a tree: the one form that the parser makes and that the index, the matcher and the printer read.
import type { PublicationDate } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

/** `any` is title, authors and abstract together. */
export type TextField = 'any' | 'title' | 'abstract' | 'author'

export type Expression =
  | { readonly kind: 'and'; readonly of: readonly Expression[] }
  | { readonly kind: 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  /** The terms (text/analyse.ts) next to each other in this order, within one of the field's texts; at least one. */
  | {
      readonly kind: 'text'
      readonly field: TextField
      readonly terms: readonly [string, ...string[]]
      /** As typed, for printing and for reasons. */
      readonly text: string
      readonly quoted: boolean
    }
  /** `cs` (an archive), `LG` (a badge) or `cs.LG`; letter case folded as in text/category.ts. */
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'org'; readonly org: string }
  | { readonly kind: 'id'; readonly id: PaperId }
  | { readonly kind: 'source'; readonly source: string }
  /** Inclusive: since the start of the date, until the end of it. Relative ones (`30d`) are resolved at `now`. */
  | { readonly kind: 'since' | 'until'; readonly date: PublicationDate | { readonly days: number } }
  | { readonly kind: 'score'; readonly comparison: '>' | '>=' | '<' | '<=' | '='; readonly value: number }

export type Sort = 'relevance' | 'recent' | 'score'

export interface Query {
  /** Null selects every paper. */
  readonly expression: Expression | null
  readonly sort: Sort
}
