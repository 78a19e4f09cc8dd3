// Blocks of a reply as Discord messages of components: each block becomes texts and rows, and what one message cannot hold goes
// into the next.
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js'
import type { Action, Block } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { cardText } from './card.ts'
import { customId, type Phrases } from './custom-id.ts'
import { fileOf, type TextFile } from './file.ts'
import { LIMITS } from './limits.ts'
import { lengthOf, markdown, shortened } from './text.ts'

export interface DiscordMessage {
  readonly components: APIMessageTopLevelComponent[]
  /** Commands that its buttons name by key: they have to be kept before it is sent. */
  readonly phrases: Phrases
  /** What its components show as files. */
  readonly files: readonly TextFile[]
}

export interface MessageFormat {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** The longest an abstract may be, in characters. */
  readonly abstract?: number
  /** Stands in the first button, by which the message is found again. */
  readonly mark?: string
  /** What is to be copied comes as a file too, and as a file alone where it is long; text otherwise. */
  readonly files?: boolean
}

/** A piece of a message before its buttons have ids. */
type Part =
  | { readonly text: string }
  | { readonly row: readonly Action[] }
  | { readonly picture: { url: string; alt: string } }
  | { readonly file: TextFile }

/** Lengths to which abstracts are cut, one after the other, until a message holds all of its cards. */
const ABSTRACTS = [Number.POSITIVE_INFINITY, 1000, 500, 300, 150, 0]

/** More than this, in characters, is read as a file. */
const LONGEST_COPIED = 1500

/** As many messages as it takes; nothing is left out. */
export function messagesOf(blocks: readonly Block[], format: MessageFormat): DiscordMessage[] {
  const messages: Part[][] = []
  for (const part of blocks.flatMap((block) => partsOf(block, format))) {
    const last = messages.at(-1)
    if (last && fits([...last, part])) last.push(part)
    else messages.push([part])
  }
  return messages.map((parts) => messageOf(parts, format))
}

/** One message: abstracts are cut, with an ellipsis, as far as it takes; undefined where even that does not do. */
export function oneMessageOf(blocks: readonly Block[], format: MessageFormat): DiscordMessage | undefined {
  for (const abstract of ABSTRACTS) {
    const messages = messagesOf(blocks, { ...format, abstract })
    if (messages.length <= 1) return messages[0]
  }
  return undefined
}

function partsOf(block: Block, format: MessageFormat): Part[] {
  switch (block.kind) {
    case 'heading':
      return texts(`### ${markdown(block.spans)}`)
    case 'prose':
      return texts(markdown(block.spans))
    case 'note':
      return texts(
        markdown(block.spans)
          .split('\n')
          .map((line) => `-# ${line}`)
          .join('\n'),
      )
    case 'list':
      return texts(block.rows.map((row, at) => `${block.ordered ? `${at + 1}.` : '-'} ${markdown(row)}`).join('\n'))
    case 'card':
      return [
        ...texts(cardText(block, format)),
        ...rows((block.actions ?? []).filter((action) => !('more' in action && action.more))),
      ]
    case 'code':
      return codeParts(block, format)
    case 'actions':
      return rows(block.actions)
    case 'picture':
      return [{ picture: { url: block.url, alt: shortened(visible(block.alt), LIMITS.altText) } }]
  }
}

function texts(text: string): Part[] {
  return text.trim() === '' ? [] : [{ text }]
}

function codeParts(block: Extract<Block, { kind: 'code' }>, { files = false }: MessageFormat): Part[] {
  const text = texts(`\`\`\`\n${visible(block.text).replaceAll('```', 'ˋˋˋ')}\n\`\`\``)
  if (!files) return text
  const file = fileOf(block)
  if (lengthOf(block.text) > LONGEST_COPIED) return [{ file: file ?? { name: 'text.txt', text: block.text } }]
  return file ? [...text, { file }] : text
}

function rows(actions: readonly Action[]): Part[] {
  return Array.from({ length: Math.ceil(actions.length / LIMITS.buttons) }, (_, row) => ({
    row: actions.slice(row * LIMITS.buttons, (row + 1) * LIMITS.buttons),
  }))
}

function fits(parts: readonly Part[]): boolean {
  const components = parts.reduce((sum, part) => sum + 1 + ('row' in part ? part.row.length : 0), 0)
  const all = parts.flatMap((part) => ('text' in part ? [part.text] : []))
  const length = all.reduce((sum, text) => sum + lengthOf(text), 0)
  const bytes = all.reduce((sum, text) => sum + Buffer.byteLength(text) + LIMITS.bytesOfText, 0)
  return components <= LIMITS.components && length <= LIMITS.text && bytes <= LIMITS.bytes
}

function messageOf(parts: readonly Part[], { mark }: MessageFormat): DiscordMessage {
  const phrases: Phrases = new Map()
  let number = 0
  const components = parts.map((part): APIMessageTopLevelComponent => {
    if ('text' in part) return { type: ComponentType.TextDisplay, content: part.text }
    if ('file' in part) return { type: ComponentType.File, file: { url: `attachment://${part.file.name}` } }
    if ('picture' in part) {
      return { type: ComponentType.MediaGallery, items: [{ media: { url: part.picture.url }, description: part.picture.alt }] }
    }
    return {
      type: ComponentType.ActionRow,
      components: part.row.map((action) => {
        const label = shortened(visible(action.label), LIMITS.buttonLabel)
        if ('url' in action) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: action.url }
        const carried = { command: action.command, ...(mark !== undefined && number === 0 && { mark }) }
        const style = action.primary ? ButtonStyle.Primary : ButtonStyle.Secondary
        return { type: ComponentType.Button, style, label, custom_id: customId(number++, carried, phrases) }
      }),
    }
  })
  return { components, phrases, files: parts.flatMap((part) => ('file' in part ? [part.file] : [])) }
}
