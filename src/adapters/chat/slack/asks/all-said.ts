// All that a message of Slack's says and links to: its text, its blocks, what is attached.
import { allSaid } from '#adapters/chat/all-said.ts'
import { unescaped } from './typed.ts'

/** Where Slack keeps words and addresses. */
const SAYING = new Set('text url title title_link from_url original_url pretext fallback value alt_text'.split(' '))

/** One text, part by part a line; links as they stand. */
export function allSaidIn({ text, blocks, attachments }: Readonly<Record<string, unknown>>): string {
  return allSaid([text, blocks, attachments], SAYING, unescaped)
}
