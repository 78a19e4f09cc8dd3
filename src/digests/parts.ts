// A long message in parts: the best ten cards and everything around them first, the other cards after it.
import type { Block } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'

/** Whole cards that a part takes. */
export const CARDS = 10
/** Cards of one line that a part takes. */
const LINES = 25

export interface MessagePart {
  readonly blocks: readonly Block[]
  /** The numbers of the papers that this part brings. */
  readonly papers: readonly number[]
}

type Card = Extract<Block, { kind: 'card' }>

/** At least one part, in order; each of `papers` is brought by one of them, by the first where it has no card of its own. */
export function partsOf(blocks: readonly Block[], papers: readonly number[]): MessagePart[] {
  const later: Card[] = []
  const room = { listing: CARDS, line: LINES }
  const first = blocks.filter((block) => {
    if (block.kind !== 'card') return true
    const fits = room[block.form === 'line' ? 'line' : 'listing']-- > 0
    if (!fits) later.push(block)
    return fits
  })
  const [lines, cards] = [later.filter(isLine), later.filter((card) => !isLine(card))]
  const rest = [...inChunks(cards, CARDS), ...inChunks(lines, LINES)]
  const note: Block[] = later.length > 0 ? [{ kind: 'note', spans: [{ text: moreText(later.length) }] }] : []
  const elsewhere = new Set(later.map(({ paper }) => paper.number))
  return [
    { blocks: [...first, ...note], papers: papers.filter((number) => !elsewhere.has(number)) },
    ...rest.map((chunk) => {
      const brought = new Set(chunk.map(({ paper }) => paper.number))
      return { blocks: chunk, papers: papers.filter((number) => brought.has(number)) }
    }),
  ]
}

function isLine(card: Card): boolean {
  return card.form === 'line'
}

function moreText(more: number): string {
  return more === 1 ? 'One more paper follows.' : `${grouped(more)} more papers follow.`
}

function inChunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))
}
