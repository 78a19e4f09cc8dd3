// /papers: acknowledged at once, answered when the answer is there; a form is opened at once, since what opens it lives three seconds.
import { BUSY } from '#adapters/chat/lanes.ts'
import type { Listener } from './desk.ts'
import { asksForForm, openFollowForm } from './follow-modal.ts'
import { respond, sayBusy } from './respond.ts'
import { byResponseUrl } from './response-url.ts'
import { unescaped } from './typed.ts'

const COMMAND = '/papers'

export const listenToCommands: Listener = (app, desk) => {
  const { handlers, people, work, refuse } = desk
  app.command(COMMAND, async ({ ack, command }) => {
    const line = unescaped(command.text).trim() || 'help'
    const { team_id: workspace, enterprise_id: organisation, channel_id: channel, user_id: person, response_url: url } = command
    const way = byResponseUrl({ url }, desk)
    const ask = async () => {
      const asker = await people.asker({ workspace, organisation, channel, person: { id: person, name: command.user_name } })
      return handlers.answer({ line }, asker)
    }
    const answer = () => respond(way, ask, desk)
    if (asksForForm(line)) {
      await ack()
      const opened = { workspace, channel, person, ...(organisation && { organisation }) }
      const isOpen = await openFollowForm(opened, { trigger: command.trigger_id }, desk)
      if (!isOpen && !work(answer, workspace)) refuse(() => sayBusy(way), workspace)
      return
    }
    const taken = work(answer, workspace)
    await (taken ? ack() : ack({ response_type: 'ephemeral', text: BUSY }))
  })
}
