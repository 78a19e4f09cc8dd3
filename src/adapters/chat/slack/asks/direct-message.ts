// Messages to the bot alone: each is a command, answered there.
import type { Listener } from './desk.ts'
import { type AskingMessage, answerSaid, isByPerson } from './said.ts'
import { lineOf } from './typed.ts'

export const listenToDirectMessages: Listener = (app, desk) => {
  app.event('message', async ({ event, context }) => {
    const { teamId: workspace, enterpriseId: organisation } = context
    if (workspace === undefined || event.channel_type !== 'im') return
    const message: AskingMessage = event
    if (!isByPerson(message)) return
    const line = lineOf(message.text ?? '')
    answerSaid(message, { workspace, organisation, line, under: message.thread_ts }, desk)
  })
}
