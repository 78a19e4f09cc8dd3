// The matched words of topics in papers; what several topics ask for is looked for once a paper.
import type { Paper } from '#core/paper.ts'
import { type LocatedPaper, locatePaper, shownWords, wordIn } from '#core/query/matched-words.ts'
import { type Leaves, textOf } from './leaves.ts'

/** Of a paper, and then of the leaves that a topic wants, what matchedWords says of the two; to be kept as long as a batch. */
export function createWording(leaves: Leaves): (paper: Paper) => (wanted: readonly number[]) => readonly string[] {
  const texts = new Map<number, ReturnType<typeof textOf>>()
  return (paper) => {
    let located: LocatedPaper | undefined
    const words = new Map<number, string | undefined>()
    return (wanted) => shownWords(wanted.map(wordOf))

    function wordOf(leaf: number): string | undefined {
      const known = words.get(leaf)
      if (known !== undefined || words.has(leaf)) return known
      const text = texts.get(leaf) ?? textOf(leaves.keyOf(leaf))
      texts.set(leaf, text)
      located ??= locatePaper(paper)
      const word = text && wordIn(text.field, text.terms, located)
      words.set(leaf, word)
      return word
    }
  }
}
