import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createDeliveries } from '#adapters/chat/slack/deliver/delivery.ts'
import { clientOf } from '#adapters/chat/slack/workspaces.ts'
import type { Delivery } from '#core/delivery.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

const delivery: Delivery = {
  id: 1,
  dedupeKey: 'the-key',
  destination: { platform: 'slack', workspace: 'T1', channel: 'C1' },
  kind: 'alert',
  subject: '1',
  part: 0,
  blocks: [],
  state: 'uncertain',
  attempt: 1,
  fence: 1,
  firstTryAt: '2026-11-22T09:00:00Z',
  notBefore: '2026-11-22T09:00:00Z',
  createdAt: '2026-11-22T09:00:00Z',
}

const PROSE = [{ kind: 'prose', spans: [{ text: 'New.' }] }] as const
const POSTED = { ts: '7.7', metadata: { event_type: 'paperboy_delivery', event_payload: { key: 'the-key' } } }

/** Slack that answers with these, one after the other, then with the last again. */
async function slackThatAnswers(...answers: readonly object[]) {
  let asked = 0
  const bodies: string[] = []
  const server = await aServer(async (request, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)]
    bodies.push(await text(request))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const client = clientOf('xoxb-1', { apiUrl: `${server.url}/api/` })
  const { clock, wait, pass } = aTimer()
  const deliveries = createDeliveries(
    { withClient: async (_workspace, work) => work(client), botUser: async () => 'U0BOT' },
    { now: clock.now, wait },
  )
  const paths = () => server.requests.map(({ url }) => url?.slice('/api/'.length))
  return { ...deliveries, paths, bodies, pass, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('a post is known by its key', async () => {
  await using slack = await slackThatAnswers({ ok: true, messages: [{ ts: '8.8' }, POSTED] })
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
})

test('a message of somebody else is no post, whatever key it carries', async () => {
  const messages = [{ ...POSTED, ts: '9.9', user: 'U0EVIL' }]
  await using slack = await slackThatAnswers({ ok: true, messages, has_more: false })
  expect(await slack.lookUp(delivery)).toBe('absent')
  await using both = await slackThatAnswers({ ok: true, messages: [...messages, { ...POSTED, user: 'U0BOT' }] })
  expect(await both.lookUp(delivery)).toEqual({ found: '7.7' })
})

test('a message of no user is the post where the bot posted it, and no other', async () => {
  const page = { ok: true, messages: [{ ...POSTED, subtype: 'bot_message', bot_id: 'B0BOT' }], has_more: false }
  await using slack = await slackThatAnswers(page, { ok: true, bot_id: 'B0BOT' })
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
  await using other = await slackThatAnswers(page, { ok: true, bot_id: 'B0OTHER' })
  expect(await other.lookUp(delivery)).toBe('absent')
  await using silent = await slackThatAnswers(page, { ok: true })
  expect(await silent.lookUp(delivery)).toEqual({ found: '7.7' })
})

test('where all of the channel was read and no message has the key, it is absent', async () => {
  await using slack = await slackThatAnswers({ ok: true, messages: [{ ts: '8.8' }], has_more: false })
  expect(await slack.lookUp(delivery)).toBe('absent')
})

test('a busy channel is read page by page', async () => {
  const first = { ok: true, messages: [{ ts: '8.8' }], has_more: true, response_metadata: { next_cursor: 'more' } }
  await using slack = await slackThatAnswers(first, { ok: true, messages: [POSTED], has_more: false })
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
  expect(slack.paths()).toEqual(['conversations.history', 'conversations.history'])
})

test('a look that Slack cuts short goes on where it was, not from the beginning', async () => {
  const first = { ok: true, messages: [{ ts: '8.8' }], has_more: true, response_metadata: { next_cursor: 'more' } }
  await using slack = await slackThatAnswers(first, { ok: false, error: 'ratelimited' }, { ok: true, messages: [POSTED] })
  await expect(slack.lookUp(delivery)).rejects.toMatchObject({ kind: 'rate-limited' })
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
  expect(slack.bodies.map((body) => new URLSearchParams(body).get('cursor'))).toEqual([null, 'more', 'more'])
})

test.each(['missing_scope', 'not_allowed_token_type'])(
  'where %s keeps the channel from being read, nobody can say',
  async (error) => {
    await using slack = await slackThatAnswers({ ok: false, error })
    expect(await slack.lookUp(delivery)).toBe('unknown')
  },
)

test.each(['internal_error', 'fatal_error', 'service_unavailable', 'ratelimited'])(
  'a look-up that fails by %s says nothing yet, so that it is made again',
  async (error) => {
    await using slack = await slackThatAnswers({ ok: false, error })
    await expect(slack.lookUp(delivery)).rejects.toMatchObject({ code: 'delivery' })
  },
)

test('a thread that was deleted holds no post, and says nothing of its channel', async () => {
  await using slack = await slackThatAnswers({ ok: false, error: 'thread_not_found' })
  const inThread = { ...delivery, parentRef: '5.5' }
  expect(await slack.lookUp(inThread)).toBe('absent')
  await expect(slack.post({ ...inThread, blocks: PROSE })).rejects.toMatchObject({ kind: 'rejected' })
})

test('a message can be linked to where others read it, not in direct messages', async () => {
  await using slack = await slackThatAnswers({ ok: true })
  const linkIn = (channel: string) => slack.permalink({ ...delivery.destination, channel }, '7.7')
  expect(linkIn('C1')).toContain('channel=C1&message_ts=7.7')
  expect(['D1', 'U1', 'W1'].map(linkIn)).toEqual([undefined, undefined, undefined])
})

test('what was posted to a person is looked for in their direct messages', async () => {
  await using slack = await slackThatAnswers({ ok: true, channel: { id: 'D1' } }, { ok: true, messages: [POSTED] })
  const toPerson = { ...delivery, destination: { ...delivery.destination, channel: 'U1' } }
  expect(await slack.lookUp(toPerson)).toEqual({ found: '7.7' })
  expect(slack.paths()).toEqual(['conversations.open', 'conversations.history'])
})

test('a part that was posted in a thread is looked for there', async () => {
  await using slack = await slackThatAnswers({ ok: true, messages: [{ ts: '5.5' }, POSTED] })
  expect(await slack.lookUp({ ...delivery, parentRef: '5.5' })).toEqual({ found: '7.7' })
  expect(slack.paths()).toEqual(['conversations.replies'])
})

const NO_SCOPE = { ok: false, error: 'missing_scope', needed: 'channels:history', provided: 'chat:write,im:write' }

test('a workspace that grants no reading is not asked again for an hour', async () => {
  await using slack = await slackThatAnswers(NO_SCOPE, { ok: true, messages: [POSTED] })
  expect(await Promise.all([slack.lookUp(delivery), slack.lookUp(delivery)])).toEqual(['unknown', 'unknown'])
  slack.pass(3_599_000)
  expect(await slack.lookUp({ ...delivery, destination: { ...delivery.destination, channel: 'C2' } })).toBe('unknown')
  expect(slack.paths()).toHaveLength(1)
  slack.pass(1000)
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
})

test('where other kinds of channels may be read, each is asked', async () => {
  await using slack = await slackThatAnswers(
    { ...NO_SCOPE, provided: 'chat:write,groups:history' },
    { ok: true, messages: [POSTED] },
  )
  expect(await slack.lookUp(delivery)).toBe('unknown')
  expect(await slack.lookUp(delivery)).toEqual({ found: '7.7' })
})

test('where a person’s messages cannot be found for want of a scope, an edit is given up and nothing is closed', async () => {
  await using slack = await slackThatAnswers({ ...NO_SCOPE, needed: 'im:write' })
  const toPerson = { ...delivery, ref: '7.7', blocks: PROSE, destination: { ...delivery.destination, channel: 'U1' } }
  await expect(slack.edit(toPerson)).rejects.toMatchObject({
    kind: 'rejected',
    message: 'The app in Slack lacks the scope im:write.',
  })
})

test('Slack’s answer to a message, if it cannot be read, does not have it posted again', async () => {
  await using slack = await slackThatAnswers({ ok: false, error: '<html>not json</html>' })
  await expect(slack.post({ ...delivery, blocks: PROSE })).rejects.toMatchObject({ kind: 'uncertain' })
})
