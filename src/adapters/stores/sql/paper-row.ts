// A paper as a row: the merged fields in one column, and beside them the columns that queries select and order by.
import sql, { type RawValue } from 'sql-template-tag'
import type { ComputedScore, Paper } from '#core/paper.ts'
import { categoryForms } from '#core/text/category.ts'
import { fromColumn } from './database.ts'

export interface PaperRow {
  readonly number: number
  readonly first_seen: string
  readonly computed_score: string | null
  readonly body: string
}

/** What toPaper needs of the table `papers`. */
export const PAPER_COLUMNS = sql`papers.number, papers.first_seen, papers.computed_score, papers.body`

export function toPaper(row: PaperRow): Paper {
  return Object.assign(
    JSON.parse(row.body),
    { number: row.number, firstSeen: fromColumn(row.first_seen) },
    row.computed_score === null ? undefined : { computedScore: JSON.parse(row.computed_score) },
  )
}

/** What queries select papers by, in the order `published, categories, given_score, score`. */
export function selectors(
  paper: Pick<Paper, 'published' | 'categories' | 'score'>,
  computed: ComputedScore | undefined,
): [RawValue, RawValue, RawValue, RawValue] {
  const given = paper.score ?? null
  return [paper.published ?? '', categoryColumn(paper.categories ?? []), given, given ?? computed?.value ?? null]
}

/** `|cs.lg|lg|cs|`: every form that the categories answer to, once. */
function categoryColumn(categories: readonly string[]): string {
  return categories.length === 0 ? '' : `|${[...new Set(categories.flatMap(categoryForms))].join('|')}|`
}
