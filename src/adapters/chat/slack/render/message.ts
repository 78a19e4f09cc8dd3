// Blocks of a reply as Slack messages: each block becomes Block Kit, and what one message cannot hold goes into the next.
import type { types } from '@slack/bolt'
import { longestAbstract } from '#core/card.ts'
import type { Block } from '#core/reply.ts'
import { LIMITS } from './limits.ts'
import { type Part, partsOf } from './parts.ts'
import { escapedWithin, isBlank } from './text.ts'

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
  /** As few blocks as it takes. */
  readonly dense?: boolean
}

/** Lengths to which abstracts are cut, one after the other, until a message holds all of its cards. */
const SHORTER = [1000, 500, 200, 100, 0]
const NOTHING_SAID = 'Paperboy'
const LINE: types.DividerBlock = { type: 'divider' }

/** As many messages as it takes, none of them empty; nothing is left out but the ends of long abstracts. */
export function messagesOf(
  blocks: readonly Block[],
  { now, abstract = wholeAbstract(blocks), dense = false }: MessageFormat,
): SlackMessage[] {
  const parts = partsOf(blocks, { now, abstract, dense })
  const lined = parts.flatMap((part, at) => (part.ends && at < parts.length - 1 ? [...part.blocks, LINE] : part.blocks))
  if (parts.length === 0) return []
  if (lined.length <= LIMITS.blocks && lengthOf(parts) <= LIMITS.blocksText) return [{ text: fallbackOf(parts), blocks: lined }]
  const messages: Part[][] = []
  for (const part of parts) {
    const last = messages.at(-1) ?? []
    const count = last.reduce((sum, { blocks }) => sum + blocks.length, part.blocks.length)
    if (last.length > 0 && count <= LIMITS.blocks && lengthOf(last) + part.length <= LIMITS.blocksText) last.push(part)
    else messages.push([part])
  }
  return messages.map((all) => ({ text: fallbackOf(all), blocks: all.flatMap(({ blocks }) => blocks) }))
}

/** One message: in few blocks and with abstracts cut, with an ellipsis, as far as it takes; undefined where even that does not do. */
export function oneMessageOf(blocks: readonly Block[], now: Temporal.Instant): SlackMessage | undefined {
  const whole = wholeAbstract(blocks)
  for (const abstract of [whole, ...SHORTER.filter((length) => length < whole)]) {
    for (const dense of [false, true]) {
      const messages = messagesOf(blocks, { now, abstract, dense })
      if (messages.length <= 1) return messages[0]
    }
  }
  return undefined
}

function wholeAbstract(blocks: readonly Block[]): number {
  return longestAbstract(blocks.filter((block) => block.kind === 'card' && block.form === 'listing').length)
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

/** Headings, sentences, and each paper's title and people, one a line. */
function fallbackOf(parts: readonly Part[]): string {
  const lines = parts.map(({ said }) => said).filter((said) => !isBlank(said))
  return escapedWithin(lines.join('\n') || NOTHING_SAID, LIMITS.fallback)
}
