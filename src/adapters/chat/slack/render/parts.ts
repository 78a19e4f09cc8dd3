// Blocks of a reply as parts of a message: Block Kit that stays together, how long it is, and what a notification says of it.
import type { types } from '@slack/bolt'
import { titleSpans } from '#core/card.ts'
import { shownAuthors } from '#core/paper-view.ts'
import type { Block, Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { actionBlocks } from './buttons.ts'
import { type Card, type CardFormat, cardBlocks, cardLine } from './card.ts'
import { LIMITS } from './limits.ts'
import { elements, isBlank, label, pieces, plainText, shortenedSpans, spanPieces, webAddress } from './text.ts'

export interface Part {
  readonly blocks: readonly types.KnownBlock[]
  /** Characters over all of them. */
  readonly length: number
  /** For notifications; empty where the part says nothing by itself. */
  readonly said: string
  /** Whether a line is drawn after it, where there is room for lines and something follows. */
  readonly ends: boolean
}

const NAMELESS = 'A picture'
const SLASH = '/papers'

export interface PartFormat extends CardFormat {
  /** As few blocks as it takes: headings and small print are bold and italic text, and texts that follow each other are one block. */
  readonly dense?: boolean
}

/** None is longer than a message may be, and none has more blocks. */
export function partsOf(blocks: readonly Block[], format: PartFormat): Part[] {
  const parts = inRuns(blocks.map(withSlash)).flatMap((run) =>
    Array.isArray(run) ? linesOf(run, format) : partsOfOne(run, format),
  )
  return format.dense ? inFewBlocks(parts) : parts
}

/** What is to be typed begins with the slash command: that works in channels and direct messages alike. */
function withSlash(block: Block): Block {
  if (block.kind === 'list') return { ...block, rows: block.rows.map(slashed) }
  return block.kind === 'prose' || block.kind === 'note' ? { ...block, spans: slashed(block.spans) } : block
}

function slashed(spans: readonly Span[]): readonly Span[] {
  if (!spans.some(({ command }) => command)) return spans
  return spans.map((span) => (span.command ? { ...span, text: `${SLASH} ${span.text}` } : span))
}

function inFewBlocks(parts: readonly Part[]): Part[] {
  const few: Part[] = []
  for (const next of parts) {
    const [last, text] = [textOf(few.at(-1)), textOf(next)]
    const length = (few.at(-1)?.length ?? 0) + next.length
    if (last && text && length <= LIMITS.blocksText) {
      few.splice(-1, 1, part([richText([...last.elements, ...text.elements])], `${few.at(-1)?.said}\n${next.said}`))
    } else few.push(next)
  }
  return few
}

/** The one block of a part that is text alone. */
function textOf({ blocks = [] }: Partial<Part> = {}): types.RichTextBlock | undefined {
  const [block, more] = blocks
  return block?.type === 'rich_text' && more === undefined ? block : undefined
}

/** Cards of one line that follow each other, without buttons, are one list. */
function inRuns(blocks: readonly Block[]): (Exclude<Block, Card> | Card | Card[])[] {
  const runs: (Block | Card[])[] = []
  for (const block of blocks) {
    if (block.kind !== 'card' || block.form !== 'line' || block.actions !== undefined) runs.push(block)
    else {
      const last = runs.at(-1)
      if (Array.isArray(last)) last.push(block)
      else runs.push([block])
    }
  }
  return runs
}

function partsOfOne(block: Block, format: PartFormat): Part[] {
  switch (block.kind) {
    case 'heading':
      return format.dense ? proseOf(styled(block.spans, { bold: true })) : headingOf(block.spans)
    case 'prose':
      return proseOf(block.spans)
    case 'note':
      return format.dense ? proseOf(styled(block.spans, { italic: true })) : noteOf(block.spans)
    case 'list':
      return listOf(block.rows, block.ordered)
    case 'card':
      return cardOf(block, format)
    case 'code':
      return pieces(visible(block.text), LIMITS.blocksText).map((text) =>
        part([{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] }], text),
      )
    case 'actions': {
      const { rows, words } = actionBlocks(block.actions)
      return [...rows, ...words].map((row) => part([row], ''))
    }
    case 'picture':
      return pictureOf(block)
  }
}

/** What stands in a card and its buttons stay together. */
function cardOf(card: Card, format: CardFormat): Part[] {
  const shown =
    card.form === 'line' ? listOf([cardLine(card, format.now)], false).flatMap(({ blocks }) => blocks) : cardBlocks(card, format)
  const { rows, words } = actionBlocks(card.actions ?? [])
  const blocks = [...shown, ...rows]
  return [...(blocks.length === 0 ? [] : [part(blocks, nameOf(card), rows.length > 0)]), ...words.map((said) => part([said], ''))]
}

