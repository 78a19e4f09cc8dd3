import type { IncomingMessage } from 'node:http'
import { webApi } from '@slack/bolt'
import { describe, expect, test } from 'vitest'
import { byMessage, type Place } from '#adapters/chat/slack/asks/posted.ts'
import { respond, sayBusy, type Way } from '#adapters/chat/slack/asks/respond.ts'
import { byResponseUrl, type ResponseUrl } from '#adapters/chat/slack/asks/response-url.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Block, Reply } from '#core/reply.ts'
import { aServer } from '#test/adapters/http/server.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const now = () => Temporal.Instant.from('2026-11-22T09:00:00Z')
/** Waits that are over at once, so that all work takes long, or that are never over. */
const slow = { now, wait: async () => undefined }
const fast = {
  now,
  wait: (_: number, signal?: AbortSignal) => new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', reject)),
}

const prose = (text: string): Block => ({ kind: 'prose', spans: [{ text }] })
function anAnswer(reply: Partial<Reply> = {}): Answer {
  return { ok: true, command: 'search', reply: { visibility: 'public', blocks: [prose('Moths.')], ...reply } }
}
const mistake: Answer = { ok: false, error: { code: 'wrong-input', message: 'No moths.', hint: 'Try lamps.' } }
const someTurnsLater = async <T>(value: T): Promise<T> => {
  for (let at = 0; at < 5; at++) await new Promise(setImmediate)
  return value
}

