import { App, type Receiver } from '@slack/bolt'
import { expect, test } from 'vitest'
import { createLane } from '#adapters/chat/lanes.ts'
import { listenToButtons } from '#adapters/chat/slack/asks/button.ts'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { listenToFollowForms } from '#adapters/chat/slack/asks/follow-modal.ts'
import { DeliveryError } from '#core/errors.ts'
import { aSlack } from '#test/adapters/chat/slack/people/a-slack.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const EXPIRED = { ok: false, error: 'expired_trigger_id' }

/** What Slack was asked by the time that a press, of BibTeX unless told otherwise, is answered; how often it was acknowledged. */
async function pressedWhere(open: object, { workspaces = {}, id = 'run:aside:0' }: { workspaces?: object; id?: string } = {}) {
  await using slack = await aSlack({ 'views.open': open, 'views.update': {}, answer: {} })
  const lane = createLane({ atOnce: 1, waiting: 10 }, log)
  const blocks = [{ kind: 'code', text: '@misc{moths}' }]
  const desk = {
    ...slack,
    workspaces: { ...slack.workspaces, ...workspaces },
    handlers: { answer: async () => ({ ok: true, command: 'export', reply: { visibility: 'private', blocks } }) },
    people: { asker: async () => ({}) },
    work: lane.work,
    refuse: lane.work,
    wait: (_: number, signal?: AbortSignal) => new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', reject)),
    now: () => Temporal.Instant.from('2026-11-22T09:00:00Z'),
    log,
  } as unknown as Desk
  const receiver: Receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined }
  const app = new App({ receiver, authorize: async () => ({ teamId: 'T1', botToken: 'xoxb-1' }) })
  for (const listen of [listenToButtons, listenToFollowForms]) listen(app, desk)
  let acknowledged = 0
  const text = { type: 'plain_text', text: 'BibTeX' }
  const body = {
    type: 'block_actions',
    team: { id: 'T1' },
    user: { id: 'U1', name: 'ada' },
    channel: { id: 'C1' },
    container: { type: 'message', message_ts: '1.1' },
    actions: [{ type: 'button', action_id: id, block_id: 'b', value: 'export bibtex 2611.00001', text }],
    trigger_id: '1.2.3',
    response_url: `${slack.url}/answer`,
  }
  await app.processEvent({ body, ack: async () => void acknowledged++ })
  await lane.done()
  return { acknowledged, asked: slack.asked }
}

test('what is shown beside the conversation is shown nowhere else', async () => {
  const { acknowledged, asked } = await pressedWhere({ view: { id: 'V1' } })
  expect([acknowledged, asked.map(({ method }) => method)]).toEqual([1, ['views.open', 'views.update']])
})

test('where Slack opens nothing beside it, the person alone reads the answer in the conversation', async () => {
  const { acknowledged, asked } = await pressedWhere(EXPIRED)
  expect([acknowledged, asked.map(({ method }) => method)]).toEqual([1, ['views.open', 'answer']])
  expect(asked.at(-1)?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
})

test('so they do where nobody can say with which token', async () => {
  const client = () => Promise.reject(new DeliveryError('transient', 'It cannot be looked up.'))
  expect((await pressedWhere({}, { workspaces: { client } })).asked.map(({ method }) => method)).toEqual(['answer'])
})

test('where no form opens, whoever pressed its button hears how else to follow', async () => {
  const { asked } = await pressedWhere(EXPIRED, { id: 'follow:open:0' })
  expect(asked.map(({ method }) => method)).toEqual(['views.open', 'answer'])
  expect(asked.at(-1)?.body).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('/papers follow') })
  expect((await pressedWhere({ view: { id: 'V1' } }, { id: 'follow:open:0' })).asked).toHaveLength(1)
})
