import type { ServerResponse } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { clientOf } from '#adapters/chat/slack/workspaces.ts'
import type { DeliveryError, DeliveryFailure } from '#core/errors.ts'
import { aServer } from '#test/adapters/http/server.ts'

let answer: (response: ServerResponse) => void = () => undefined
const server = await aServer((_, response) => answer(response))
afterAll(() => server[Symbol.asyncDispose]())

/** What becomes of a post that is answered so. */
async function failureOf(answers: typeof answer, apiUrl = `${server.url}/api/`): Promise<DeliveryError> {
  answer = answers
  try {
    await clientOf('xoxb-1', { apiUrl }).chat.postMessage({ channel: 'C1', text: 'New.' })
  } catch (error) {
    return inOurWords(error)
  }
  throw new Error('It was posted.')
}

function says(body: object, headers: Record<string, string> = {}, status = 200) {
  return (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const MEANINGS: Readonly<Record<DeliveryFailure, readonly string[]>> = {
  gone: ['channel_not_found', 'is_archived', 'is_inactive', 'user_not_found', 'user_disabled', 'cannot_dm_bot'],
  forbidden: [
    'not_in_channel',
    'channel_is_limited_access',
    'access_denied',
    'no_permission',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'posting_to_general_channel_denied',
    'messages_tab_disabled',
    'ekm_access_denied',
    'user_not_visible',
    'missing_scope',
  ],
  revoked: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'team_access_not_granted',
    'enterprise_is_restricted',
    'not_allowed_token_type',
    'team_not_found',
    'two_factor_setup_required',
  ],
  'rate-limited': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  transient: [
    'service_unavailable',
    'request_timeout',
    'org_login_required',
    'team_added_to_org',
    'accesslimited',
    'external_channel_migrating',
  ],
  uncertain: ['internal_error', 'fatal_error', 'rollup_error'],
  rejected: [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_too_long',
    'msg_blocks_too_long',
    'too_many_attachments',
    'no_text',
    'invalid_arguments',
    'invalid_metadata_schema',
    'metadata_too_large',
    'cannot_reply_to_message',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'thread_not_found',
    'duplicate_channel_not_found',
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'a_code_of_tomorrow',
  ],
}

describe.each(Object.entries(MEANINGS))('what Slack refuses is %s', (kind, codes) => {
  test.each(codes)('for %s', async (error) => {
    expect((await failureOf(says({ ok: false, error }))).kind).toBe(kind)
  })
})

test.each<[string, typeof answer]>([
  ['a page of HTML', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>not json</html>')],
  ['an empty answer', (response) => response.writeHead(200).end()],
  ['null', (response) => response.writeHead(200).end('null')],
  ['an object that says nothing', says({})],
  ['an error that is no code', says({ ok: false, error: { code: 'invalid_blocks' } })],
  [
    'an answer that breaks off',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"ok":tr')
      response.socket?.end()
    },
  ],
  ['a connection that breaks off', (response) => response.socket?.resetAndDestroy()],
  ['a status of 500', says({ ok: false, error: 'invalid_blocks' }, {}, 500)],
  ['a status of 502', says({}, {}, 502)],
  ['a status of 504', says({}, {}, 504)],
])('after %s the message may have arrived', async (_, answers) => {
  const { kind, message } = await failureOf(answers)
  expect(kind).toBe('uncertain')
  expect(message).toBe('Slack did not say whether it took the message.')
})

test('what people meet is said in words too', async () => {
  const { message } = await failureOf(says({ ok: false, error: 'not_in_channel' }))
  expect(message).toBe('Slack answered not_in_channel: Paperboy is not in the channel.')
})

test('a status of 503 says that nothing was taken', async () => {
  expect((await failureOf(says({}, {}, 503))).kind).toBe('transient')
})

test.each<[string, Record<string, string>, number | undefined]>([
  ['for as long as it says', { 'retry-after': '7' }, 7],
  ['for as long as we think right where it does not say', {}, undefined],
  ['for as long as we think right where it says no number', { 'retry-after': 'soon' }, undefined],
])('429 asks for a pause %s', async (_, headers, retryAfter) => {
  expect(await failureOf(says({ ok: false, error: 'ratelimited' }, headers, 429))).toMatchObject({
    kind: 'rate-limited',
    retryAfter,
  })
})

test('a refusal may say how long to wait without a status of 429', async () => {
  const limited = says({ ok: false, error: 'ratelimited' }, { 'retry-after': '9' })
  expect(await failureOf(limited)).toMatchObject({ kind: 'rate-limited', retryAfter: 9 })
})

test('where nobody listens nothing was sent', async () => {
  const gone = await aServer(() => undefined)
  await gone[Symbol.asyncDispose]()
  expect((await failureOf(answer, `${gone.url}/api/`)).kind).toBe('transient')
})

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'])('after %s nothing was sent', (code) => {
  const beneath = Object.assign(new Error('getaddrinfo'), { code })
  expect(inOurWords(new TypeError('fetch failed', { cause: beneath })).kind).toBe('transient')
})

test.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'EHOSTUNREACH'])('after %s the message may have arrived', (code) => {
  const beneath = Object.assign(new Error('write'), { code })
  expect(inOurWords(new TypeError('fetch failed', { cause: beneath })).kind).toBe('uncertain')
})

test.each([
  ['im:write', 'The app in Slack lacks the scope im:write.'],
  ['channels:history,groups:history', 'The app in Slack lacks one of the scopes channels:history, groups:history.'],
  [undefined, 'The app in Slack lacks the scope that this takes.'],
])('a scope that is missing is named: %s', async (needed, message) => {
  const failure = await failureOf(says({ ok: false, error: 'missing_scope', needed, provided: 'commands' }))
  expect(failure).toMatchObject({ kind: 'forbidden', message })
  expect(failure.hint).toContain('install the app again')
})
