// The order of papers in a digest: score, votes of the group, upvotes elsewhere, announced, id.
import type { Paper } from '#core/paper.ts'

/** Sorts the best paper first; the same papers with the same votes, by number, always come in the same order. */
export function best(a: Paper, b: Paper, votes?: ReadonlyMap<number, number>): number {
  return (
    scoreOf(b) - scoreOf(a) ||
    (votes?.get(b.number) ?? 0) - (votes?.get(a.number) ?? 0) ||
    (b.upvotes ?? 0) - (a.upvotes ?? 0) ||
    byText(b.published ?? '', a.published ?? '') ||
    byText(a.ids[0], b.ids[0])
  )
}

function scoreOf(paper: Paper): number {
  return paper.score ?? paper.computedScore?.value ?? -1
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
