// Buttons of messages: each carries a command, run as the person who pressed it.
import type { BlockAction, ButtonAction } from '@slack/bolt'
import { BUSY, type Listener } from './desk.ts'
import { say, sendAnswer } from './respond.ts'

const RUN = /^run:/
const OPEN = /^open:/

export const listenToButtons: Listener = (app, { handlers, people, work, refuse, now, log }) => {
  app.action<BlockAction<ButtonAction>>(RUN, async ({ ack, body, action }) => {
    const { team, channel, user, response_url: url } = body
    const { value } = action
    if (!team || !channel || !url || value === undefined) return ack()
    const thread = threadOfButton(body)
    const taken = work(async () => {
      const person = { id: user.id, name: user.name ?? user.id, workspace: user.team_id }
      const asker = await people.asker({ workspace: team.id, channel: channel.id, person, thread })
      const said = await handlers.answer({ line: value }, asker)
      await sendAnswer(said, { url, now: now(), inPlace: said.ok && said.reply.page !== undefined, thread, log })
    })
    await ack()
    if (!taken) refuse(() => say(BUSY, { url, thread, log }))
  })
  // A link opens by itself, and wants an answer all the same.
  app.action(OPEN, async ({ ack }) => ack())
}

/** The thread that the button's message is a reply in; what a thread hangs on stands in the channel itself. */
export function threadOfButton({ container, message }: Pick<BlockAction, 'container' | 'message'>): string | undefined {
  const thread: unknown = container.thread_ts ?? message?.thread_ts
  return typeof thread === 'string' && thread !== container.message_ts ? thread : undefined
}
