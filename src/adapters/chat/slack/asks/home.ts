// The Home tab: drawn whenever a person opens it, and anew after what was done there, which is answered in their direct messages.
import type { BlockAction } from '@slack/bolt'
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { channelsOf } from '#adapters/chat/slack/people/channels.ts'
import { homeView } from '#adapters/chat/slack/render/home.ts'
import type { Asker } from '#core/ports/platform.ts'
import type { Desk, Listener } from './desk.ts'
import { answerIn, askerOf, type Opened } from './opened.ts'
import { byMessage } from './posted.ts'
import { respond, sayBusy, type Way } from './respond.ts'

export const listenToHome: Listener = (app, desk) => {
  app.event('app_home_opened', async ({ event, body, context }) => {
    if (event.tab !== 'home') return
    const workspace = context.teamId ?? body.team_id
    const taken = desk.work(async () => {
      const person = { id: event.user, name: event.user }
      await drawHome(await desk.people.asker({ workspace, channel: event.channel, person }), desk)
    }, workspace)
    if (!taken) desk.log.warn('a Home tab was not drawn: too much waits')
  })
}

/** Draws the tab of a person, who asks in their direct messages, as it is now. Never rejects: what Slack does not take is logged, and drawn at the next opening. */
export async function drawHome(asker: Asker, { handlers, workspaces, now, log }: Desk): Promise<void> {
  const { destination, person } = asker
  try {
    const client = await workspaces.client(destination.workspace)
    const channels = await channelsOf(client, person.id, log)
    const places = channels?.map((channel) => ({ platform: destination.platform, workspace: destination.workspace, channel }))
    await client.views.publish({ user_id: person.id, view: homeView(await handlers.home(asker, places), now()) })
  } catch (error) {
    log.warn('slack did not take a Home tab', { error: inOurWords(error) })
  }
}

/** Runs what was pressed in the tab as the person, answers in their direct messages, and draws the tab anew. */
export async function pressedAtHome(
  ack: () => Promise<void>,
  { team, user }: Pick<BlockAction, 'team' | 'user'>,
  line: string,
  desk: Desk,
): Promise<void> {
  if (!team) return ack()
  const opened = { workspace: team.id, person: user.id }
  const asking = () => askerOf(opened, user, desk.people)
  const taken = desk.work(async () => {
    await respond(await wayTo(asking, opened, desk), () => answerIn(opened, user, { line }, desk), desk)
    await drawHome(await asking(), desk)
  }, team.id)
  await ack()
  if (!taken) desk.refuse(async () => sayBusy(await wayTo(asking, opened, desk)), team.id)
}

/** Where Slack does not say which channel the person's direct messages are, it takes their id for it. Rejects with DeliveryError where the bot is not installed any more. */
async function wayTo(asking: () => Promise<Asker>, { workspace, person }: Opened, desk: Desk): Promise<Way> {
  const channel = await asking().then(
    ({ destination }) => destination.channel,
    () => person,
  )
  return byMessage(await desk.workspaces.client(workspace), { channel, person, under: undefined, thread: undefined }, desk)
}
