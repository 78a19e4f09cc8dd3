// Buttons and menus of messages: each carries a command, run as the person who pressed it.
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt'
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import { labelOf, OPEN, type Pressed, pressedOf, RUN } from '#adapters/chat/slack/render/pressed.ts'
import { showAside } from './aside.ts'
import type { Desk, Listener } from './desk.ts'
import { pressedAtHome } from './home.ts'
import { lookedUpAlone, respond, sayBusy } from './respond.ts'
import { byResponseUrl } from './response-url.ts'
import { threadOfButton } from './thread.ts'

export const listenToButtons: Listener = (app, desk) => {
  app.action<BlockAction<ButtonAction | OverflowAction>>(RUN, async ({ ack, body, action }) => {
    const pressed = pressedOf(action)
    if (pressed?.aside) {
      await ack()
      const isShown = await showAside(body, { title: labelOf(action), command: pressed.command }, desk)
      if (!isShown) await answerPressed(async () => undefined, body, pressed, desk)
    } else if (pressed) await answerPressed(ack, body, pressed, desk)
    else await ack()
  })
  // A link opens by itself, and wants an answer all the same.
  app.action(OPEN, async ({ ack }) => ack())
}

/** Answers where the button stands; what was pressed in a modal is only acknowledged. */
async function answerPressed(
  ack: () => Promise<void>,
  body: BlockAction,
  { command, turns }: Pressed,
  desk: Desk,
): Promise<void> {
  const { handlers, people, work, refuse } = desk
  const { team, channel, user, view, response_url: url } = body
  if (view?.type === 'home') return pressedAtHome(ack, body, command, desk)
  if (!team || !channel || !url) return ack()
  const thread = threadOfButton(body)
  const way = byResponseUrl({ url, thread, turns }, desk)
  const ask = async () => {
    const person = { id: user.id, name: user.name ?? user.id, workspace: user.team_id }
    const asker = await people.asker({
      workspace: team.id,
      organisation: team.enterprise_id,
      channel: channel.id,
      person,
      thread,
    })
    const answer = await handlers.answer({ line: command }, asker)
    return turns || isDirect(channel.id) ? answer : lookedUpAlone(answer)
  }
  const taken = work(() => respond(way, ask, desk), team.id)
  await ack()
  if (!taken) refuse(() => sayBusy(way), team.id)
}
