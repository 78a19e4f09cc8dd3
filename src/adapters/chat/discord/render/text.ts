// Others' text made safe for Discord: what its Markdown would act on is escaped, then styled as the reply says.
//
// What this relies on: Discord reads Markdown by the rules of simple-markdown, with its own for spoilers, small print, mentions, emoji
// and times (https://docs.discord.com, “Markdown Text 101”). A backslash before any ASCII punctuation makes it mean itself. `**` needs
// nothing beside it, `*` no blank within it, and neither a `*` that follows. In a link's text nothing can be escaped: the backslash is
// shown (discord-api-docs#6185). A link whose text has an address or an emoji is no link (#7721, #7673), nor is one with a bracket
// too few. So what would be active in a link's text stands beside the link. And a link goes on to a later `](`, escaped or not, where no
// `[` stands in between.
import type { Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'

/** Marks anywhere; a colon stands in emoji and addresses, a full stop in invites, and after `](` a link before it would go on. */
const ACTIVE = /(?<=\])\(|[\\*_`[\]<@#]|~(?=~)|\|(?=\|)|:(?!\s)|(?<=discord(?:app)?)\.(?=\w)/gi
/** Marks at the beginning of a line: lists, small print, quotes. */
const LINE_MARK = /^(\s*)(>|(?:[-+]|\d+\.)(?=[\s\\]|$))/
/** What cannot stand in the text of a link, besides what is active anywhere. */
const NOT_IN_LINKS =
  /https?:\/\/\S*|[\\*_`[\]<@]+|~{2,}|\|{2,}|:(?!\s)|(?<=discord(?:app)?)\.(?=\w)|^(?:[-+]|-?#{1,3}|>{1,3}|\d+\.)(?=\s)|[\d#*]\ufe0f?\u20e3|\p{Regional_Indicator}+|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic}|[\u{e0020}-\u{e007f}])*/giu
/** Links into which one text is parted; of more the longest remains. */
const MOST_LINKS = 4
const WORD = /[\p{L}\p{N}]/u
const HTTP = /^https?:\/\//i
/** What needs no escape in an address, wherever it stands. */
const PLAIN_ADDRESS = /^[a-z0-9\-._~:/?#@!$&'+,;=%]+$/i
const NOT_PLAIN = /[^a-z0-9\-._~:/?#@!$&'+,;=%]/gi
const ID = /^\d+$/
const BACKTICKS = /`+/g
const BLANK = /^\s*$/
const BEGINS_BLANK = /^(?:\s|$)/

/** A run of one style on one line; a blank one has none. */
interface Piece {
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
  readonly code: boolean
  readonly link?: string
  /** A channel or a role as Discord shows it, in place of the text. */
  readonly mention?: string
  /** Whether the line goes on right after it. */
  readonly isFollowed?: boolean
}

/** Markdown that shows these spans and nothing that their text could mean by itself; a style ends with its line. */
export function markdown(spans: readonly Span[]): string {
  return linesOf(spans).map(lineOf).join('\n')
}

/** Text in which nothing is a mark. */
export function escaped(text: string): string {
  return markdown([{ text }])
}

/** The spans' lines, without their line breaks. */
export function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]]
  for (const span of spans) {
    const [first = '', ...more] = visible(span.text).split('\n')
    lines.at(-1)?.push({ ...span, text: first })
    for (const text of more) lines.push([{ ...span, text }])
  }
  return lines
}

/** An address of the web as it can stand in a link, percent-encoded; undefined for any other, and for one that is too long. */
export function webAddress(address: string): string | undefined {
  const trimmed = address.trim()
  if (!HTTP.test(trimmed) || trimmed.length > LIMITS.url || !URL.canParse(trimmed)) return undefined
  if (PLAIN_ADDRESS.test(trimmed)) return trimmed
  const url = new URL(trimmed).href.replace(NOT_PLAIN, percentEncoded)
  return url.length <= LIMITS.url && URL.canParse(url) ? url : undefined
}

/** Whether nothing of a text would be seen. */
export function isBlank(text: string): boolean {
  return BLANK.test(visible(text))
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function lineOf(spans: readonly Span[]): string {
  const pieces = joined(joined(spans.flatMap(piecesOf)).map(asCode)).flatMap(withoutEdges)
  const settled = joined(withoutClashes(pieces))
  const followed = settled.map((piece, at) => ({ ...piece, isFollowed: !BEGINS_BLANK.test(settled[at + 1]?.text ?? '') }))
  return groupsOf(followed, ({ link }) => link)
    .map(({ key, pieces }) => (key === undefined ? boldOf(pieces) : `[${boldOf(pieces)}](<${key}>)`))
    .join('')
}

function boldOf(pieces: readonly Piece[]): string {
  return groupsOf(pieces, ({ bold }) => bold)
    .map(({ key, pieces }) => (key ? `**${italicOf(pieces)}**` : italicOf(pieces)))
    .join('')
}

function italicOf(pieces: readonly Piece[]): string {
  return groupsOf(pieces, ({ italic }) => italic)
    .map(({ key, pieces }) => (key ? `*${pieces.map(shown).join('')}*` : pieces.map(shown).join('')))
    .join('')
}

function shown({ text, code, link, mention, isFollowed }: Piece): string {
  if (mention !== undefined) return mention
  if (code) return codeOf(text)
  if (link !== undefined) return text
  return text
    .replace(ACTIVE, (mark, at: number) => (mark === ':' && !isFollowed && at === text.length - 1 ? mark : `\\${mark}`))
    .replace(LINE_MARK, (_, blank: string, mark: string) => `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}`)
}

/** Between single backticks, or double ones where it has single ones itself. */
function codeOf(text: string): string {
  if (!text.includes('`')) return `\`${text}\``
  return `\`\`${text.startsWith('`') ? ' ' : ''}${text}${text.endsWith('`') ? ' ' : ''}\`\``
}

function piecesOf({ text, bold = false, italic = false, code = false, link, channel, role }: Span): Piece[] {
  const mention = ID.test(channel ?? '') ? `<#${channel}>` : ID.test(role ?? '') ? `<@&${role}>` : undefined
  if (mention !== undefined) return [{ text, bold, italic, code: false, mention }]
  // A star in code would end a style around it.
  const style = code && text.includes('*') ? { bold: false, italic: false, code } : { bold, italic, code }
  const url = link === undefined ? undefined : webAddress(link)
  if (url === undefined) return [{ text, ...style }]
  const parts = code ? [{ text, isLinked: text.match(NOT_IN_LINKS) === null }] : linkedParts(text)
  return parts.map(({ text, isLinked }) => (isLinked ? { text, ...style, link: url } : { text, ...style }))
}

/** Code that no backticks of Discord's can hold, or to which a link before it would go on, is shown as text. */
function asCode(piece: Piece): Piece {
  const isHeld = !piece.text.includes('](') && (piece.text.match(BACKTICKS) ?? []).every((ticks) => ticks.length === 1)
  return { ...piece, code: piece.code && isHeld }
}

/** The text, parted where something cannot stand in a link. */
function linkedParts(text: string): { readonly text: string; readonly isLinked: boolean }[] {
  const parts: { text: string; isLinked: boolean }[] = []
  let at = 0
  for (const { 0: match, index } of text.matchAll(NOT_IN_LINKS)) {
    parts.push({ text: text.slice(at, index), isLinked: true }, { text: match, isLinked: false })
    at = index + match.length
  }
  parts.push({ text: text.slice(at), isLinked: true })
  const linked = parts.filter(({ text, isLinked }) => isLinked && WORD.test(text))
  const longest = linked.reduce((most, part) => (part.text.length > most.text.length ? part : most), linked[0] ?? { text: '' })
  const kept = linked.length > MOST_LINKS ? [longest] : linked
  return parts.map((part) => ({ text: part.text, isLinked: kept.includes(part) }))
}

/** Neighbours of one style as one; empty ones are left out. */
function joined(pieces: readonly Piece[]): Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (piece.text === '' && piece.mention === undefined) continue
    if (last && isLike(last, piece)) runs.splice(-1, 1, { ...last, text: last.text + piece.text })
    else runs.push(piece)
  }
  return runs
}

