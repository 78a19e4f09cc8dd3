// In which thread something was pressed.
import type { BlockAction } from '@slack/bolt'

/** The thread that the button's message is a reply in; what a thread hangs on stands in the channel itself. */
export function threadOfButton({ container, message }: Pick<BlockAction, 'container' | 'message'>): string | undefined {
  const thread: unknown = container.thread_ts ?? message?.thread_ts
  return typeof thread === 'string' && thread !== container.message_ts ? thread : undefined
}
