// Distinct topics, and which of a batch's papers each selects. Asked are only those of which some paper has what they
// require, under the rarest leaf that they require, and the few that require none.
import { UserInputError } from '#core/errors.ts'
import type { Paper } from '#core/paper.ts'
import { parseQuery } from '#core/query/parse.ts'
import type { Query } from '#core/query/query.ts'
import { createBatch } from './batch.ts'
import { numbersOf } from './bits.ts'
import { createChains } from './chains.ts'
import { EVERYTHING, encode, wantedLeaves } from './code.ts'
import { createEvaluation } from './evaluate.ts'
import { createFound, type Found } from './found.ts'
import { createLeaves, indexedKeys, keyOf, type Leaf } from './leaves.ts'
import type { Members } from './members.ts'
import { createNumbers } from './numbers.ts'
import { requiredKeys } from './required.ts'
import { createWording } from './wording.ts'

export interface Topics {
  /** The topic of a group; one that parses no more selects nothing. */
  add(query: string, group: number): void
  /** The topics that select each of the papers. */
  select(papers: readonly Paper[], now: Temporal.Instant): Omit<Found, 'add'>
  /** Of a paper, and then of the leaves that a topic wants, the matched words; for the papers of one batch. */
  wording(): (paper: Paper) => (wanted: readonly number[]) => readonly string[]
}

/** A topic is the place in the list where its group stands, then the last batch it was asked about, then its expression. */
const ASKED = 1
const EXPRESSION = 2

export function createTopics(members: Members): Topics {
  const leaves = createLeaves()
  const code = createNumbers()
  const tested = new Map<number, Leaf>()
  /** By the number of a leaf, the topics that require it. */
  const requiring = createChains()
  const always = createNumbers()
  let batches = 0

  return {
    add(query, group) {
      const parsed = readable(query)
      if (parsed === undefined) return
      const expression = parsed.expression ?? EVERYTHING
      const topic = code.push(group)
      code.push(batches)
      encode(expression, code, numberOf)
      const required = requiredKeys(expression, (key) => requiring.count(leaves.numberOf(key)))
      if (required === null) always.push(topic)
      for (const key of required ?? []) requiring.add(leaves.numberOf(key), topic)
    },
    select(papers, now) {
      const batch = createBatch(papers, leaves)
      const evaluate = createEvaluation({ code, leaves, tested }, batch, now)
      const found = createFound(papers.length)
      const serial = ++batches
      for (let at = 0; at < always.length(); at++) ask(always.get(at))
      for (const leaf of batch.postings.keys()) requiring.each(leaf, ask)
      return found

      function ask(topic: number): void {
        if (code.get(topic + ASKED) === serial) return
        code.set(topic + ASKED, serial)
        const selected = numbersOf(evaluate(topic + EXPRESSION))
        if (selected.length > 0) found.add(members.of(code.get(topic)), wantedLeaves(code, topic + EXPRESSION), selected)
      }
    },
    wording: () => createWording(leaves),
  }

  function numberOf(leaf: Leaf): number {
    const keys = indexedKeys(leaf)
    for (const key of keys) leaves.numberOf(key)
    const number = leaves.numberOf(keyOf(leaf))
    if (keys.length !== 1 && !tested.has(number)) tested.set(number, leaf)
    return number
  }
}

/** Undefined where an earlier version saved what this one cannot read. */
function readable(text: string): Query | undefined {
  try {
    return parseQuery(text)
  } catch (error) {
    if (error instanceof UserInputError) return undefined
    throw error
  }
}
