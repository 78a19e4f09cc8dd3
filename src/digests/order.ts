// The order of papers in a digest: score, votes, announced, id.
import type { Paper } from '#core/paper.ts'

/** Sorts the best paper first; the same papers always come in the same order. */
export function best(a: Paper, b: Paper): number {
  return (
    scoreOf(b) - scoreOf(a) ||
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
