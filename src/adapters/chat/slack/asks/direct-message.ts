// Messages to the bot alone: each is a command, answered there.
import type { Listener } from './desk.ts'
import { type AskingMessage, answerSaid, botOf, isByPerson } from './said.ts'
import { lineOf, withoutAddress } from './typed.ts'

export const listenToDirectMessages: Listener = (app, desk) => {
  app.event('message', async ({ event, body, context }) => {
    const { teamId: workspace, enterpriseId: organisation } = context
    if (workspace === undefined || event.channel_type !== 'im') return
    const message: AskingMessage = event
    if (!isByPerson(message)) return
    const line = lineOf(withoutAddress(message.text ?? '', botOf(context, body)))
    answerSaid(message, { workspace, organisation, line, under: message.thread_ts }, desk)
  })
}
