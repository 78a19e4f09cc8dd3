// Blocks of a reply as Slack messages: each block becomes Block Kit, and what one message cannot hold goes into the next.
import type { types } from '@slack/bolt'
import type { Action, Block } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { cardElements } from './card.ts'
import { LIMITS } from './limits.ts'
import { elements, escaped, pieces, plainText, shortened, type TextElement } from './text.ts'

export interface SlackMessage {
  /** For notifications and screen readers. */
  readonly text: string
  readonly blocks: types.KnownBlock[]
}

export interface MessageFormat {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** The longest an abstract may be, in characters. */
  readonly abstract?: number
}

interface Part {
  readonly block: types.KnownBlock
  readonly length: number
}

/** Lengths to which abstracts are cut, one after the other, until a message holds all of its cards. */
const ABSTRACTS = [Number.POSITIVE_INFINITY, 1000, 500, 200, 0]

/** As many messages as it takes; nothing is left out. */
export function messagesOf(blocks: readonly Block[], format: MessageFormat): SlackMessage[] {
  const messages: Part[][] = []
  for (const part of blocks.flatMap((block) => partsOf(block, format))) {
    const last = messages.at(-1)
    const fits = last && last.length < LIMITS.blocks && lengthOf(last) + part.length <= LIMITS.blocksText
    if (fits) last.push(part)
    else messages.push([part])
  }
  const fallback = fallbackOf(blocks)
  return messages.map((parts) => ({ text: fallback, blocks: parts.map(({ block }) => block) }))
}

/** One message: abstracts are cut, with an ellipsis, as far as it takes; undefined where even that does not do. */
export function oneMessageOf(blocks: readonly Block[], now: Temporal.Instant): SlackMessage | undefined {
  for (const abstract of ABSTRACTS) {
    const messages = messagesOf(blocks, { now, abstract })
    if (messages.length <= 1) return messages[0]
  }
  return undefined
}

function partsOf(block: Block, format: MessageFormat): Part[] {
  switch (block.kind) {
    case 'heading':
      return richText([{ type: 'rich_text_section', elements: elements(block.spans.map((span) => ({ ...span, bold: true }))) }])
    case 'prose':
      return richText([{ type: 'rich_text_section', elements: elements(block.spans) }])
    case 'note':
      return richText([{ type: 'rich_text_section', elements: elements(block.spans.map((span) => ({ ...span, italic: true }))) }])
    case 'list': {
      const rows = block.rows.map((row) => ({ type: 'rich_text_section' as const, elements: elements(row) }))
      return richText([{ type: 'rich_text_list', style: block.ordered ? 'ordered' : 'bullet', elements: rows }])
    }
    case 'card':
      return [
        ...richText([{ type: 'rich_text_section', elements: cardElements(block, format) }]),
        ...buttons(block.actions ?? []),
      ]
    case 'code':
      return pieces(visible(block.text), LIMITS.blocksText).flatMap((text) =>
        richText([{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }]),
      )
    case 'actions':
      return buttons(block.actions)
    case 'picture':
      return [{ block: { type: 'image', image_url: block.url, alt_text: visible(block.alt) }, length: block.alt.length }]
  }
}

function richText(of: types.RichTextBlock['elements']): Part[] {
  const length = of.reduce((sum, element) => sum + textLength(element.elements), 0)
  return length === 0 ? [] : [{ block: { type: 'rich_text', elements: of }, length }]
}

function textLength(of: readonly (types.RichTextElement | types.RichTextSection | TextElement)[]): number {
  return of.reduce((sum, element) => {
    if (element.type === 'rich_text_section') return sum + textLength(element.elements)
    return sum + ('text' in element ? (element.text?.length ?? 0) : 0)
  }, 0)
}

function buttons(actions: readonly Action[]): Part[] {
  const all = actions.map((action, at): types.Button => {
    const text = { type: 'plain_text' as const, text: shortened(visible(action.label), LIMITS.buttonLabel), emoji: false }
    if ('url' in action) return { type: 'button', text, url: action.url, action_id: `open:${at}` }
    return { type: 'button', text, value: action.command, action_id: `run:${at}`, ...(action.primary && { style: 'primary' }) }
  })
  const rows = Array.from({ length: Math.ceil(all.length / LIMITS.buttons) }, (_, row) =>
    all.slice(row * LIMITS.buttons, (row + 1) * LIMITS.buttons),
  )
  return rows.map((row) => ({
    block: { type: 'actions', elements: row },
    length: row.reduce((sum, button) => sum + button.text.text.length, 0),
  }))
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

/** Headings, prose and titles, one a line. */
function fallbackOf(blocks: readonly Block[]): string {
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'card') return [visible(block.paper.title)]
    return 'spans' in block ? [plainText(block.spans)] : []
  })
  return escaped(shortened(lines.join('\n') || 'Paperboy', LIMITS.fallback / 2))
}
