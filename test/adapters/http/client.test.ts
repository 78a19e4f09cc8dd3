import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import type { Lanes } from '#adapters/http/lanes.ts'
import { SourceError } from '#core/errors.ts'
import { aServer, aTimer } from './server.ts'

async function failureOf(answer: Promise<unknown>): Promise<SourceError> {
  const error = await answer.catch((error: unknown) => error)
  expect(error).toBeInstanceOf(SourceError)
  return error as SourceError
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('a request', () => {
  test('says who asks and what it knows already', async () => {
    await using server = await aServer((_, response) => response.setHeader('etag', '"2"').end('new'))
    const http = createHttpClient({ contact: 'group@example.org' })
    const answer = await http.get(server.url, { etag: '"1"', lastModified: 'Thu, 24 Sep 2026 00:00:00 GMT' })
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Paperboy/0.1 (mailto:group@example.org)',
      'if-none-match': '"1"',
      'if-modified-since': 'Thu, 24 Sep 2026 00:00:00 GMT',
    })
    expect(answer).toMatchObject({ kind: 'body', etag: '"2"' })
    expect(text(answer.bytes)).toBe('new')
  })

  test('is told where nothing changed', async () => {
    await using server = await aServer((_, response) => response.writeHead(304, { etag: '"1"' }).end())
    expect(await createHttpClient().get(server.url, { etag: '"1"' })).toMatchObject({ kind: 'same', etag: '"1"' })
  })

  test('follows redirects, five at most', async () => {
    await using server = await aServer((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    const http = createHttpClient()
    expect(text((await http.get(`${server.url}/5`)).bytes)).toBe('there')
    expect((await failureOf(http.get(`${server.url}/6`))).message).toContain('without end')
  })

  test.for(['file:///etc/passwd', 'ftp://example.org/', 'http://'])('never follows to %s', async (location) => {
    await using server = await aServer((_, response) => response.writeHead(301, { location }).end())
    expect((await failureOf(createHttpClient().get(server.url))).message).toContain('not http')
  })

  test('asks with JSON and a key, which no other host hears that it is sent on to', async () => {
    await using elsewhere = await aServer((_, response) => response.end('there'))
    await using server = await aServer(async (request, response) => {
      asked.push((await request.toArray()).join(''))
      response.writeHead(307, { location: elsewhere.url }).end()
    })
    const asked: string[] = []
    const http = createHttpClient()
    await http.get(server.url, { headers: { 'x-api-key': 'moth' }, json: { ids: ['a'] } })
    expect(asked).toEqual(['{"ids":["a"]}'])
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      headers: { 'x-api-key': 'moth', 'content-type': 'application/json' },
    })
    expect(elsewhere.requests[0]?.headers).not.toHaveProperty('x-api-key')
  })

  test('that nobody waits for any more is given up, and never begins where it is in line', async () => {
    await using server = await aServer(() => undefined)
    const http = createHttpClient()
    const [first, second] = [new AbortController(), new AbortController()]
    const answers = [http.get(server.url, { signal: first.signal }), http.get(server.url, { signal: second.signal })]
    second.abort()
    expect((await failureOf(answers[1] as Promise<unknown>)).message).toContain('did not answer in time')
    first.abort()
    expect((await failureOf(answers[0] as Promise<unknown>)).message).toContain('did not answer in time')
    await failureOf(http.get(server.url, { signal: AbortSignal.timeout(50) }))
    expect(server.requests.length).toBeLessThanOrEqual(2)
  })

  test.for(['file:///etc/passwd', 'nonsense', ''])('is never made to %s', async (url) => {
    expect((await failureOf(createHttpClient().get(url))).message).toContain('no http address')
  })
})

