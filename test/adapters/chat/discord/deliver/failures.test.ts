import type { ServerResponse } from 'node:http'
import { REST } from 'discord.js'
import { afterAll, describe, expect, test } from 'vitest'
import { createApi, restOptions } from '#adapters/chat/discord/deliver/api.ts'
import { inOurWords } from '#adapters/chat/discord/deliver/failures.ts'
import type { DeliveryError, DeliveryFailure } from '#core/errors.ts'
import { aServer } from '#test/adapters/http/server.ts'

const ROUTE = '/channels/3000000000000000002/messages'

let answer: (response: ServerResponse) => void = () => undefined
const server = await aServer((_, response) => answer(response))
afterAll(() => server[Symbol.asyncDispose]())

function apiAt(url = server.url) {
  return createApi(new REST({ api: `${url}/api`, ...restOptions }).setToken('token'))
}

/** What becomes of a post that is answered so. */
async function failureOf(answers: typeof answer, api = apiAt()): Promise<DeliveryError> {
  answer = answers
  try {
    await api.post(ROUTE, {})
  } catch (error) {
    return error as DeliveryError
  }
  throw new Error('It was posted.')
}

function says(status: number, body: object, headers: Record<string, string> = {}) {
  return (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const MEANINGS: Readonly<Record<Exclude<DeliveryFailure, 'uncertain'>, readonly [status: number, code: number][]>> = {
  gone: [
    [404, 10003],
    [404, 10004],
    [404, 10007],
    [404, 10013],
    [403, 40007],
  ],
  forbidden: [
    [403, 50001],
    [403, 50013],
    [403, 50007],
    [400, 50278],
    [400, 50008],
    [400, 50009],
    [400, 50024],
    [400, 50083],
    [400, 40058],
    [400, 40066],
    [400, 40067],
    [400, 160005],
    [403, 0],
    [403, 999_999],
  ],
  revoked: [
    [401, 0],
    [401, 50014],
  ],
  'rate-limited': [
    [400, 20016],
    [400, 20022],
    [400, 20028],
    [400, 20029],
    [400, 40003],
    [400, 40062],
  ],
  transient: [
    [400, 30046],
    [400, 40004],
    [400, 40006],
    [403, 40333],
    [400, 110_001],
    [400, 130_000],
    [400, 160_006],
    [400, 160_007],
    [408, 0],
  ],
  rejected: [
    [404, 10008],
    [400, 50006],
    [400, 50035],
    [403, 50005],
    [400, 30007],
    [400, 200_000],
    [400, 200_001],
    [400, 240_000],
    [400, 0],
    [404, 999_999],
  ],
}

describe.each(Object.entries(MEANINGS))('what Discord refuses is %s', (kind, refusals) => {
  test.each(refusals)('for a status of %i with code %i', async (status, code) => {
    expect((await failureOf(says(status, { code, message: 'No.' }))).kind).toBe(kind)
  })
})

test.each<[string, typeof answer]>([
  ['a status of 500', says(500, { code: 0, message: '500: Internal Server Error' })],
  ['a status of 502', (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html></html>')],
  ['a status of 504', says(504, {})],
  ['a connection that breaks off', (response) => response.socket?.resetAndDestroy()],
  [
    'an answer that breaks off',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"id":')
      response.socket?.end()
    },
  ],
  ['an answer that is no JSON', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')],
])('after %s the message may have arrived', async (_, answers) => {
  expect((await failureOf(answers)).kind).toBe('uncertain')
})

test('a status of 503 says that nothing was taken', async () => {
  expect((await failureOf(says(503, {}))).kind).toBe('transient')
})

test('where nobody listens nothing was sent', async () => {
  const gone = await aServer(() => undefined)
  await gone[Symbol.asyncDispose]()
  expect((await failureOf(answer, apiAt(gone.url))).kind).toBe('transient')
})

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'])('after %s nothing was sent', (code) => {
  expect(inOurWords(Object.assign(new Error('getaddrinfo'), { code })).kind).toBe('transient')
})

test.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])('after %s the message may have arrived', (code) => {
  expect(inOurWords(Object.assign(new Error('write'), { code })).kind).toBe('uncertain')
})