function isLike(one: Piece, other: Piece): boolean {
  if (one.mention !== undefined || other.mention !== undefined) return false
  return one.bold === other.bold && one.italic === other.italic && one.code === other.code && one.link === other.link
}

/** Blanks beside a style stand outside of it. */
function withoutEdges(piece: Piece): Piece[] {
  if (piece.mention !== undefined) return [piece]
  const { text } = piece
  const [start, end] = [text.length - text.trimStart().length, text.trimEnd().length]
  if (end === 0) return [blank(text)]
  return [blank(text.slice(0, start)), { ...piece, text: text.slice(start, end) }, blank(text.slice(end))].filter(
    ({ text }) => text !== '',
  )
}

function isSeen({ text, mention }: Piece): boolean {
  return mention !== undefined || !BLANK.test(text)
}

function blank(text: string): Piece {
  return { text, bold: false, italic: false, code: false }
}

/** Where bold and italic meet without a blank the stars would be read together: there the italic gives way. */
function withoutClashes(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, at) => {
    if (!piece.italic || piece.bold) return piece
    const meets = [pieces[at - 1], pieces[at + 1]].some((other) => other?.bold && other.link === piece.link)
    return meets ? { ...piece, italic: false } : piece
  })
}

/** Neighbours of one key; a blank belongs to those on both of its sides, or to none. */
function groupsOf<K>(pieces: readonly Piece[], keyOf: (piece: Piece) => K): { key: K | undefined; pieces: Piece[] }[] {
  const groups: { key: K | undefined; pieces: Piece[] }[] = []
  for (const [at, piece] of pieces.entries()) {
    const last = groups.at(-1)
    const next = isSeen(piece) ? piece : pieces.slice(at).find(isSeen)
    const key = next === undefined || (next !== piece && keyOf(next) !== last?.key) ? undefined : keyOf(next)
    if (last && last.key === key) last.pieces.push(piece)
    else groups.push({ key, pieces: [piece] })
  }
  return groups
}
