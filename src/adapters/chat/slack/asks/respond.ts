// How an answer is said where it was asked, in whatever way that place has: progress, then as many messages as it takes.
import { BUSY } from '#adapters/chat/lanes.ts'
import { messagesOf, type SlackMessage } from '#adapters/chat/slack/render/message.ts'
import { complaint } from '#core/commands/complaint.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Block } from '#core/reply.ts'
import type { Desk } from './desk.ts'
import { withProgress } from './progress.ts'

/** A sentence needs no blocks. */
export type Said = Pick<SlackMessage, 'text'> & Partial<SlackMessage>

/** A way to say something to whoever asked. Nothing here rejects: what Slack does not take is logged. */
export interface Way {
  /** Shows that an answer is on its way. */
  progress(): Promise<void>
  /** How many messages may still be said. */
  left(): number
  say(message: Said, how: How): Promise<void>
}

export interface How {
  /** Seen by nobody else. */
  readonly alone: boolean
  /** In the place of the message whose button was pressed, where that turns pages. */
  readonly instead: boolean
}

/** Says what the task answers. Rejects only as the task does. */
export async function respond(way: Way, task: () => Promise<Answer>, { now, wait }: Pick<Desk, 'now' | 'wait'>): Promise<void> {
  const answer = await withProgress(task(), way.progress, wait)
  await sayAnswer(way, answer, now())
}

/** Says it, mistakes to the person alone. */
export async function sayAnswer(way: Way, answer: Answer, now: Temporal.Instant): Promise<void> {
  const alone = !answer.ok || answer.reply.visibility === 'private'
  const blocks = answer.ok ? answer.reply.blocks : complaint(answer.error)
  await aTurn()
  const messages = messagesWithin(way.left(), blocks, now)
  await aTurn()
  for (const [at, message] of messages.entries()) {
    await way.say(message, { alone, instead: at === 0 && isPage(answer) })
  }
}

/** The answer to a button of a channel's message: what it looks up is for whoever pressed it, so that others are not told again. */
export function lookedUpAlone(answer: Answer): Answer {
  return answer.ok && answer.reply.lookedUp ? { ...answer, reply: { ...answer.reply, visibility: 'private' } } : answer
}

/** Says, to the person alone, that too much waits already. */
export async function sayBusy(way: Way): Promise<void> {
  await way.say({ text: BUSY }, { alone: true, instead: false })
}

/** Lets what came meanwhile be acknowledged: finding an answer, drawing it and sending it are a turn of the event loop each. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Of more messages than are left, the last one says how many were left out. */
function messagesWithin(left: number, blocks: readonly Block[], now: Temporal.Instant): SlackMessage[] {
  const all = messagesOf(blocks, { now })
  const over = all.length - left
  return over > 0 ? [...all.slice(0, left - 1), ...messagesOf([tooMuch(left, over + 1)], { now })] : all
}

function tooMuch(left: number, more: number): Block {
  const text = `An answer here has at most ${left} messages; ${more} more are left out. Ask for less at once.`
  return { kind: 'note', spans: [{ text }] }
}

function isPage(answer: Answer): boolean {
  return answer.ok && answer.reply.page !== undefined
}
