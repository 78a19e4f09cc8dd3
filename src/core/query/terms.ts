// A paper as the index and the matcher see it: the terms of its texts and the values its fields are compared by.
import type { PaperId } from '#core/paper-id.ts'

export interface PaperTerms {
  readonly title: readonly string[]
  /** One list an author, so that a phrase never runs from one person into the next. */
  readonly authors: readonly (readonly string[])[]
  readonly abstract: readonly string[]
  /** Every form a category answers to, lower case: `cs.lg`, `lg`, `cs`. */
  readonly categories: readonly string[]
  readonly orgs: readonly string[]
  readonly ids: readonly PaperId[]
  readonly sources: readonly string[]
  /** The earliest day it can have been published (`2024-03` → `2024-03-01`); null where unknown, and then no date matches. */
  readonly published: string | null
  /** The source's own score, else the computed one, else null; then no comparison matches. */
  readonly score: number | null
}
