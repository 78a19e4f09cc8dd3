// A batch of papers as an inverted index: for every term, and every pair of neighbours, that any query asks for, the papers
// that have it, as bits.
import type { Paper } from '#core/paper.ts'
import { hasText } from '#core/query/matches.ts'
import type { TextField } from '#core/query/query.ts'
import { type PaperTerms, termsOf } from '#core/query/terms.ts'
import { type Bits, emptyBits, numbersOf, setBit } from './bits.ts'

export interface Batch {
  readonly papers: readonly Paper[]
  readonly terms: readonly PaperTerms[]
  /** The papers in whose field the phrase stands. The bits are the caller's to read, not to change. */
  text(field: TextField, phrase: readonly string[]): Bits
  /** The papers with this value, as termsOf gives it. */
  value(kind: 'category' | 'org' | 'id' | 'source', value: string): Bits
  /** The papers for which a test holds that needs each paper's terms. */
  where(test: (terms: PaperTerms) => boolean): Bits
}

/** What a phrase is looked up by: its one term, or each two neighbours in it. */
export function unitsOf(phrase: readonly string[]): readonly string[] {
  return phrase.length < 2 ? phrase : phrase.slice(1).map((term, at) => `${phrase[at]} ${term}`)
}

/** `asked` are the units worth indexing. */
export function createBatch(papers: readonly Paper[], asked: ReadonlySet<string>): Batch {
  const terms = papers.map(termsOf)
  const none = emptyBits(papers.length)
  const postings = { any: byKey(), title: byKey(), abstract: byKey(), author: byKey() }
  const values = { category: byKey(), org: byKey(), id: byKey(), source: byKey() }

  for (const [at, paper] of terms.entries()) {
    addTexts('title', paper.title, at)
    addTexts('abstract', paper.abstract, at)
    for (const author of paper.authors) addTexts('author', author, at)
    for (const category of paper.categories) add(values.category, category, at)
    for (const org of paper.orgs) add(values.org, org, at)
    for (const id of paper.ids) add(values.id, id, at)
    for (const source of paper.sources) add(values.source, source, at)
  }

  return {
    papers,
    terms,
    text(field, phrase) {
      const [found = none, ...having] = unitsOf(phrase).map((unit) => postings[field].get(unit) ?? none)
      // A term and a pair are exact; pairs one after the other may stand apart.
      if (having.length === 0) return found
      const candidates = found.map((word, at) => having.reduce((left, bits) => left & (bits[at] ?? 0), word))
      const selected = emptyBits(papers.length)
      for (const at of numbersOf(candidates)) {
        const paper = terms[at]
        if (paper && hasText(field, phrase, paper)) setBit(selected, at)
      }
      return selected
    },
    value: (kind, value) => values[kind].get(value) ?? none,
    where(test) {
      const selected = emptyBits(papers.length)
      for (const [at, paper] of terms.entries()) if (test(paper)) setBit(selected, at)
      return selected
    },
  }

  function addTexts(field: 'title' | 'abstract' | 'author', words: readonly string[], at: number): void {
    let before: string | undefined
    for (const word of words) {
      addUnit(field, word, at)
      if (before !== undefined) addUnit(field, `${before} ${word}`, at)
      before = word
    }
  }

  function addUnit(field: 'title' | 'abstract' | 'author', unit: string, at: number): void {
    if (!asked.has(unit)) return
    add(postings[field], unit, at)
    add(postings.any, unit, at)
  }

  function add(map: Map<string, Bits>, key: string, at: number): void {
    let bits = map.get(key)
    if (bits === undefined) {
      bits = emptyBits(papers.length)
      map.set(key, bits)
    }
    setBit(bits, at)
  }
}

function byKey(): Map<string, Bits> {
  return new Map()
}
