// Blocks of a reply as Discord messages: answers are as few messages as it takes, a delivery is one.
import { longestAbstract } from '#core/card.ts'
import { paperActions } from '#core/commands/card-actions.ts'
import { shownAuthors } from '#core/paper-view.ts'
import type { Block } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { optionsOf } from './buttons.ts'
import { type Card, plainTitle } from './card.ts'
import { type DiscordMessage, isWithin, messageOf, sizeOf } from './components.ts'
import { LIMITS } from './limits.ts'
import { askedOf, isWhole, type Part, type PartFormat, partsOf } from './parts.ts'

export interface MessageFormat {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** Stands in the first thing to press, by which the message is found again. */
  readonly mark?: string
  /** What is to be copied comes as a file too, and as a file alone where it is long; as text otherwise. */
  readonly files?: boolean
}

type Lengths = Omit<PartFormat, 'now' | 'under' | 'dense' | 'files'>

/** Lengths to which abstracts are cut, one after the other, so that fewer messages hold all cards. */
const SHORTER = [300, 200, 150, 100]
const WHOLE = { most: 1000, words: Number.POSITIVE_INFINITY }
/** What a delivery may come to where even its cards without abstracts are too much for a message. */
const TIGHT: readonly Lengths[] = [
  { abstract: 0, most: 200, words: 1000 },
  { abstract: 0, most: 100, words: 500 },
  { abstract: 0, most: 80, words: 300, isBrief: true },
  { abstract: 0, most: 60, words: 200, isBrief: true },
  { abstract: 0, most: 40, words: 150, isBrief: true, isBare: true },
  { abstract: 0, most: 20, words: 80, isBrief: true, isBare: true },
]
const FOLDED = ['all', 'asked', 'nothing'] as const
/** More would not be read and, where the app belongs to the person alone, not be taken. */
const MOST_MESSAGES = LIMITS.followUps
const SHORTENED: Block = { kind: 'note', spans: [{ text: 'Shortened, so that it fits one message.' }] }
const HELP: Block = { kind: 'actions', actions: [{ label: 'Help', command: 'help' }] }

/** As few as it takes, none of them empty; what five do not hold is said to be left out. */
export function messagesOf(blocks: readonly Block[], { now, mark, files = false }: MessageFormat): DiscordMessage[] {
  const whole = wholeAbstract(blocks)
  const format = { ...WHOLE, now, under: 'all', dense: false, files } as const
  let messages = packed(partsOf(blocks, { ...format, abstract: whole }))
  for (const abstract of SHORTER.filter((length) => length < whole && whole < Number.POSITIVE_INFINITY)) {
    if (messages.length <= 1) break
    const fewer = packed(partsOf(blocks, { ...format, abstract }))
    if (fewer.length < messages.length) messages = fewer
  }
  return bounded(messages, format).map((parts) => messageOf(parts, mark))
}

/**
 * One message: where the cards' own rows do not fit they become one menu; then abstracts are cut as far as it takes, at last all else,
 * with an ellipsis each. Undefined where even that does not do, and where there is nothing to say.
 */
export function oneMessageOf(blocks: readonly Block[], { now, mark, files = false }: MessageFormat): DiscordMessage | undefined {
  const whole = wholeAbstract(blocks)
  const cut: Lengths[] = [whole, ...SHORTER.filter((length) => length < whole), 0].map((abstract) => ({ ...WHOLE, abstract }))
  const all = [...cut, ...TIGHT]
  for (const under of FOLDED) {
    const said = (lengths: Lengths) => deliveryParts(blocks, { ...lengths, now, under, dense: under !== 'all', files }, mark)
    const parts = longest(all, said)
    if (parts) return messageOf(parts, mark)
  }
  return undefined
}

/** Undefined where even the last lengths are too much; each are less than those before. */
function longest(all: readonly Lengths[], said: (lengths: Lengths) => Part[]): Part[] | undefined {
  let fitting: Part[] | undefined
  let [from, to] = [0, all.length - 1]
  let at = 0
  while (from <= to) {
    const lengths = all[at]
    const parts = lengths ? said(lengths) : []
    const size = sizeOf(parts.flatMap(({ pieces }) => pieces))
    if (size.components > LIMITS.components) return undefined
    if (size.components > 0 && isWithin(size)) [fitting, to] = [parts, at - 1]
    else from = at + 1
    at = (from + to) >> 1
  }
  return fitting
}

