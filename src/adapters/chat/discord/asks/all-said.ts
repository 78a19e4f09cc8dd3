// All that a message says and links to: its text, its embeds, its components, and what it passes on from elsewhere.
import type { Message, MessageSnapshot } from 'discord.js'

type Saying = Pick<Message | MessageSnapshot, 'content' | 'embeds' | 'components'>

/** Where Discord keeps words and addresses. */
const SAYING = new Set('content title url description name value text label'.split(' '))
/** UTF-16 units of it all, and how far parts stand within one another, so that no message takes long. */
const MOST = 100_000
const DEEPEST = 12

/** One text, part by part a line. Cut where it is longer than anybody reads. */
export function allSaidIn(message: Saying & Partial<Pick<Message, 'messageSnapshots'>>): string {
  const parts: string[] = []
  let length = 0

  function collect(value: unknown, depth: number): void {
    if (length >= MOST || depth > DEEPEST) return
    if (typeof value === 'string') {
      parts.push(value)
      length += value.length
    } else if (Array.isArray(value)) for (const inner of value) collect(inner, depth + 1)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        if (SAYING.has(key) || typeof inner === 'object') collect(inner, depth + 1)
    }
  }

  for (const { content, embeds, components } of [message, ...(message.messageSnapshots?.values() ?? [])]) {
    collect([content, embeds.map((embed) => embed.toJSON()), components.map((component) => component.toJSON())], 0)
  }
  return parts.join('\n').slice(0, MOST)
}
