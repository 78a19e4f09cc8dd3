// What went wrong, as blocks for whoever asked.
import type { Block } from '#core/reply.ts'
import type { AnswerError } from './dispatch.ts'

/** What is wrong, and how to mend it. */
export function complaint({ message, hint }: Pick<AnswerError, 'message' | 'hint'>): Block[] {
  const said: Block = { kind: 'prose', spans: [{ text: message }] }
  return hint === null ? [said] : [said, { kind: 'note', spans: [{ text: hint }] }]
}
