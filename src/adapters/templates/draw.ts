// What a template wrote → blocks, with the papers' numbers still in place of their cards.
import type { List, RootContent } from 'mdast'
import type { Block, Span } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { blockOf, rowsOf } from './blocks.ts'
import type { ReadSegment } from './markdown.ts'
import type { Place } from './parts.ts'
import { segmentsOf } from './segments.ts'
import { createValues, type Values } from './values.ts'
import { type Card, type Limits, MARK, type Text, tooMuch, type Written } from './written.ts'

export type Drawn = Exclude<Block, { kind: 'card' }> | Card

type Rows = (readonly Span[])[]

const MARKER = /^\d*([-+*.)])/

/** Throws ConfigError naming the file and the line where there is too much. */
export function draw({ pieces }: Written, limits: Limits, read: ReadSegment, split = segmentsOf): Drawn[] {
  const drawn: Drawn[] = []
  let rows = 0
  /** The list that was drawn last, as long as a row can still go into it. */
  let open: { readonly marker: string; readonly rows: Rows } | undefined

  function drawNode(node: RootContent, text: string, values: Values): void {
    if (node.type !== 'list') {
      open = undefined
      drawn.push(...(blockOf(node, values) as Drawn[]))
      return
    }
    const marker = markerOf(node, text)
    const more = rowsOf(node, values)
    rows += more.length
    if (open?.marker === marker) {
      open.rows.push(...more)
      return
    }
    open = more.length > 0 ? { marker, rows: more } : undefined
    if (open) drawn.push({ kind: 'list', ordered: node.ordered === true, rows: open.rows })
  }

  function drawText(piece: Text): void {
    let used = 0
    open = undefined
    for (const segment of split(piece.text)) {
      const shape = read(segment.text)
      if ('tooMuch' in shape) throw tooMuch(placeOf(piece, segment.at + shape.at), shape.tooMuch)
      const count = segment.text.split(MARK).length - 1
      const values = createValues(piece.values.slice(used, used + count))
      used += count
      for (const node of shape.nodes) drawNode(node, shape.text, values)
      if (drawn.length + rows > limits.blocks) {
        throw tooMuch(placeOf(piece, segment.at), `makes more than ${grouped(limits.blocks)} blocks and rows`)
      }
    }
  }

  for (const piece of pieces) {
    if (piece.kind === 'card') drawn.push(piece)
    else drawText(piece)
  }
  return drawn
}

/** What tells a list from the one after it: its bullet, or what stands after its numbers. */
function markerOf({ position }: List, text: string): string {
  const at = position?.start.offset ?? 0
  return MARKER.exec(text.slice(at, at + 10))?.[1] ?? ''
}

/** The line that wrote what stands there. */
function placeOf({ text, places }: Text, at: number): Place {
  const begin = places.findLast((one) => one.at <= at) ?? places[0]
  if (!begin) throw new Error('A text was written by no part.')
  const { template, line } = begin.place
  return { template, line: line + text.slice(begin.at, at).split('\n').length - 1 }
}
