// Segments of Markdown → their trees. Each shape, a text with its marks numbered, is read once and kept; how much there is to
// read in one rendering is limited, since reading takes most of the time.
import type { RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { MARK } from './written.ts'

/** HTML stays the text it is, indented text is no code, and links say where they go on the spot. */
const MARKDOWN = { extensions: [{ disable: { null: ['codeIndented', 'htmlFlow', 'htmlText', 'definition'] } }] }
const MARKS = new RegExp(MARK, 'g')
const PRIVATE_CHARACTERS = 6400
const PUNCTUATION = /[!-/:-@[-`{-~\n]/g
/** Lists and quotations that one line begins within each other. */
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))+/gm
const CONTAINER = />|[-+*]|[.)]/g
const MOST_CONTAINERS = 2
const MOST_PUNCTUATION = 500
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
    let punctuation = 0
    return (segment) => {
      const text = shapeOf(segment)
      if (text === undefined) return { tooMuch: `has more than ${PRIVATE_CHARACTERS} values in one paragraph`, at: 0 }
      if (!seen.has(text)) {
        seen.add(text)
        punctuation += text.match(PUNCTUATION)?.length ?? 0
        if (punctuation > MOST_PUNCTUATION) {
          return { tooMuch: `makes too many kinds of Markdown, with more than ${MOST_PUNCTUATION} marks and line ends`, at: 0 }
        }
        const deep = [...text.matchAll(CONTAINERS)].find(([begin]) => (begin.match(CONTAINER)?.length ?? 0) > MOST_CONTAINERS)
        if (deep) return { tooMuch: `begins more than ${MOST_CONTAINERS} lists and quotations within each other`, at: deep.index }
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
  const text = segment.replaceAll(MARKS, () => String.fromCharCode(MARK.charCodeAt(0) + number++))
  return number > PRIVATE_CHARACTERS ? undefined : text
}