test('a page of HTML that refuses is known by its status', async () => {
  const page = (response: ServerResponse) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html></html>')
  expect(await failureOf(page)).toMatchObject({ kind: 'forbidden', message: 'Discord answered 403.' })
})

test('a forum that wants a tag and has none is told of, with how to mend it', async () => {
  const { kind, message } = await failureOf(says(400, { code: 40067, message: 'A tag is required' }))
  expect(kind).toBe('forbidden')
  expect(message).toBe('The forum wants a tag on each post and has none that a bot may set: add one, or let it want none.')
})

test('a long pause is handed on at once, to last as long as Discord says', async () => {
  const asked = server.requests.length
  const limited = await failureOf(says(429, { retry_after: 7, global: false }, { 'retry-after': '7' }))
  expect(limited.kind).toBe('rate-limited')
  expect(limited.retryAfter).toBeGreaterThanOrEqual(7)
  expect(server.requests.length - asked).toBe(1)
})

test('a pause without an end is handed on, and Discord is not asked again at once', async () => {
  const asked = server.requests.length
  const limited = await failureOf((response) => response.writeHead(429, { 'content-type': 'text/html' }).end('<html></html>'))
  expect(limited).toMatchObject({ kind: 'rate-limited', retryAfter: undefined })
  expect(server.requests.length - asked).toBe(1)
})

test('a short pause is waited for', async () => {
  const asked = server.requests.length
  let first = true
  answer = (response) => {
    if (first) says(429, { retry_after: 0.2, global: false }, { 'retry-after': '0.2' })(response)
    else says(200, { id: '1' })(response)
    first = false
  }
  expect(await apiAt().post(ROUTE, {})).toEqual({ id: '1' })
  expect(server.requests.length - asked).toBe(2)
})

test('a pause of one channel holds up no other; one of everything holds up all', async () => {
  const api = apiAt()
  const pause = { 'retry-after': '30', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '30' }
  const elsewhere = '/channels/3000000000000000009/messages'
  expect((await failureOf(says(429, {}, pause), api)).kind).toBe('rate-limited')
  answer = says(200, { id: '1' })
  expect(await api.post(elsewhere, {})).toEqual({ id: '1' })
  const asked = server.requests.length
  expect((await failureOf(answer, api)).kind).toBe('rate-limited')
  expect(server.requests.length - asked).toBe(0)
  answer = says(429, { global: true }, { 'retry-after': '30', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' })
  await expect(api.post(elsewhere, {})).rejects.toMatchObject({ kind: 'rate-limited' })
  const then = server.requests.length
  await expect(api.post('/channels/3000000000000000007/messages', {})).rejects.toMatchObject({ kind: 'rate-limited' })
  expect(server.requests.length - then).toBe(0)
})

test('no second sees more calls than Discord allows, wherever it begins', async () => {
  const api = apiAt()
  const at: number[] = []
  answer = (response) => {
    at.push(performance.now())
    says(200, { id: '1' })(response)
  }
  const channels = Array.from({ length: 60 }, (_, number) => `/channels/30000000000000000${number + 10}/messages` as const)
  await Promise.all(channels.map((channel) => api.post(channel, {})))
  const most = Math.max(...at.map((begin) => at.filter((one) => one >= begin && one < begin + 1000).length))
  expect(at).toHaveLength(60)
  expect(most).toBeLessThanOrEqual(50)
})

test('once the token is refused Discord is asked nothing any more', async () => {
  const api = apiAt()
  expect((await failureOf(says(401, { code: 0, message: '401: Unauthorized' }), api)).kind).toBe('revoked')
  const asked = server.requests.length
  expect((await failureOf(says(200, {}), api)).kind).toBe('revoked')
  expect(server.requests.length).toBe(asked)
})