/** Large where it is plain and short enough, bold otherwise. */
function headingOf(spans: readonly Span[]): Part[] {
  const text = plainText(spans).replaceAll('\n', ' ')
  if (isBlank(text)) return []
  const isPlain = spans.every(({ link, channel }) => link === undefined && channel === undefined)
  if (!isPlain || text.length > LIMITS.header) return proseOf(styled(spans, { bold: true }))
  return [part([{ type: 'header', text: label(text, LIMITS.header) }], text)]
}

function proseOf(spans: readonly Span[]): Part[] {
  return spanPieces(spans, LIMITS.blocksText).flatMap((piece) => {
    const words = elements(piece)
    return words.length === 0 ? [] : [part([richText([{ type: 'rich_text_section', elements: words }])], plainText(piece))]
  })
}

/** Small where it is plain, since small print takes no links but as markup; in italics otherwise. */
function noteOf(spans: readonly Span[]): Part[] {
  const text = plainText(spans)
  if (isBlank(text)) return []
  const isPlain = spans.every(({ link, channel }) => link === undefined && channel === undefined)
  if (!isPlain) return proseOf(styled(spans, { italic: true }))
  return pieces(text, LIMITS.section)
    .filter((piece) => !isBlank(piece))
    .map((piece) => part([{ type: 'context', elements: [label(piece, LIMITS.section)] }], piece))
}

function styled(spans: readonly Span[], style: Pick<Span, 'bold' | 'italic'>): Span[] {
  return spans.map((span) => ({ ...span, ...style }))
}

/** A row that is too long for a message is cut, with an ellipsis. */
function listOf(rows: readonly (readonly Span[])[], ordered: boolean): Part[] {
  const shown = rows
    .map((row) => shortenedSpans(row, LIMITS.blocksText))
    .map((row) => ({ words: elements(row), text: plainText(row) }))
    .filter(({ words }) => words.length > 0)
  const runs: (typeof shown)[] = []
  let length = 0
  for (const row of shown) {
    length += row.text.length
    if (runs.length === 0 || length > LIMITS.blocksText) {
      runs.push([])
      length = row.text.length
    }
    runs.at(-1)?.push(row)
  }
  return runs.map((run, at) => {
    const before = runs.slice(0, at).flat().length
    const style = {
      style: ordered ? ('ordered' as const) : ('bullet' as const),
      ...(ordered && before > 0 && { offset: before }),
    }
    const sections = run.map(({ words }) => ({ type: 'rich_text_section' as const, elements: words }))
    return part([richText([{ type: 'rich_text_list', ...style, elements: sections }])], run.map(({ text }) => text).join('\n'))
  })
}

function linesOf(cards: readonly Card[], { now }: CardFormat): Part[] {
  return listOf(
    cards.map((card) => cardLine(card, now)),
    false,
  )
}

/** What has no address of the web, or one that Slack would not take, is told of in words. */
function pictureOf({ url, alt }: Extract<Block, { kind: 'picture' }>): Part[] {
  const address = webAddress(url)
  const text = isBlank(visible(alt)) ? NAMELESS : alt
  if (address === undefined) return proseOf([{ text: `${text} (${url})` }])
  const { text: shown } = label(text, LIMITS.alt)
  return [part([{ type: 'image', image_url: address, alt_text: shown }], shown)]
}

/** Title and people. */
function nameOf({ paper }: Card): string {
  const title = titleSpans(paper)
  const authors = shownAuthors(paper)
  return [plainText(title), visible(authors)].filter((part) => !isBlank(part)).join(' · ')
}

function part(blocks: readonly types.KnownBlock[], said: string, ends = false): Part {
  return { blocks, length: blocks.reduce((sum, block) => sum + lengthOf(block), 0), said, ends }
}

function richText(of: types.RichTextBlock['elements']): types.RichTextBlock {
  return { type: 'rich_text', elements: of }
}

/** Characters of all texts in a piece of Block Kit, wherever they are. */
function lengthOf(piece: unknown): number {
  if (Array.isArray(piece)) return piece.reduce((sum: number, part) => sum + lengthOf(part), 0)
  if (typeof piece !== 'object' || piece === null) return 0
  if ('text' in piece && typeof piece.text === 'string') return piece.text.length
  if ('alt_text' in piece && typeof piece.alt_text === 'string') return piece.alt_text.length
  return Object.values(piece).reduce((sum: number, part) => sum + lengthOf(part), 0)
}
