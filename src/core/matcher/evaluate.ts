// Expressions over a batch: each distinct leaf is looked up once, then bits are combined by AND, OR, NOT.
import { hasText, selects } from '#core/query/matches.ts'
import type { PaperTerms } from '#core/query/terms.ts'
import type { Batch } from './batch.ts'
import { type Bits, emptyBits, fullBits, numbersOf, setBit } from './bits.ts'
import { AND, NOT } from './code.ts'
import { indexedKeys, type Leaf, type Leaves } from './leaves.ts'
import type { Numbers } from './numbers.ts'

export interface Asked {
  readonly code: Numbers
  readonly leaves: Leaves
  /** Leaves that no key stands for, by their numbers: dates, scores, phrases of three terms and more. */
  readonly tested: ReadonlyMap<number, Leaf>
}

/** From where an expression begins to the papers that it selects; the bits are the caller's to read, not to change. */
export function createEvaluation(
  { code, leaves, tested }: Asked,
  { terms, postings }: Batch,
  now: Temporal.Instant,
): (place: number) => Bits {
  const none = emptyBits(terms.length)
  const full = fullBits(terms.length)
  const known = new Map<number, Bits>()
  let at = 0
  return (place) => {
    at = place
    return evaluate()
  }

  function evaluate(): Bits {
    const head = code.get(at++)
    if (head >= 0) return postings.get(head) ?? testedBits(head)
    if (head === NOT) {
      const bits = evaluate()
      return full.map((word, index) => word & ~(bits[index] ?? 0))
    }
    const out = head === AND ? full.slice() : none.slice()
    for (let parts = code.get(at++); parts > 0; parts--) {
      const bits = evaluate()
      if (head === AND) for (let index = 0; index < out.length; index++) out[index] = (out[index] ?? 0) & (bits[index] ?? 0)
      else for (let index = 0; index < out.length; index++) out[index] = (out[index] ?? 0) | (bits[index] ?? 0)
    }
    return out
  }

  function testedBits(number: number): Bits {
    const leaf = tested.get(number)
    if (leaf === undefined) return none
    let bits = known.get(number)
    if (bits === undefined) {
      bits = leaf.kind === 'text' ? phrase(leaf) : where(numbersOf(full), (paper) => selects(leaf, paper, now))
      known.set(number, bits)
    }
    return bits
  }

  /** Pairs one after the other may stand apart, so that papers with all of them are read. */
  function phrase(leaf: Leaf & { kind: 'text' }): Bits {
    const pairs = indexedKeys(leaf).map((key) => postings.get(leaves.known(key) ?? -1) ?? none)
    const candidates = full.map((word, index) => pairs.reduce((left, bits) => left & (bits[index] ?? 0), word))
    return where(numbersOf(candidates), (paper) => hasText(leaf.field, leaf.terms, paper))
  }

  function where(papers: readonly number[], test: (paper: PaperTerms) => boolean): Bits {
    const selected = emptyBits(terms.length)
    for (const paper of papers) {
      const its = terms[paper]
      if (its !== undefined && test(its)) setBit(selected, paper)
    }
    return selected
  }
}
