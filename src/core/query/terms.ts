// A paper as the index and the matcher see it: the terms of its texts and the values its fields are compared by.
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import { firstDay } from '#core/paper-view.ts'
import { analyse } from '#core/text/analyse.ts'
import { categoryForms } from '#core/text/category.ts'
import { texToText } from '#core/text/tex.ts'

/** How a source is read: `arxiv-rss` answers to `arxiv` too. */
const WAY = /(?<=^arxiv)-.*/

export interface PaperTerms {
  readonly title: readonly string[]
  /** One list an author, so that a phrase never runs from one person into the next. */
  readonly authors: readonly (readonly string[])[]
  readonly abstract: readonly string[]
  /** Every form a category answers to, lower case: `cs.lg`, `lg`, `cs`. */
  readonly categories: readonly string[]
  readonly orgs: readonly string[]
  readonly ids: readonly PaperId[]
  /** Every name a source answers to: `arxiv-rss`, `arxiv`. */
  readonly sources: readonly string[]
  /** The earliest day it can have been published (`2024-03` → `2024-03-01`); null where unknown, and then no date matches. */
  readonly published: string | null
  /** The source's own score, else the computed one, else null; then no comparison matches. */
  readonly score: number | null
}

/** The terms of a paper, its TeX turned first; the index stores them, the matcher compares them. */
export function termsOf(paper: Paper): PaperTerms {
  return {
    title: analyse(texToText(paper.title)),
    authors: paper.authors.map(({ name }) => analyse(texToText(name))),
    abstract: analyse(texToText(paper.abstract ?? '')),
    categories: [...new Set((paper.categories ?? []).flatMap(categoryForms))],
    orgs: paper.orgs ?? [],
    ids: paper.ids,
    sources: [...new Set(paper.sources.flatMap((source) => [source, source.replace(WAY, '')]))],
    published: (paper.published === undefined ? null : firstDay(paper.published)) ?? null,
    score: scoreOf(paper),
  }
}

/** All that `termsOf` reads but the score, untouched: where this text is equal the terms are, and it costs next to nothing. */
export function textOf({ title, authors, abstract, categories, orgs, ids, sources, published }: Paper): string {
  return JSON.stringify([title, authors.map(({ name }) => name), abstract, categories, orgs, ids, sources, published])
}

export function scoreOf({ score, computedScore }: Paper): number | null {
  return score ?? computedScore?.value ?? null
}