/** With a menu where the cards have no rows, and something to press where there is a mark to bear. */
function deliveryParts(blocks: readonly Block[], format: PartFormat, mark: string | undefined): Part[] {
  const said = partsOf(blocks, format)
  if (sizeOf(said.flatMap(({ pieces }) => pieces)).components === 0) return []
  const note = format.words < WHOLE.words ? partsOf([SHORTENED], format) : []
  const parts = [...said, ...note, ...(format.under === 'all' ? [] : menuOf(blocks, format))]
  return mark === undefined || parts.some(isPressable) ? parts : [...parts, ...partsOf([HELP], format)]
}

function wholeAbstract(blocks: readonly Block[]): number {
  return longestAbstract(blocks.filter(isWhole).length)
}

function packed(parts: readonly Part[]): Part[][] {
  const messages: Part[][] = []
  let size = sizeOf([])
  for (const part of parts) {
    const [more, alone] = [sizeOf(part.pieces, size), sizeOf(part.pieces)]
    // An empty line has no message of its own.
    if (alone.components === 0 && !(more.endsInText && isWithin(more))) continue
    const last = messages.at(-1)
    if (last && isWithin(more)) last.push(part)
    else messages.push([part])
    size = last && isWithin(more) ? more : alone
  }
  return withCompany(messages)
}

/** Rows that would be the whole last message take what is before them along. */
function withCompany(messages: readonly Part[][]): Part[][] {
  const [last = [], before = []] = messages.toReversed()
  const along = last.every(isRow) ? before.at(-1) : undefined
  return along && before.length > 1 ? [...messages.slice(0, -2), before.slice(0, -1), [along, ...last]] : [...messages]
}

function bounded(messages: readonly Part[][], format: Omit<PartFormat, 'abstract'>): Part[][] {
  if (messages.length <= MOST_MESSAGES) return [...messages]
  const kept = messages.slice(0, MOST_MESSAGES)
  const last = [...(kept.pop() ?? [])]
  for (;;) {
    const cards = messages.flat().filter(isCard).length - [...kept.flat(), ...last].filter(isCard).length
    const end = partsOf([leftOut(cards)], { ...format, abstract: 0 })
    if (isWithin(sizeOf([...last, ...end].flatMap(({ pieces }) => pieces)))) return [...kept, [...last, ...end]]
    last.pop()
  }
}

function leftOut(cards: number): Block {
  const what = cards === 0 ? 'The rest is' : cards === 1 ? 'One more paper is' : `${grouped(cards)} more papers are`
  return {
    kind: 'note',
    spans: [
      { text: `${what} left out here, since it would be more than five messages. Ask for less at a time, for instance with ` },
      { text: '/papers search', code: true },
      { text: ' and more words, or ' },
      { text: 'since:2026', code: true },
      { text: '.' },
    ],
  }
}

/** Each card's Details and, where it has no row at all, what is asked of it. */
function menuOf(blocks: readonly Block[], { now, under, isBare }: PartFormat): Part[] {
  const cards = blocks.filter((block): block is Card => block.kind === 'card' && (block.form !== 'line' || isBare === true))
  const options = cards
    .toSorted((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
    .flatMap((card) => {
      const [details] = paperActions(card.paper)
      const title = plainTitle(card, now)
      const asked = under === 'nothing' ? askedOf(card).filter((action) => 'command' in action) : []
      return [
        ...asked.map(({ label, command }) => ({ label: `${label}: ${title}`, command })),
        ...(details ? [{ label: title, command: details.command, description: shownAuthors(card.paper) }] : []),
      ]
    })
  const menu = optionsOf(options)
  return menu.length === 0 ? [] : [{ pieces: [{ menu, placeholder: 'Open a paper…' }] }]
}

function isCard(part: Part): boolean {
  return part.isCard === true
}

function isRow({ pieces }: Part): boolean {
  return pieces.every((piece) => 'row' in piece)
}

function isPressable({ pieces }: Part): boolean {
  return pieces.some((piece) => 'menu' in piece || ('row' in piece && piece.row.some((action) => 'command' in action)))
}
