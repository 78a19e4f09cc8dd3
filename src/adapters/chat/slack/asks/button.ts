// Buttons and menus of messages: each carries a command, run as the person who pressed it.
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt'
import { OPEN, pressedOf, RUN } from '#adapters/chat/slack/render/pressed.ts'
import type { Reply } from '#core/reply.ts'
import { BUSY, type Listener } from './desk.ts'
import { say, sendAnswer } from './respond.ts'

export const listenToButtons: Listener = (app, { handlers, people, work, refuse, now, log }) => {
  app.action<BlockAction<ButtonAction | OverflowAction>>(RUN, async ({ ack, body, action }) => {
    const { team, channel, user, response_url: url } = body
    const pressed = pressedOf(action)
    if (!team || !channel || !url || !pressed) return ack()
    const thread = threadOfButton(body)
    const taken = work(async () => {
      const person = { id: user.id, name: user.name ?? user.id, workspace: user.team_id }
      const asker = await people.asker({ workspace: team.id, channel: channel.id, person, thread })
      const said = await handlers.answer({ line: pressed.command }, asker)
      await sendAnswer(said, { url, now: now(), inPlace: said.ok && isPageOfMany(said.reply), thread, log })
    })
    await ack()
    if (!taken) refuse(() => say(BUSY, { url, thread, log }))
  })
  // A link opens by itself, and wants an answer all the same.
  app.action(OPEN, async ({ ack }) => ack())
}

/** A page is shown in the place of the one before; what has one page alone leaves the list or the alert it was asked from where it is. */
export function isPageOfMany({ page }: Pick<Reply, 'page'>): boolean {
  return page !== undefined && (page.next !== null || page.previous !== null)
}

/** The thread that the button's message is a reply in; what a thread hangs on stands in the channel itself. */
export function threadOfButton({ container, message }: Pick<BlockAction, 'container' | 'message'>): string | undefined {
  const thread: unknown = container.thread_ts ?? message?.thread_ts
  return typeof thread === 'string' && thread !== container.message_ts ? thread : undefined
}