/** Slack that takes everything, but answers these first; and what it was sent, in short. */
async function aSlack(...answers: readonly (readonly [status: number, body: object, headers?: Record<string, string>])[]) {
  const said: Record<string, unknown>[] = []
  let stamps = 0
  const server = await aServer(async (request, response) => {
    const fields = await sentIn(request)
    said.push({ to: request.url?.slice('/api/'.length), ...fields })
    const [status, body, headers] = answers[said.length - 1] ?? [200, { ok: true, ts: `${++stamps}.0` }]
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  const client = new webApi.WebClient('xoxb-1', {
    slackApiUrl: `${server.url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
  return {
    said,
    base: server.url,
    client,
    url: (options: Partial<ResponseUrl> = {}): Way =>
      byResponseUrl({ url: `${server.url}/api/hook`, ...options }, { ...slow, log: quiet }),
    place: (place: Partial<Place> = {}): Way =>
      byMessage(client, { channel: 'C1', person: 'U1', under: '7.7', thread: undefined, ...place }, { ...slow, log: quiet }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function sentIn(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const fields = request.headers['content-type']?.startsWith('application/json')
    ? JSON.parse(body)
    : Object.fromEntries(new URLSearchParams(body))
  const { blocks, token, ...rest } = fields
  return rest
}

const noPreviews = { unfurl_links: false, unfurl_media: false }
const posted = { unfurl_links: 'false', unfurl_media: 'false' }

describe('through a response_url', () => {
  test('an answer is said to the channel, a private one and a mistake to the person alone', async () => {
    await using slack = await aSlack()
    await respond(slack.url(), async () => anAnswer(), fast)
    await respond(slack.url({ thread: '7.7' }), async () => anAnswer({ visibility: 'private' }), fast)
    await respond(slack.url(), async () => mistake, fast)
    const place = { to: 'hook', replace_original: false, ...noPreviews }
    expect(slack.said).toEqual([
      { ...place, response_type: 'in_channel', text: 'Moths.' },
      { ...place, response_type: 'ephemeral', text: 'Moths.', thread_ts: '7.7' },
      { ...place, response_type: 'ephemeral', text: 'No moths.\nTry lamps.' },
    ])
  })

  test('what takes long is a note to the person alone, which stays', async () => {
    await using slack = await aSlack()
    await respond(slack.url(), () => someTurnsLater(anAnswer()), slow)
    expect(slack.said.map(({ text, response_type: shown }) => [text, shown])).toEqual([
      ['Looking …', 'ephemeral'],
      ['Moths.', 'in_channel'],
    ])
  })

  test('a page that is turned takes the place of the one before; no mistake and no other answer does', async () => {
    await using slack = await aSlack()
    const page = { offset: 0, total: 7, next: 'search moths --page 2', previous: null }
    const last = { offset: 5, total: 7, next: null, previous: 'search moths' }
    for (const answer of [anAnswer({ page }), anAnswer({ page: last }), anAnswer(), mistake])
      await respond(slack.url({ turns: true }), async () => answer, fast)
    expect(slack.said.map((said) => said.replace_original)).toEqual([true, true, false, false])
  })

  test('a list that is asked for from a message leaves that where it is, and to whom it is shown', async () => {
    await using slack = await aSlack()
    const page = { offset: 0, total: 40, next: 'following --page 2', previous: null }
    await respond(slack.url(), async () => anAnswer({ page, visibility: 'private' }), fast)
    expect(slack.said).toMatchObject([{ replace_original: false, response_type: 'ephemeral' }])
  })

  test.each([
    ['fast', fast, 5, 5],
    ['slow', slow, 5, 4],
  ])('a %s answer uses the url five times at most, and says what is left out', async (_, desk, uses, messages) => {
    await using slack = await aSlack()
    const blocks = Array.from({ length: 7 }, (_block, at) => prose(`${at} ${'moth '.repeat(2000)}`))
    await respond(slack.url(), () => someTurnsLater(anAnswer({ blocks })), desk)
    expect(slack.said).toHaveLength(uses)
    expect(slack.said.at(-1)?.text).toContain(`at most ${messages} messages; ${7 - messages + 1} more are left out`)
  })

  test.each([
    ['asks for a pause', 429, { 'retry-after': '2' }, 2000],
    ['asks for a pause and says for how long only by halves', 429, { 'retry-after': 'soon' }, 1000],
    ['is not available', 503, {}, 1000],
  ])('where Slack %s, the answer is said once more', async (_, status, headers, milliseconds) => {
    await using slack = await aSlack([status, {}, headers])
    const waits: number[] = []
    const wait = async (length: number) => void waits.push(length)
    await respond(byResponseUrl({ url: `${slack.base}/api/hook` }, { wait, log: quiet }), async () => anAnswer(), fast)
    expect(slack.said).toHaveLength(2)
    expect(waits).toEqual([milliseconds])
  })

  test.each([
    ['refuses it', [404, { error: 'expired_url' }]],
    ['asks for a pause that nobody waits for', [429, {}, { 'retry-after': '31' }]],
    ['may have taken it', [500, {}]],
  ] as const)('where Slack %s, it is not said again, but logged', async (_, answer) => {
    await using slack = await aSlack(answer)
    const logged: string[] = []
    const log = { ...quiet, warn: (message: string) => logged.push(message) }
    await respond(byResponseUrl({ url: `${slack.base}/api/hook` }, { ...slow, log }), async () => anAnswer(), fast)
    expect([slack.said.length, logged]).toEqual([1, ['slack did not take an answer']])
  })

  test('where Slack is not reached, twice, that is logged', async () => {
    const logged: string[] = []
    const log = { ...quiet, warn: (message: string) => logged.push(message) }
    await sayBusy(byResponseUrl({ url: 'http://127.0.0.1:1/' }, { ...slow, log }))
    expect(logged).toEqual(['slack did not take an answer'])
  })
})

describe('as a message', () => {
  test('an answer is posted under what asked for it, without previews', async () => {
    await using slack = await aSlack()
    await respond(slack.place(), async () => anAnswer(), fast)
    expect(slack.said).toEqual([{ to: 'chat.postMessage', channel: 'C1', thread_ts: '7.7', text: 'Moths.', ...posted }])
  })

  test('what is private, and a mistake, only the person sees: in a thread that is there, else in the channel', async () => {
    await using slack = await aSlack()
    await respond(slack.place(), async () => mistake, fast)
    await respond(slack.place({ thread: '7.7' }), async () => anAnswer({ visibility: 'private' }), fast)
    const whisper = { to: 'chat.postEphemeral', channel: 'C1', user: 'U1', ...posted }
    expect(slack.said).toEqual([
      { ...whisper, text: 'No moths.\nTry lamps.' },
      { ...whisper, thread_ts: '7.7', text: 'Moths.' },
    ])
  })

  test('in direct messages all is a message', async () => {
    await using slack = await aSlack()
    await respond(slack.place({ channel: 'D1', under: undefined }), async () => mistake, fast)
    expect(slack.said).toEqual([{ to: 'chat.postMessage', channel: 'D1', text: 'No moths.\nTry lamps.', ...posted }])
  })

  test('what takes long is shown, and the answer takes its place', async () => {
    await using slack = await aSlack()
    await respond(slack.place(), () => someTurnsLater(anAnswer()), slow)
    expect(slack.said).toEqual([
      { to: 'chat.postMessage', channel: 'C1', thread_ts: '7.7', text: 'Looking …', ...posted },
      { to: 'chat.update', channel: 'C1', ts: '1.0', text: 'Moths.' },
    ])
  })

  test('what is shown goes where the answer is for the person alone', async () => {
    await using slack = await aSlack()
    await respond(slack.place(), () => someTurnsLater(mistake), slow)
    expect(slack.said.map(({ to }) => to)).toEqual(['chat.postMessage', 'chat.delete', 'chat.postEphemeral'])
  })

  test('where what was shown is gone, the answer is posted', async () => {
    await using slack = await aSlack([200, { ok: true, ts: '1.0' }], [200, { ok: false, error: 'message_not_found' }])
    await respond(slack.place(), () => someTurnsLater(anAnswer()), slow)
    expect(slack.said.map(({ to }) => to)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage'])
  })

  test('where Slack asks for a pause, the answer is tried once more after it', async () => {
    await using slack = await aSlack([429, { ok: false, error: 'ratelimited' }, { 'retry-after': '3' }])
    const waits: number[] = []
    const wait = async (milliseconds: number) => void waits.push(milliseconds)
    const way = byMessage(
      slack.client,
      { channel: 'C1', person: 'U1', under: undefined, thread: undefined },
      { wait, log: quiet },
    )
    await respond(way, async () => anAnswer(), fast)
    expect([slack.said.length, waits]).toEqual([2, [3000]])
  })

  test('what Slack refuses is logged, and tried no more', async () => {
    await using slack = await aSlack([200, { ok: false, error: 'not_in_channel' }])
    const logged: unknown[] = []
    const log = { ...quiet, warn: (_: string, fields?: object) => logged.push(fields) }
    const way = byMessage(slack.client, { channel: 'C1', person: 'U1', under: undefined, thread: undefined }, { ...slow, log })
    await respond(way, async () => anAnswer(), fast)
    expect(slack.said).toHaveLength(1)
    expect(logged).toEqual([{ error: expect.objectContaining({ kind: 'forbidden' }) }])
  })
})
