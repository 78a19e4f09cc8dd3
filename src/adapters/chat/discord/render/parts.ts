// Blocks of a reply as parts of a message: what stays together, a card and its buttons above all.
import { paperActions } from '#core/commands/card-actions.ts'
import type { Action, Block, CommandAction, Span } from '#core/reply.ts'
import { shortened } from '#core/text/shorten.ts'
import { visible } from '#core/text/visible.ts'
import { type Option, optionsOf, type Pressable, rowsOf } from './buttons.ts'
import { type Card, type CardLengths, cardLine, cardText } from './card.ts'
import { fileOf, type TextFile } from './file.ts'
import { LIMITS } from './limits.ts'
import { halves, shortenedSpans, textOf } from './shorten.ts'
import { isBlank, linesOf, markdown, webAddress } from './text.ts'

/** What a message is made of, before its buttons have ids. */
export type Piece =
  /** `joins` the text before it, as its next line. */
  | { readonly text: string; readonly joins?: boolean }
  | { readonly row: readonly Pressable[] }
  | { readonly menu: readonly Option[]; readonly placeholder: string }
  | { readonly picture: { readonly url: string; readonly alt: string } }
  | { readonly file: TextFile }
  | { readonly divider: true }

export interface Part {
  readonly pieces: readonly Piece[]
  readonly isCard?: true
  /** Whether a line is drawn after it, where there is room for lines and something follows. */
  readonly ends?: boolean
}

export interface PartFormat extends CardLengths {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** What of the cards' own actions stands under each: all, what is asked of this paper alone, or nothing. */
  readonly under: 'all' | 'asked' | 'nothing'
  /** The most of a paragraph and of a list's row, in characters. */
  readonly words: number
  /** Texts that follow each other are one. */
  readonly dense: boolean
  /** What is to be copied comes as a file too, and as a file alone where it is long; as text otherwise. */
  readonly files: boolean
}

const NAMELESS = 'A picture'
const FENCE = '```'
/** Seen as what it is, and no end of the code that it stands in. */
const SPLIT_FENCE = '``\u200b`'
const LANGUAGE = /^[a-z0-9]+$/
/** More than this, in characters, is read as a file. */
const LONGEST_COPIED = 1500
const FEWEST_OPTIONS = 2
/** Lengths that are tried for a card by itself until it fits. */
const ABSTRACTS = [3000, 2000, 1000, 500, 200, 0]
const MOST = [400, 150, 50]

/** None is longer than a message may be. */
export function partsOf(blocks: readonly Block[], format: PartFormat): Part[] {
  const isAlone = blocks.filter(isWhole).length === 1
  return blocks.flatMap((block, at) => {
    const before = blocks[at - 1]
    const joins = format.dense && before !== undefined && before.kind !== 'list' && before.kind !== 'card'
    return block.kind === 'card' ? cardParts(block, before, isAlone, format) : partsOfOne(block, joins, format)
  })
}

/** Whether it is a card of more than a line. */
export function isWhole(block: Block): block is Card {
  return block.kind === 'card' && block.form !== 'line'
}

/** Whether a text is within what a message may hold. */
function fits(text: string): boolean {
  return text.length <= LIMITS.text && Buffer.byteLength(text) + LIMITS.bytesOfText <= LIMITS.bytes
}

/** What a card offers that not every card of a paper does. */
export function askedOf({ paper, actions = [] }: Card): Action[] {
  const usual = new Set(paperActions(paper).map(({ command }) => command))
  return actions.filter((action) => 'url' in action || !usual.has(action.command))
}

function partsOfOne(block: Exclude<Block, Card>, joins: boolean, format: PartFormat): Part[] {
  switch (block.kind) {
    case 'heading':
      return textParts([[...block.spans].map(onOneLine)], '### ', joins)
    case 'prose':
      return textParts(linesOf(shortenedSpans(block.spans, format.words)), '', joins)
    case 'note':
      return textParts(linesOf(shortenedSpans(block.spans, format.words)), '-# ', joins)
    case 'list':
      return block.rows
        .filter((row) => !isBlank(textOf(row)))
        .flatMap((row, at) => rowParts(shortenedSpans(row, format.words), block.ordered ? `${at + 1}. ` : '- ', at > 0))
    case 'code':
      return codeParts(block, format.files)
    case 'actions': {
      const { rows, words } = rowsOf(block.actions)
      return [
        ...rows.map((row) => ({ pieces: [{ row }] })),
        ...words.flatMap((line) => textParts([line.map(onOneLine)], '', false)),
      ]
    }
    case 'picture': {
      const url = webAddress(block.url)
      const alt = isBlank(block.alt) ? NAMELESS : visible(block.alt)
      if (url === undefined) return textParts([[{ text: `${alt} (${block.url})` }].map(onOneLine)], '', false)
      return [{ pieces: [{ picture: { url, alt: shortened(alt, LIMITS.altText) } }] }]
    }
  }
}

