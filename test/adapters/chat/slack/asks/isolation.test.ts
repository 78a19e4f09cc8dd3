// What Slack signs says who asks and where; what people can write into a command, a button's value or a view's metadata does not.
import { App } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLane } from '#adapters/chat/lanes.ts'
import { listenToButtons } from '#adapters/chat/slack/asks/button.ts'
import { listenToCommands } from '#adapters/chat/slack/asks/command.ts'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { listenToHome } from '#adapters/chat/slack/asks/home.ts'
import { createPeople } from '#adapters/chat/slack/people/people.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { homeOf } from '#core/commands/home.ts'
import { aSlack } from '#test/adapters/chat/slack/people/a-slack.ts'
import { aRecord } from '#test/builders.ts'
import { type Bot, openBot } from '#test/core/commands/bot.ts'

const FOREIGN = { platform: 'slack', workspace: 'T2', channel: 'C1' } as const
/** As people might name a place of another workspace, to a bot that took such a thing. */
const PLACES = ['T2', 'C1', 'T2:C1', 'slack:T2:C1', '<#C1>', '<https://slack.com/app_redirect?team=T2&channel=C1>']
const LINES = [
  ...PLACES.flatMap((place) => [
    `following ${place}`,
    `following --for ${place}`,
    `following --workspace T2`,
    `digest preview --for ${place}`,
    `digest off --for ${place}`,
    `unfollow 1 ${place}`,
    `unfollow 1 --for ${place}`,
    `cadence all now --for ${place}`,
  ]),
  'following',
  'following --for me',
  'unfollow all --confirm yes',
  'unfollow moths',
  'cadence all now',
  'digest show',
  'digest preview',
  'digest off',
  'saved',
  'unsave 2611.00001',
  'export bibtex',
  'why 2611.00001',
  'catchup 2 weeks',
  'pause',
  'resume',
  'quiet weekend',
  'permissions admins',
]

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
  await bot.put([aRecord({ title: 'On moths' })], '2026-11-20T00:00:00Z')
  for (const line of ['follow topic leaks', 'digest weekly', 'save 2611.00001']) await bot.ask(line, { destination: FOREIGN })
})
afterEach(() => bot[Symbol.asyncDispose]())

/** All that is kept for the other workspace. */
async function ofOthers() {
  const { subscriptions, schedules, readingLists, channels } = bot.context.store
  return JSON.stringify([
    await subscriptions.ofChannel(FOREIGN),
    await schedules.ofDestination(FOREIGN),
    await readingLists.list(FOREIGN),
    await channels.get(FOREIGN),
  ])
}

/** Sends the bodies as Slack does, one after the other; answers all that Slack was asked and told. */
async function told(bodies: readonly ((url: string) => object)[]) {
  await using slack = await aSlack({
    'users.info': { user: { team_id: 'T1', is_admin: true } },
    'users.conversations': { channels: [{ id: 'C1' }, { id: 'C9' }] },
    'conversations.open': { channel: { id: 'D1' } },
    'chat.postMessage': { ts: '1.1' },
    'views.publish': { view: {} },
    answer: {},
  })
  const { log, clock } = bot.context
  const lane = createLane({ atOnce: 1, waiting: 1000 }, log)
  const context = { ...bot.context, confirm: 'save' as const }
  const handlers = {
    answer: (request, asker) => dispatch(request, { ...context, ...asker }),
    home: (asker, channels) => homeOf(channels, { ...context, ...asker }),
  } satisfies Partial<Desk['handlers']>
  const people = createPeople(slack.workspaces, clock.now)
  // No answer takes so long that somebody is told to wait.
  const wait = (_: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', reject))
  const desk = { ...slack, handlers, people, work: lane.work, refuse: lane.work, now: clock.now, wait, log } as unknown as Desk
  let bolt: App | undefined
  const receiver = { init: (app: App) => (bolt = app), start: async () => undefined, stop: async () => undefined }
  const app = new App({ receiver: receiver as never, authorize: slack.workspaces.authorize })
  for (const listen of [listenToCommands, listenToButtons, listenToHome]) listen(app, desk)
  for (const body of bodies) {
    await bolt?.processEvent({ body: body(`${slack.url}/answer`) as never, ack: async () => undefined })
    await lane.done()
  }
  return slack.asked
}

const command = (text: string) => (url: string) => ({
  command: '/papers',
  text,
  team_id: 'T1',
  channel_id: 'C9',
  user_id: 'U1',
  user_name: 'ada',
  response_url: url,
  context_team_id: 'T2',
})
test('what Slack escapes of a command is read as it was typed', async () => {
  const asked = await told([command('search lamps &amp; &lt;moths')])
  expect(JSON.stringify(asked)).toContain('lamps & <moths')
})

const metadata = JSON.stringify({ workspace: 'T2', channel: 'C1', person: 'U1' })
const pressed = (value: string, where: object) => (url: string) => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', name: 'ada', team_id: 'T1' },
  actions: [{ type: 'button', action_id: 'run:0', block_id: `${FOREIGN.workspace}:${FOREIGN.channel}`, value, text: {} }],
  response_url: url,
  trigger_id: '1.2.3',
  ...where,
})
const ofMessage = {
  container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
  channel: { id: 'C9' },
  message: { type: 'message', ts: '1.1', team: 'T2', metadata: { event_payload: { workspace: 'T2', channel: 'C1' } } },
}
const ofHome = { container: { type: 'view' }, view: { type: 'home', team_id: 'T2', private_metadata: metadata } }

test.each([
  ['a command', LINES.map(command)],
  ['a button of a message', LINES.map((line) => pressed(line, ofMessage))],
  ['a button of the Home tab', LINES.map((line) => pressed(line, ofHome))],
])('whatever is written into %s, nothing of another workspace is shown or changed', async (_, bodies) => {
  const before = await ofOthers()
  const asked = await told(bodies)
  const answers = asked.filter(({ method }) => method === 'answer' || method === 'chat.postMessage')
  expect(answers.length).toBeGreaterThanOrEqual(bodies.length)
  expect(JSON.stringify(answers)).toContain('Nothing is saved here yet')
  expect(JSON.stringify(asked)).not.toContain('leaks')
  expect(await ofOthers()).toBe(before)
})
