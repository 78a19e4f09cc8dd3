// Parts of a message as Discord's components, with an id for all that can be pressed.
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType, SeparatorSpacingSize } from 'discord.js'
import { labelOf, type Option, type Pressable } from './buttons.ts'
import { customId, menuId, type Phrases } from './custom-id.ts'
import { named, type TextFile } from './file.ts'
import { LIMITS } from './limits.ts'
import type { Part, Piece } from './parts.ts'
import { isBlank } from './text.ts'

export interface DiscordMessage {
  readonly components: APIMessageTopLevelComponent[]
  /** Commands that its buttons name by key: they have to be kept before it is sent. */
  readonly phrases: Phrases
  /** What its components show as files. */
  readonly files: readonly TextFile[]
}

/** What pieces take of a message. */
export interface Size {
  readonly components: number
  readonly length: number
  readonly bytes: number
  /** Whether a text that joins becomes a line of the last. */
  readonly endsInText: boolean
}

const EMPTY: Size = { components: 0, length: 0, bytes: 0, endsInText: false }
const DIVIDER: Piece = { divider: true }

/** What they take together with what is there before them. */
export function sizeOf(pieces: readonly Piece[], before: Size = EMPTY): Size {
  let { components, length, bytes, endsInText } = before
  for (const piece of pieces) {
    if ('text' in piece) {
      const joins = piece.joins === true && endsInText
      if (!joins && isBlank(piece.text)) continue
      components += joins ? 0 : 1
      length += piece.text.length + (joins ? 1 : 0)
      bytes += Buffer.byteLength(piece.text) + (joins ? 1 : LIMITS.bytesOfText)
    } else components += 1 + ('row' in piece ? piece.row.length : 'menu' in piece ? 1 : 0)
    endsInText = 'text' in piece
  }
  return { components, length, bytes, endsInText }
}

export function isWithin({ components, length, bytes }: Size): boolean {
  return components <= LIMITS.components && length <= LIMITS.text && bytes <= LIMITS.bytes
}

/** With a line after each card, where there is room for lines; `mark` stands in the first thing to press. */
export function messageOf(parts: readonly Part[], mark?: string): DiscordMessage {
  const plain = parts.flatMap(({ pieces }) => pieces)
  const lined = parts.flatMap(({ pieces, ends }, at) => (ends && at < parts.length - 1 ? [...pieces, DIVIDER] : pieces))
  const pieces = joinedTexts(isWithin(sizeOf(lined)) ? lined : plain)
  const phrases: Phrases = new Map()
  const files = named(pieces.flatMap((piece) => ('file' in piece ? [piece.file] : [])))
  const [numbers, fileNames] = [countUp(), files.map(({ name }) => name).values()]

  function marked(number: number): { readonly mark?: string } {
    return mark !== undefined && number === 0 ? { mark } : {}
  }

  function button(action: Pressable) {
    const label = labelOf(action.label, LIMITS.buttonLabel)
    if ('url' in action) return { type: ComponentType.Button as const, style: ButtonStyle.Link as const, label, url: action.url }
    const number = numbers()
    return {
      type: ComponentType.Button as const,
      style: action.primary ? (ButtonStyle.Primary as const) : (ButtonStyle.Secondary as const),
      label,
      custom_id: customId(number, { ...marked(number), command: action.command, turns: action.turns ?? false }, phrases),
    }
  }

  function option({ label, command, description }: Option) {
    const said =
      description === undefined || isBlank(description) ? {} : { description: labelOf(description, LIMITS.optionDescription) }
    return { label: labelOf(label, LIMITS.optionLabel), value: customId(numbers(), { command }, phrases), ...said }
  }

  const components = pieces.map((piece): APIMessageTopLevelComponent => {
    if ('text' in piece) return { type: ComponentType.TextDisplay, content: piece.text }
    if ('divider' in piece) return { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small }
    if ('file' in piece) return { type: ComponentType.File, file: { url: `attachment://${fileNames.next().value}` } }
    if ('picture' in piece) {
      return { type: ComponentType.MediaGallery, items: [{ media: { url: piece.picture.url }, description: piece.picture.alt }] }
    }
    if ('row' in piece) return { type: ComponentType.ActionRow, components: piece.row.map(button) }
    const number = numbers()
    const menu = {
      type: ComponentType.StringSelect as const,
      custom_id: menuId(number, marked(number)),
      placeholder: piece.placeholder,
      options: piece.menu.map(option),
    }
    return { type: ComponentType.ActionRow, components: [menu] }
  })
  return { components, phrases, files }
}

function joinedTexts(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if ('text' in piece && piece.joins && last && 'text' in last) all.splice(-1, 1, { text: `${last.text}\n${piece.text}` })
    else if (!('text' in piece) || !isBlank(piece.text)) all.push(piece)
  }
  return all
}

function countUp(): () => number {
  let number = 0
  return () => number++
}
