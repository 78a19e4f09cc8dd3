// All that a message says and links to: its text, its blocks, what is attached.
import { unescaped } from './typed.ts'

/** Where Slack keeps words and addresses. */
const SAYING = new Set('text url title title_link from_url original_url pretext fallback value alt_text'.split(' '))
/** UTF-16 units of it all, and how far blocks stand within one another, so that no message takes long. */
const MOST = 100_000
const DEEPEST = 12

/** One text, part by part a line; links as they stand. Cut where it is longer than anybody reads. */
export function allSaidIn({ text, blocks, attachments }: Readonly<Record<string, unknown>>): string {
  const parts: string[] = []
  let length = 0

  function collect(value: unknown, depth: number): void {
    if (length >= MOST || depth > DEEPEST) return
    if (typeof value === 'string') {
      parts.push(unescaped(value))
      length += value.length
    } else if (Array.isArray(value)) for (const inner of value) collect(inner, depth + 1)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        if (SAYING.has(key) || typeof inner === 'object') collect(inner, depth + 1)
    }
  }

  for (const part of [text, blocks, attachments]) collect(part, 0)
  return parts.join('\n').slice(0, MOST)
}
