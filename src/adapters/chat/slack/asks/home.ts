// The Home tab: drawn whenever a person opens it, and anew after what was done there.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { channelsOf } from '#adapters/chat/slack/people/channels.ts'
import { homeView } from '#adapters/chat/slack/render/home.ts'
import type { Desk, Listener } from './desk.ts'

export const listenToHome: Listener = (app, desk) => {
  app.event('app_home_opened', async ({ event, body, context }) => {
    if (event.tab !== 'home') return
    const workspace = context.teamId ?? body.team_id
    desk.work(() => drawHome({ workspace, channel: event.channel, person: { id: event.user, name: event.user } }, desk))
  })
}

/** Who looks at the tab, and the channel of their direct messages. */
export type AtHome = Parameters<Desk['people']['asker']>[0]

/** Draws it once, as it is now. Never rejects: what Slack does not take is logged, and drawn at the next opening. */
export async function drawHome(at: AtHome, { handlers, workspaces, people, now, log }: Desk): Promise<void> {
  const { workspace, person } = at
  try {
    const client = await workspaces.client(workspace)
    const [asker, ids] = await Promise.all([people.asker(at), channelsOf(client, person.id, log)])
    const channels = ids?.map((channel) => ({ platform: 'slack' as const, workspace, channel }))
    const view = homeView(await handlers.home(asker, channels), now())
    await client.views.publish({ user_id: person.id, view })
  } catch (error) {
    log.warn('slack did not take a Home tab', { error: inOurWords(error) })
  }
}
