// Buttons and menus of messages: each carries a command, run as the person who pressed it.
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt'
import { labelOf, OPEN, pressedOf, RUN } from '#adapters/chat/slack/render/pressed.ts'
import type { Reply } from '#core/reply.ts'
import { showAside } from './aside.ts'
import { BUSY, type Listener } from './desk.ts'
import { pressedAtHome } from './home.ts'
import { say, sendAnswer } from './respond.ts'
import { threadOfButton } from './thread.ts'

export const listenToButtons: Listener = (app, desk) => {
  const { handlers, people, work, refuse, now, log } = desk
  app.action<BlockAction<ButtonAction | OverflowAction>>(RUN, async ({ ack, body, action }) => {
    const { team, channel, user, view, response_url: url } = body
    const pressed = pressedOf(action)
    if (pressed?.aside) {
      await ack()
      return showAside(body, { title: labelOf(action), command: pressed.command }, desk)
    }
    if (view?.type === 'home' && pressed) return pressedAtHome(ack, body, pressed.command, desk)
    if (!team || !channel || !url || !pressed) return ack()
    const thread = threadOfButton(body)
    const taken = work(async () => {
      const person = { id: user.id, name: user.name ?? user.id, workspace: user.team_id }
      const asker = await people.asker({
        workspace: team.id,
        organisation: team.enterprise_id,
        channel: channel.id,
        person,
        thread,
      })
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
