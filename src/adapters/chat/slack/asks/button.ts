// Buttons and menus of messages: each carries a command, run as the person who pressed it.
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt'
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import { labelOf, OPEN, pressedOf, RUN } from '#adapters/chat/slack/render/pressed.ts'
import { showAside } from './aside.ts'
import type { Listener } from './desk.ts'
import { pressedAtHome } from './home.ts'
import { lookedUpAlone, respond, sayBusy } from './respond.ts'
import { byResponseUrl } from './response-url.ts'
import { threadOfButton } from './thread.ts'

export const listenToButtons: Listener = (app, desk) => {
  const { handlers, people, work, refuse } = desk
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
    const way = byResponseUrl({ url, thread, turns: pressed.turns }, desk)
    const ask = async () => {
      const person = { id: user.id, name: user.name ?? user.id, workspace: user.team_id }
      const asker = await people.asker({
        workspace: team.id,
        organisation: team.enterprise_id,
        channel: channel.id,
        person,
        thread,
      })
      const answer = await handlers.answer({ line: pressed.command }, asker)
      return pressed.turns || isDirect(channel.id) ? answer : lookedUpAlone(answer)
    }
    const taken = work(() => respond(way, ask, desk))
    await ack()
    if (!taken) refuse(() => sayBusy(way))
  })
  // A link opens by itself, and wants an answer all the same.
  app.action(OPEN, async ({ ack }) => ack())
}
