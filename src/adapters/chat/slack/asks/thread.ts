// In which thread something was said or pressed.
import type { BlockAction } from '@slack/bolt'

/** The thread that a message is a reply in; what a thread hangs on stands in the channel itself. */
export function threadOf(message: string | undefined, thread: unknown): string | undefined {
  return typeof thread === 'string' && thread !== message ? thread : undefined
}

export function threadOfButton({ container, message }: Pick<BlockAction, 'container' | 'message'>): string | undefined {
  return threadOf(container.message_ts, container.thread_ts ?? message?.thread_ts)
}
