// “Look up papers”, in the menu of every message, those in threads too: what papers it names, answered to the person alone.
import { lookupOf } from '#core/commands/lookup.ts'
import { allSaidIn } from './all-said.ts'
import type { Listener } from './desk.ts'
import { respond, sayBusy } from './respond.ts'
import { byResponseUrl } from './response-url.ts'
import { threadOf } from './thread.ts'

const LOOK_UP = 'lookup_papers'

export const listenToShortcuts: Listener = (app, desk) => {
  const { handlers, people, work, refuse } = desk
  app.shortcut(LOOK_UP, async ({ ack, shortcut, context }) => {
    const { teamId: workspace, enterpriseId: organisation } = context
    if (workspace === undefined || shortcut.type !== 'message_action') return ack()
    const { user, channel, message, response_url: url } = shortcut
    const thread = threadOf(message.ts, message.thread_ts)
    const way = byResponseUrl({ url, thread }, desk)
    const ask = async () => {
      const person = { id: user.id, name: user.name, workspace: user.team_id }
      const asker = await people.asker({ workspace, organisation, channel: channel.id, person, thread })
      return handlers.answer(lookupOf(allSaidIn(message)), asker)
    }
    const taken = work(() => respond(way, ask, desk), workspace)
    await ack()
    if (!taken) refuse(() => sayBusy(way), workspace)
  })
}
