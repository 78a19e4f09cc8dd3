// @paperboy and a command: what follows the mention is asked, and answered in the mention's thread, so that channels stay tidy.
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import type { Listener } from './desk.ts'
import { answerSaid, botOf, isByPerson } from './said.ts'
import { afterMention, lineOf } from './typed.ts'

export const listenToMentions: Listener = (app, desk) => {
  app.event('app_mention', async ({ event, body, context }) => {
    const { teamId: workspace, enterpriseId: organisation } = context
    // In direct messages every message is a command already.
    if (workspace === undefined || isDirect(event.channel) || !isByPerson(event)) return
    const line = lineOf(afterMention(event.text, botOf(context, body)))
    answerSaid(event, { workspace, organisation, line, under: event.thread_ts ?? event.ts }, desk)
  })
}
