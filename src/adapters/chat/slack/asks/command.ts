// /papers: acknowledged at once, answered when the answer is there.
import { BUSY, type Listener } from './desk.ts'
import { sendAnswer } from './respond.ts'

const COMMAND = '/papers'

export const listenToCommands: Listener = (app, { handlers, people, work, now, log }) => {
  app.command(COMMAND, async ({ ack, command }) => {
    const line = command.text.trim() || 'help'
    const taken = work(async () => {
      const asker = await people.asker({
        workspace: command.team_id,
        channel: command.channel_id,
        person: { id: command.user_id, name: command.user_name },
      })
      const said = await handlers.answer({ line }, asker)
      await sendAnswer(said, { url: command.response_url, now: now(), inPlace: false, log })
    })
    await (taken ? ack() : ack({ response_type: 'ephemeral', text: BUSY }))
  })
}
