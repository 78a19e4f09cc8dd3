// All that a message of Discord's says and links to: its text, its embeds, its components, and what it passes on from elsewhere.
import type { Message, MessageSnapshot } from 'discord.js'
import { allSaid } from '#adapters/chat/all-said.ts'

type Saying = Pick<Message | MessageSnapshot, 'content' | 'embeds' | 'components'>

/** Where Discord keeps words and addresses. */
const SAYING = new Set('content title url description name value text label'.split(' '))

/** One text, part by part a line. */
export function allSaidIn(message: Saying & Partial<Pick<Message, 'messageSnapshots'>>): string {
  const all = [message, ...(message.messageSnapshots?.values() ?? [])]
  const parts = all.map(({ content, embeds, components }) => [
    content,
    embeds.map((embed) => embed.toJSON()),
    components.map((component) => component.toJSON()),
  ])
  return allSaid(parts, SAYING)
}