describe('an answer', () => {
  test('of an error is answered too where it says what is wrong', async () => {
    await using server = await aServer((_, response) => response.writeHead(400).end('<title>Error</title>'))
    const answer = await createHttpClient().get(server.url, { takes: [400] })
    expect(answer).toMatchObject({ kind: 'body', status: 400 })
    expect(text(answer.bytes)).toBe('<title>Error</title>')
  })

  test.for(['plain', 'gzip'])('of %s bytes is read no further than it may be long', async (encoding) => {
    const zeros = Buffer.alloc(2_000_000)
    await using server = await aServer((_, response) => {
      if (encoding === 'gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync(zeros))
      else response.end(zeros)
    })
    const http = createHttpClient({ limits: { bytes: 1_000_000 } })
    expect((await failureOf(http.get(server.url))).message).toContain('more than 1 MB')
  })

  test.for(['before the head', 'within the body'])('that stops %s is given up in time', async (where) => {
    await using server = await aServer((_, response) => {
      if (where === 'within the body') response.write('begins')
    })
    const http = createHttpClient({ limits: { milliseconds: 60 } })
    expect((await failureOf(http.get(server.url))).message).toContain('did not answer within')
  })

  test.for([
    [404, 'has nothing at'],
    [410, 'has nothing at'],
    [500, 'error (500)'],
  ] as const)('of status %i is an error in words', async ([status, message]) => {
    await using server = await aServer((_, response) => response.writeHead(status).end('<html></html>'))
    expect((await failureOf(createHttpClient().get(server.url))).message).toContain(message)
  })

  test('that never comes is an error in words', async () => {
    const server = await aServer(() => {})
    await server[Symbol.asyncDispose]()
    expect((await failureOf(createHttpClient().get(server.url))).message).toContain('cannot be reached')
  })
})

describe('a source that was asked too often', () => {
  test.for([
    ['no word of when', undefined, 300],
    ['a second', '1', 60],
    ['ten minutes', '600', 600],
    ['a year', '31536000', 86_400],
    ['an age', '9'.repeat(400), 86_400],
    ['an instant', 'Thu, 24 Sep 2026 12:10:00 GMT', 600],
    ['an instant long ago', 'Thu, 24 Sep 2020 12:10:00 GMT', 60],
    ['nonsense', 'soon', 300],
  ] as const)('and says %s is left alone for a bounded time', async ([, header, seconds]) => {
    await using server = await aServer((_, response) => {
      response.writeHead(429, { 'content-type': 'text/html', ...(header !== undefined && { 'retry-after': header }) })
      response.end('Rate exceeded.')
    })
    const timer = aTimer()
    const http = createHttpClient(timer)
    expect((await failureOf(http.get(server.url))).retryAfter).toBe(seconds)
    timer.pass(10_000)
    expect((await failureOf(http.get(server.url))).retryAfter).toBe(seconds - 10)
    expect(server.requests).toHaveLength(1)
    timer.pass(seconds * 1000)
    await failureOf(http.get(server.url))
    expect(server.requests).toHaveLength(2)
  })
})

describe('requests of one lane', () => {
  test('go one after the other, with the pause between the end of one and the start of the next', async () => {
    const timer = aTimer()
    let open = 0
    let most = 0
    await using server = await aServer((_, response) => {
      most = Math.max(most, ++open)
      timer.pass(500)
      setImmediate(() => {
        open--
        response.end()
      })
    })
    const http = createHttpClient(timer)
    const arxiv = { lane: 'arxiv', pause: 3000 }
    await Promise.all([http.get(server.url, arxiv), http.get(server.url, arxiv), http.get(server.url, arxiv)])
    expect(most).toBe(1)
    expect(timer.waits).toEqual([3000, 3000])
    timer.pass(2000)
    await http.get(server.url, arxiv)
    expect(timer.waits).toEqual([3000, 3000, 1000])
  })

  test('are paced whichever client asks, where several share their lanes', async () => {
    const timer = aTimer()
    await using server = await aServer((_, response) => response.end())
    const lanes: Lanes = new Map()
    const arxiv = { lane: 'arxiv', pause: 3000 }
    await createHttpClient({ ...timer, lanes }).get(server.url, arxiv)
    await createHttpClient({ ...timer, lanes }).get(server.url, arxiv)
    expect(timer.waits).toEqual([3000])
  })

  test('wait no longer where the clock was put back meanwhile', async () => {
    const timer = aTimer()
    await using server = await aServer((request, response) => {
      response.writeHead(request.url === '/often' ? 429 : 200, { 'retry-after': '3600' }).end()
    })
    const http = createHttpClient(timer)
    const arxiv = { lane: 'arxiv', pause: 3000 }
    await http.get(server.url, arxiv)
    timer.pass(-86_400_000)
    await http.get(server.url, arxiv)
    expect(timer.waits).toEqual([3000])
    expect((await failureOf(http.get(`${server.url}/often`, arxiv))).retryAfter).toBe(3600)
    expect((await failureOf(http.get(server.url, arxiv))).retryAfter).toBe(3600)
    timer.pass(-86_400_000)
    await http.get(server.url, arxiv)
    expect(server.requests).toHaveLength(4)
  })

  test('go on after one that failed', async () => {
    const timer = aTimer()
    await using server = await aServer((request, response) => response.writeHead(request.url === '/bad' ? 500 : 200).end())
    const http = createHttpClient(timer)
    const answers = await Promise.allSettled([http.get(`${server.url}/bad`), http.get(`${server.url}/good`)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})
