// Streams XML into the small trees of its repeated parts; nothing outside the document is ever resolved.
import { LONGEST_ENTRY } from './reader.ts'
import { xmlTokenizer } from './xml-tokens.ts'

const DEEPEST = 64
/** Characters that are read before it is looked whether any element began or ended. */
const PIECE = 65_536
/** In a row, without a whole part between them: more is no XML, and each costs as much as a page of it. */
const MOST_ERRORS = 10_000
/** Characters for which an element of a part, and each of its attributes, counts besides its own: memory holds it as an object. */
const ELEMENT = 8
/** What lies outside the parts is a title, a date or white space. */
const LONGEST_OUTSIDE = 10_000

/** Of the many that have none. */
const NO_CHILDREN: XmlNode[] = []

/** One element; `text` is its own and that of markup nested in it, and none for a part itself. Names are local: `creator` for `dc:creator`. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Where it begins, or the part to which it belongs, from 1. */
  readonly line: number
  readonly children: readonly XmlNode[]
  readonly text: string
}

/** A node that is still being read. */
interface OpenNode extends XmlNode {
  children: XmlNode[]
  text: string
}

export interface XmlHandlers {
  /** An element whose name is among the parts, whole, and those around it, the root first. */
  part(node: XmlNode, around: readonly XmlNode[]): void
  /** Any element outside the parts, at its end and without its children; `parent` is '' for the root. */
  outside(node: XmlNode, parent: string): void
  /** A part that is not well-formed and is left out. */
  bad(line: number): void
  /** The document ended within this line, before its root did, or cannot be followed any further. */
  cut(line: number): void
}

export interface XmlStream {
  write(text: string): void
  end(): void
}

/**
 * Never throws. A document type is ignored and no entity but XML's and Latin-1's is known, so none can grow. A part with
 * an error in it is bad, and the next one is read as if nothing had been. Control characters, which XML forbids, stay:
 * `folded` takes them for white space.
 */
export function xmlStream(parts: ReadonlySet<string>, handlers: XmlHandlers): XmlStream {
  const open: OpenNode[] = []
  /** The names of those that are open, as they were written. */
  const names: string[] = []
  let part = -1
  let size = 0
  let sinceTag = 0
  let broken = false
  let errors = 0
  let ended = false
  let rootEnded = false

  const tokenizer = xmlTokenizer({
    open(written, attributes) {
      const name = local(written)
      const isOutside = part < 0
      const line = isOutside ? tokenizer.line() : (open[part]?.line ?? 0)
      const node: OpenNode = { name, attributes, line, children: NO_CHILDREN, text: '' }
      const parent = open.at(-1)
      sinceTag = 0
      if (!isOutside && parent !== undefined) {
        if (parent.children === NO_CHILDREN) parent.children = [node]
        else parent.children.push(node)
      } else if (parts.has(name)) {
        part = open.length
        size = 0
        broken = false
      }
      open.push(node)
      names.push(written)
      if (part >= 0) grow(sizeOf(attributes))
      if (open.length > DEEPEST) throw new RangeError('nested too deeply')
    },
    text: append,
    close(written) {
      sinceTag = 0
      if (names.at(-1) === written) close()
      else {
        error()
        // One that nothing opened closes nothing, and others what was left open in them.
        const depth = names.lastIndexOf(written)
        while (depth !== -1 && open.length > depth) close()
      }
    },
    error,
  })

  function close(): void {
    const node = open.pop()
    names.pop()
    if (node === undefined) return
    const depth = open.length
    const parent = open[depth - 1]
    if (depth === part) {
      part = -1
      if (broken) handlers.bad(node.line)
      else {
        errors = 0
        handlers.part(node, open)
      }
    } else if (part < 0) handlers.outside(node, parent?.name ?? '')
    else if (depth - 1 > part && parent !== undefined) parent.text += node.text
    if (depth === 0) rootEnded = true
  }

  function error(): void {
    broken = true
    if (++errors > MOST_ERRORS) throw new RangeError('too many errors')
  }

  function append(text: string): void {
    const node = open.at(-1)
    if (node === undefined) return
    if (part >= 0) grow(text.length)
    // Between the elements of a part there is white space alone.
    if (open.length === part + 1) return
    if (part >= 0 || node.text.length < LONGEST_OUTSIDE) node.text += text
  }

  function grow(by: number): void {
    size += by
    if (size > LONGEST_ENTRY) throw new RangeError('one entry is too long')
  }

  /** What is thrown here comes from the limits above; nothing is read after it. */
  function guarded(step: () => void): void {
    if (ended) return
    try {
      step()
    } catch {
      ended = true
      handlers.cut(tokenizer.line())
    }
  }

  return {
    write: (text) =>
      guarded(() => {
        for (let at = 0; at < text.length; at += PIECE) {
          const piece = text.slice(at, at + PIECE)
          sinceTag += piece.length
          if (sinceTag > 2 * LONGEST_ENTRY) throw new RangeError('no element begins or ends')
          tokenizer.write(piece)
        }
      }),
    end: () =>
      guarded(() => {
        tokenizer.end()
        ended = true
        if (!rootEnded || part >= 0) handlers.cut(tokenizer.line())
      }),
  }
}

/** The first child of this name. */
export function child({ children }: XmlNode, name: string): XmlNode | undefined {
  for (const candidate of children) if (candidate.name === name) return candidate
  return undefined
}

export function childText(node: XmlNode, name: string): string | undefined {
  return child(node, name)?.text
}

/** The texts of all children of this name, in order. */
export function childTexts(node: XmlNode, name: string): string[] {
  return node.children.filter((candidate) => candidate.name === name).map(({ text }) => text)
}

function sizeOf(attributes: XmlNode['attributes']): number {
  let size = ELEMENT
  for (const name in attributes) size += ELEMENT + name.length + (attributes[name]?.length ?? 0)
  return size
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
