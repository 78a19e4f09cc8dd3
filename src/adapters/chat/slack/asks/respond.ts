// Answers to a command or a button, sent to the response_url that came with it.

import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { messagesOf } from '#adapters/chat/slack/render/message.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Log } from '#core/ports/log.ts'
import type { Block } from '#core/reply.ts'
import { postJson } from './post-json.ts'

export interface AnswerOptions {
  readonly url: string
  readonly now: Temporal.Instant
  /** Puts a page in the place of the one whose button was pressed. */
  readonly inPlace: boolean
  /** The thread in which it was asked, and is answered. */
  readonly thread?: string | undefined
  readonly log: Log
}

/** Sends the answer; mistakes are seen only by the person who made them. Never rejects: what Slack does not take is logged. */
export async function sendAnswer(answer: Answer, { url, now, inPlace, thread, log }: AnswerOptions): Promise<void> {
  const shown = answer.ok && answer.reply.visibility === 'public' ? 'in_channel' : 'ephemeral'
  const all = messagesOf(answer.ok ? answer.reply.blocks : complaint(answer.error), { now })
  const left = all.length - LIMITS.answers
  const messages = left > 0 ? [...all.slice(0, LIMITS.answers - 1), ...messagesOf([tooMuch(left + 1)], { now })] : all
  for (const [at, message] of messages.entries()) {
    const place =
      inPlace && at === 0
        ? { replace_original: true }
        : { replace_original: false, response_type: shown, ...(thread !== undefined && { thread_ts: thread }) }
    await send(url, { ...message, ...place }, log)
  }
}

/** Says one sentence to the person alone. Never rejects. */
export async function say(text: string, { url, thread, log }: Pick<AnswerOptions, 'url' | 'thread' | 'log'>): Promise<void> {
  const place = { replace_original: false, response_type: 'ephemeral', ...(thread !== undefined && { thread_ts: thread }) }
  await send(url, { text, ...place }, log)
}

async function send(url: string, message: object, log: Log): Promise<void> {
  try {
    const { status, said } = await postJson(url, { ...message, unfurl_links: false, unfurl_media: false })
    if (status < 200 || status > 299) log.warn('slack refused an answer', { status, said })
  } catch (error) {
    log.warn('slack did not take an answer', { error })
  }
}

/** A mistake in words: what is wrong, and how to mend it. */
export function complaint({ message, hint }: { message: string; hint: string | null }): Block[] {
  const said: Block = { kind: 'prose', spans: [{ text: message }] }
  return hint === null ? [said] : [said, { kind: 'note', spans: [{ text: hint }] }]
}

function tooMuch(messages: number): Block {
  const text = `Slack takes no more than ${LIMITS.answers} messages for one command; ${messages} more are left out. Ask for less at once.`
  return { kind: 'note', spans: [{ text }] }
}