function cardParts(card: Card, before: Block | undefined, isAlone: boolean, format: PartFormat): Part[] {
  const offered = format.under === 'all' ? (card.actions ?? []) : format.under === 'asked' ? askedOf(card) : []
  const behind = offered.filter((action): action is CommandAction => 'command' in action && action.more === true)
  const options = isAlone ? optionsOf(behind) : []
  const isMenu = options.length >= FEWEST_OPTIONS
  const { rows, words } = rowsOf(offered.filter((action) => !('more' in action && action.more) || (isAlone && !isMenu)))
  const controls: Piece[] = [
    ...rows.map((row) => ({ row })),
    ...(isMenu ? [{ menu: options, placeholder: 'More about this paper…' }] : []),
  ]
  const after = words.flatMap((line) => textParts([line.map(onOneLine)], '', false))
  const text = within(card, format)
  if (card.form === 'line') {
    const joins = before?.kind === 'card' && before.form === 'line'
    const said = isBlank(text) ? [] : [{ text: `- ${text}`, joins }]
    const pieces = [...said, ...controls]
    return [...(pieces.length === 0 ? [] : [{ pieces }]), ...after]
  }
  const pieces: Piece[] = [...(isBlank(text) ? [] : [{ text }]), ...controls]
  return [...(pieces.length === 0 ? [] : [{ pieces, isCard: true as const, ends: card.form === 'listing' }]), ...after]
}

/** As much of the card as one text holds. */
function within(card: Card, { now, ...lengths }: PartFormat): string {
  const say = card.form === 'line' ? cardLine : cardText
  let text = say(card, lengths, now)
  for (const most of [lengths.most, ...MOST.filter((length) => length < lengths.most)]) {
    for (const abstract of [lengths.abstract, ...ABSTRACTS.filter((length) => length < lengths.abstract)]) {
      if (fits(`- ${text}`)) return text
      text = say(card, { ...lengths, abstract, most }, now)
    }
  }
  return text
}

/** A part a line, so that they can go on in another message; a line that is too long is parted. */
function textParts(lines: readonly (readonly Span[])[], before: string, joins: boolean): Part[] {
  if (lines.every((line) => isBlank(textOf(line)))) return []
  return lines.flatMap((line) => fitting(line, before)).map((text, at) => ({ pieces: [{ text, joins: joins || at > 0 }] }))
}

/** A list's row; its further lines are indented. */
function rowParts(row: readonly Span[], mark: string, joins: boolean): Part[] {
  const [first = [], ...more] = linesOf(row)
  return [...textParts([first], mark, joins), ...textParts(more, ' '.repeat(mark.length), true)]
}

function fitting(line: readonly Span[], before: string): string[] {
  const text = markdown(line)
  if (isBlank(text)) return ['']
  if (fits(before + text) || textOf(line).length < 2) return [before + text]
  return halves(line).flatMap((half) => fitting(half, before))
}

function codeParts(block: Extract<Block, { kind: 'code' }>, files: boolean): Part[] {
  const { language = '' } = block
  const text = visible(block.text)
  if (isBlank(text)) return []
  const file = fileOf({ ...block, text })
  if (files && (text.length > LONGEST_COPIED || text.includes(FENCE))) {
    return [{ pieces: [{ file: file ?? { name: 'text.txt', text: `${text}\n` } }] }]
  }
  const fenced = `${FENCE}${LANGUAGE.test(language) ? language : ''}\n${text.replaceAll(FENCE, SPLIT_FENCE)}\n${FENCE}`
  if (!fits(fenced)) return halves([{ text }]).flatMap((half) => codeParts({ ...block, text: textOf(half) }, files))
  return [{ pieces: [{ text: fenced }, ...(files && file ? [{ file }] : [])] }]
}

function onOneLine(span: Span): Span {
  return { ...span, text: span.text.replaceAll('\n', ' ') }
}
