// Which topics select which papers of a batch, in few lists of numbers: millions of pairs as objects would be slow to read.
import { createNumbers } from './numbers.ts'

export interface Found {
  /** A topic: its subscriptions, the leaves it wants, and the papers it selects. */
  add(subscriptions: readonly number[], wanted: readonly number[], papers: readonly number[]): void
  /** To be called when all are added; visits a paper's topics in their order. */
  each(paper: number, visit: (subscriptions: number[], wanted: number[]) => void): void
}

/** `size` papers, counted from 0. */
export function createFound(size: number): Found {
  /** Of each topic how many subscriptions and these, how many leaves and these. */
  const topics = createNumbers()
  const selecting = createNumbers()
  const selected = createNumbers()
  const ends = new Int32Array(size)
  let byPaper: Int32Array | undefined
  return {
    add(subscriptions, wanted, papers) {
      const topic = topics.length()
      for (const list of [subscriptions, wanted]) {
        topics.push(list.length)
        for (const number of list) topics.push(number)
      }
      for (const paper of papers) {
        selecting.push(topic)
        selected.push(paper)
        ends[paper] = (ends[paper] ?? 0) + 1
      }
    },
    each(paper, visit) {
      byPaper ??= sorted()
      for (let at = paper === 0 ? 0 : (ends[paper - 1] ?? 0); at < (ends[paper] ?? 0); at++) {
        const topic = byPaper[at] ?? 0
        const subscriptions = listAt(topic)
        visit(subscriptions, listAt(topic + 1 + subscriptions.length))
      }
    },
  }

  /** The topics of the first paper, then those of the second, and so on; `ends` turns from counts to where each one's end. */
  function sorted(): Int32Array {
    const all = new Int32Array(selecting.length())
    for (let paper = 1; paper < size; paper++) ends[paper] = (ends[paper] ?? 0) + (ends[paper - 1] ?? 0)
    const next = new Int32Array(size)
    next.set(ends.subarray(0, -1), 1)
    for (let at = 0; at < all.length; at++) {
      const paper = selected.get(at)
      const place = next[paper] ?? 0
      all[place] = selecting.get(at)
      next[paper] = place + 1
    }
    return all
  }

  function listAt(place: number): number[] {
    const list = new Array<number>(topics.get(place))
    for (let at = 0; at < list.length; at++) list[at] = topics.get(place + 1 + at)
    return list
  }
}
