// The nearest of some words to what was typed: for "did you mean".

const LONGEST = 64

/** Optimal string alignment: insertions, deletions, changes and swaps of neighbours; texts are cut at 64 characters. */
export function editDistance(left: string, right: string): number {
  const a = [...left.slice(0, LONGEST)]
  const b = [...right.slice(0, LONGEST)]
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [row, letter] of a.entries()) {
    const current = [row + 1]
    for (const [column, other] of b.entries()) {
      const change = (last[column] ?? 0) + (letter === other ? 0 : 1)
      const swap =
        row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === other
          ? (beforeLast[column - 1] ?? 0) + 1
          : Number.POSITIVE_INFINITY
      current.push(Math.min(change, swap, (last[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? a.length
}

/** Those within a third of the typed word's length (at least 2), nearest first; a candidate that begins so counts as near. */
export function nearest(typed: string, candidates: Iterable<string>, limit: number): string[] {
  const word = typed.toLowerCase()
  const reach = Math.max(2, Math.floor(word.length / 3))
  return [...new Set(candidates)]
    .map((candidate) => {
      const other = candidate.toLowerCase()
      const begins = word.length > 1 && other.startsWith(word)
      return { candidate, distance: begins ? 1 : editDistance(word, other) }
    })
    .filter(({ distance }) => distance <= reach && distance < word.length)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
