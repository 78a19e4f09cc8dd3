// Which topics select which papers of a batch, in few lists of numbers: millions of pairs as objects would be slow to read.
import { createNumbers } from './numbers.ts'

export interface Found {
  /** A topic: its subscriptions, the leaves it wants, and the papers it selects. */
  add(subscriptions: readonly number[], wanted: readonly number[], papers: readonly number[]): void
  /** How many topics select the paper; this and the others are to be called when all are added. */
  count(paper: number): number
  /** The subscriptions to each of the paper's topics; `place` tells the topic, from 0. */
  eachSubscription(paper: number, visit: (subscription: number, place: number) => void): void
  /** The leaves that one of the paper's topics wants. */
  wanted(paper: number, place: number): number[]
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
    count: (paper) => endOf(paper) - endOf(paper - 1),
    eachSubscription(paper, visit) {
      const first = endOf(paper - 1)
      for (let at = first; at < endOf(paper); at++) {
        const topic = topicAt(at)
        const last = topic + topics.get(topic)
        for (let subscription = topic + 1; subscription <= last; subscription++) visit(topics.get(subscription), at - first)
      }
    },
    wanted(paper, place) {
      const topic = topicAt(endOf(paper - 1) + place)
      const list = topic + 1 + topics.get(topic)
      const wanted = new Array<number>(topics.get(list))
      for (let at = 0; at < wanted.length; at++) wanted[at] = topics.get(list + 1 + at)
      return wanted
    },
  }

  function topicAt(at: number): number {
    byPaper ??= sorted()
    return byPaper[at] ?? 0
  }

  function endOf(paper: number): number {
    byPaper ??= sorted()
    return paper < 0 ? 0 : (ends[paper] ?? 0)
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
}
