// The bot was invited into a channel: what could not be posted there before goes on.
import type { Listener } from './desk.ts'
import { botOf } from './said.ts'

export const listenToInvitations: Listener = (app, { handlers, work, log }) => {
  app.event('member_joined_channel', async ({ event, body, context }) => {
    const { teamId: workspace } = context
    if (workspace === undefined || event.user !== botOf(context, body)) return
    const taken = work(() => handlers.joined({ platform: 'slack', workspace, channel: event.channel }), workspace)
    if (!taken) log.warn('an invitation into a channel went unnoticed: too much waits')
  })
}
