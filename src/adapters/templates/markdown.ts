// Segments of Markdown → their trees. Each shape, a text with its marks numbered, is read once and kept; how much there is to
// read in one rendering is limited, since reading takes most of the time.
import type { RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { MARK } from './written.ts'

/** HTML stays the text it is, indented text is no code, and links say where they go on the spot. */
const MARKDOWN = { extensions: [{ disable: { null: ['codeIndented', 'htmlFlow', 'htmlText', 'definition'] } }] }
const VALUES = new RegExp(MARK, 'g')
const PRIVATE_CHARACTERS = 6400
const PUNCTUATION = /[!-/:-@[-`{-~\n]/g
/** Lists and quotations that one line begins within each other. */
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))+/gm
const CONTAINER = />|[-+*]|[.)]/g
const MOST_CONTAINERS = 2
const MOST_MARKS = 500
/** What a row or a quotation counts besides its own mark: each takes as long to read as a link. */
const MORE_A_CONTAINER = 3
const MOST_KEPT = 1000

export interface Shape {
  /** The text that was read: the first mark is U+E000, the second U+E001, and so on. */
  readonly text: string
  readonly nodes: readonly RootContent[]
}

/** Answers the shape, or what there is too much of and where in the segment. */
export type ReadSegment = (segment: string) => Shape | { readonly tooMuch: string; readonly at: number }

/** Shapes are kept from one rendering to the next; each rendering has a reader of its own from it. */
export function createMarkdown(): () => ReadSegment {
  const kept = new Map<string, Shape>()
  return () => {
    const seen = new Set<string>()
    let marks = 0
    return (segment) => {
      const text = shapeOf(segment)
      if (text === undefined) return { tooMuch: `has more than ${PRIVATE_CHARACTERS} values in one paragraph`, at: 0 }
      if (!seen.has(text)) {
        seen.add(text)
        const begins = [...text.matchAll(CONTAINERS)].map(({ 0: begin, index: at }) => ({
          at,
          containers: begin.match(CONTAINER)?.length ?? 0,
        }))
        const deep = begins.find(({ containers }) => containers > MOST_CONTAINERS)
        if (deep) return { tooMuch: `begins more than ${MOST_CONTAINERS} lists and quotations within each other`, at: deep.at }
        marks += text.match(PUNCTUATION)?.length ?? 0
        marks += begins.reduce((sum, { containers }) => sum + MORE_A_CONTAINER * containers, 0)
        if (marks > MOST_MARKS) {
          return { tooMuch: `makes too many kinds of Markdown, with more than ${MOST_MARKS} marks and line ends`, at: 0 }
        }
      }
      const shape = kept.get(text) ?? { text, nodes: fromMarkdown(text, MARKDOWN).children }
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(text, shape)
      return shape
    }
  }
}

/** Undefined where there are more marks than characters for them. */
function shapeOf(segment: string): string | undefined {
  let number = 0
  const text = segment.replaceAll(VALUES, () => String.fromCharCode(MARK.charCodeAt(0) + number++))
  return number > PRIVATE_CHARACTERS ? undefined : text
}
