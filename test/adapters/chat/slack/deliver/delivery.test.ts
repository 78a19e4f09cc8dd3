import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { lookUp, permalink, post } from '#adapters/chat/slack/deliver/delivery.ts'
import type { Delivery } from '#core/delivery.ts'
import { aServer } from '#test/adapters/http/server.ts'

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

const NOW = Temporal.Instant.from('2026-11-22T10:00:00Z')
const PROSE = [{ kind: 'prose', spans: [{ text: 'New.' }] }] as const
const POSTED = { ts: '7.7', metadata: { event_type: 'paperboy_delivery', event_payload: { key: 'the-key' } } }

/** Slack that answers conversations.history with these, one after the other, then with the last again. */
async function slackThatAnswers(...answers: readonly object[]) {
  let asked = 0
  const server = await aServer((_, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)]
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const client = new webApi.WebClient('xoxb-1', { slackApiUrl: `${server.url}/api/`, retryConfig: { retries: 0 } })
  return { server, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('a post is known by its key', async () => {
  await using slack = await slackThatAnswers({ ok: true, messages: [{ ts: '8.8' }, POSTED] })
  expect(await lookUp(slack.client, delivery)).toEqual({ found: '7.7' })
})

test('where all of the channel was read and no message has the key, it is absent', async () => {
  await using slack = await slackThatAnswers({ ok: true, messages: [{ ts: '8.8' }], has_more: false })
  expect(await lookUp(slack.client, delivery)).toBe('absent')
})

test('a busy channel is read page by page', async () => {
  const first = { ok: true, messages: [{ ts: '8.8' }], has_more: true, response_metadata: { next_cursor: 'more' } }
  await using slack = await slackThatAnswers(first, { ok: true, messages: [POSTED], has_more: false })
  expect(await lookUp(slack.client, delivery)).toEqual({ found: '7.7' })
  expect(slack.server.requests).toHaveLength(2)
})

test.each(['missing_scope', 'not_allowed_token_type'])(
  'where %s keeps the channel from being read, nobody can say',
  async (error) => {
    await using slack = await slackThatAnswers({ ok: false, error })
    expect(await lookUp(slack.client, delivery)).toBe('unknown')
  },
)

test.each(['internal_error', 'fatal_error', 'service_unavailable', 'ratelimited'])(
  'a look-up that fails by %s says nothing yet, so that it is made again',
  async (error) => {
    await using slack = await slackThatAnswers({ ok: false, error })
    await expect(lookUp(slack.client, delivery)).rejects.toMatchObject({ code: 'delivery' })
  },
)

test('a thread that was deleted holds no post, and says nothing of its channel', async () => {
  await using slack = await slackThatAnswers({ ok: false, error: 'thread_not_found' })
  const inThread = { ...delivery, parentRef: '5.5' }
  expect(await lookUp(slack.client, inThread)).toBe('absent')
  await expect(post(slack.client, { ...inThread, blocks: PROSE }, NOW)).rejects.toMatchObject({ kind: 'rejected' })
})

test('a message can be linked to where others read it, not in direct messages', () => {
  const linkIn = (channel: string) => permalink({ ...delivery.destination, channel }, '7.7')
  expect(linkIn('C1')).toContain('channel=C1&message_ts=7.7')
  expect(['D1', 'U1', 'W1'].map(linkIn)).toEqual([undefined, undefined, undefined])
})

test('what was posted to a person is looked for in their direct messages', async () => {
  await using slack = await slackThatAnswers({ ok: true, channel: { id: 'D1' } }, { ok: true, messages: [POSTED] })
  const toPerson = { ...delivery, destination: { ...delivery.destination, channel: 'U1' } }
  expect(await lookUp(slack.client, toPerson)).toEqual({ found: '7.7' })
  expect(slack.server.requests.map(({ url }) => url)).toEqual(['/api/conversations.open', '/api/conversations.history'])
})
