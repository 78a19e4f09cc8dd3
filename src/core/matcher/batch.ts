// A batch of papers as an inverted index: for each leaf that any topic asks for, the papers that have it, as bits.
import type { Paper } from '#core/paper.ts'
import { type PaperTerms, termsOf } from '#core/query/terms.ts'
import { type Bits, emptyBits, setBit } from './bits.ts'
import { type Leaves, textKey, valueKey } from './leaves.ts'

export interface Batch {
  readonly terms: readonly PaperTerms[]
  /** By the number of the leaf; leaves that no paper has are missing, and so are those that no key stands for. */
  readonly postings: ReadonlyMap<number, Bits>
}

export function createBatch(papers: readonly Paper[], leaves: Leaves): Batch {
  const terms = papers.map(termsOf)
  const postings = new Map<number, Bits>()
  const asked = { title: leaves.areAsked('title'), abstract: leaves.areAsked('abstract'), author: leaves.areAsked('author') }
  for (const [at, paper] of terms.entries()) {
    addText('title', paper.title, at)
    addText('abstract', paper.abstract, at)
    for (const author of paper.authors) addText('author', author, at)
    for (const category of paper.categories) add(valueKey('category', category), at)
    for (const org of paper.orgs) add(valueKey('org', org), at)
    for (const id of paper.ids) add(valueKey('id', id), at)
    for (const source of paper.sources) add(valueKey('source', source), at)
  }
  return { terms, postings }

  function addText(field: 'title' | 'abstract' | 'author', words: readonly string[], at: number): void {
    let before: string | undefined
    for (const word of words) {
      addUnit(field, word, at)
      if (before !== undefined) addUnit(field, `${before} ${word}`, at)
      before = word
    }
  }

  function addUnit(field: 'title' | 'abstract' | 'author', unit: string, at: number): void {
    add(textKey('any', unit), at)
    if (asked[field]) add(textKey(field, unit), at)
  }

  function add(key: string, at: number): void {
    const leaf = leaves.known(key)
    if (leaf === undefined) return
    let bits = postings.get(leaf)
    if (bits === undefined) {
      bits = emptyBits(papers.length)
      postings.set(leaf, bits)
    }
    setBit(bits, at)
  }
}
