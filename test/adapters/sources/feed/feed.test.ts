import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createHttpClient, type HttpClient, type HttpRequest } from '#adapters/http/client.ts'
import { feedSource } from '#adapters/sources/feed/feed.ts'
import { SourceError } from '#core/errors.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

const rss = (...items: string[]) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lab notes</title>${items.join('')}</channel></rss>`
const item = (title: string, more = '') => `<item><title>${title}</title><guid>${title}</guid>${more}</item>`

const answering = (body: string | Buffer, headers: Record<string, string> = {}): RequestListener => {
  return (_, response) => response.writeHead(200, headers).end(body)
}

async function reading(listener: RequestListener, known = {}) {
  const server = await aServer(listener)
  const timer = aTimer()
  const source = feedSource({
    http: createHttpClient({ ...timer, limits: { bytes: 3_000_000, milliseconds: 5000 } }),
    clock: timer.clock,
  })
  const feed = `${server.url}/feed`
  return {
    feed,
    server,
    read: () => source.read(feed, known),
    look: (path = '/feed') => source.look(`${server.url}${path}`),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function recordsOf(body: string | Buffer, headers: Record<string, string> = {}) {
  await using here = await reading(answering(body, headers))
  return (await here.read()).records
}

async function failureOf(answer: Promise<unknown>): Promise<string> {
  const error = await answer.catch((error: unknown) => error)
  expect(error).toBeInstanceOf(SourceError)
  return (error as SourceError).message
}

describe('a feed', () => {
  test('is asked for with what is known of it, and may be the same', async () => {
    const listener: RequestListener = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
      else response.setHeader('etag', '"1"').end(rss(item('A')))
    }
    await using first = await reading(listener)
    expect(await first.read()).toMatchObject({ kind: 'records', etag: '"1"' })
    await using again = await reading(listener, { etag: '"1"' })
    expect(await again.read()).toMatchObject({ kind: 'same', etag: '"1"', records: [] })
  })

  test.for([
    ['windows-1252', 'text/xml; charset=windows-1252'],
    ['iso-8859-2', 'application/rss+xml; charset="iso-8859-2"'],
  ] as const)('in %s is read as its header says', async ([charset, type]) => {
    const word = charset === 'iso-8859-2' ? 'Łoś' : 'Adserà'
    const bytes = Buffer.from(rss(item('A WORD')).replace('WORD', charset === 'iso-8859-2' ? '\xa3o\xb6' : 'Adser\xe0'), 'latin1')
    const [record] = await recordsOf(bytes, { 'content-type': type })
    expect(record?.title).toBe(`A ${word}`)
  })

  test('gives at most a thousand entries, and says how many more there were', async () => {
    await using here = await reading(answering(rss(...Array.from({ length: 1200 }, (_, at) => item(`Paper number ${at}`)))))
    const { records, skipped } = await here.read()
    expect(records).toHaveLength(1000)
    expect(skipped).toEqual([{ where: 'entry 1001', why: '200 more than 1000 entries.' }])
  })
})

test('feeds of one host are read one after the other, a second apart, and a person who looks at one does not wait', async () => {
  let open = 0
  let most = 0
  await using server = await aServer((_, response) => {
    most = Math.max(most, ++open)
    setImmediate(() => {
      open--
      response.end(rss(item('A')))
    })
  })
  const timer = aTimer()
  const source = feedSource({ http: createHttpClient(timer), clock: timer.clock })
  await Promise.all(['/1', '/2', '/3'].map((path) => source.read(`${server.url}${path}`, {})))
  expect(most).toBe(1)
  expect(timer.waits).toEqual([1000, 1000])
  await source.look(`${server.url}/4`)
  expect(timer.waits).toHaveLength(2)
})

describe('a feed that takes long', () => {
  test('is taken apart where rss-parser does not finish over it, and holds up nobody meanwhile', async () => {
    let slowest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      slowest = Math.max(slowest, performance.now() - last - 5)
      last = performance.now()
    }, 5)
    const text = '&lt;'.repeat(60_000)
    const records = await recordsOf(rss(item('First'), item('Slow', `<description>x${text}</description>`), item('Last')))
    clearInterval(timer)
    expect(records.map(({ title }) => title)).toEqual(['First', 'Slow', 'Last'])
    expect(slowest).toBeLessThan(500)
  })
})

describe('hostile answers', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at || ''};`.repeat(10)}">`,
  ).join('')}]>`
  const xxe = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

  test.for([
    ['an entity bomb', `${laughs}${rss(item('Fine'), '<item><title>&lol9;</title></item>')}`],
    ['an external entity', `${xxe}${rss(item('Fine'), '<item><title>&x;</title></item>')}`],
  ])('%s grows into nothing', async ([, body = '']) => {
    await using here = await reading(answering(body))
    const { records, skipped } = await here.read()
    expect(records.map(({ title }) => title)).toEqual(['Fine'])
    expect(skipped).toHaveLength(1)
  })

  test.for<[string, string | Buffer, Record<string, string>, string]>([
    ['a page', '<!doctype html><html><body>404</body></html>', {}, 'is a web page, not a feed'],
    ['a feed that breaks off', rss(item('A'), item('B')).slice(0, -60), {}, 'breaks off before its end'],
    ['a gzip bomb', gzipSync(Buffer.alloc(40_000_000, rss(item('A')))), { 'content-encoding': 'gzip' }, 'more than 3 MB'],
    ['no gzip at all', 'plain', { 'content-encoding': 'gzip' }, 'cannot be reached'],
  ])('%s is an error in words, and no batch', async ([, body, headers, message]) => {
    await using here = await reading(answering(body, { etag: '"bad"', ...headers }))
    expect(await failureOf(here.read())).toContain(message)
  })

  test('a body without end is an error in words', async () => {
    await using here = await reading((_, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(`<item>${'x'.repeat(60_000)}</item>`));
      }
      response.on('drain', more)
      response.write('<rss version="2.0"><channel>')
      more()
    })
    expect(await failureOf(here.read())).toContain('more than 3 MB')
  })

  test('redirects without end are an error in words', async () => {
    await using here = await reading((_, response) => response.writeHead(302, { location: '/feed' }).end())
    expect(await failureOf(here.read())).toContain('without end')
  })
})

describe('a first look', () => {
  test('gives the title and the entries', async () => {
    await using here = await reading(answering(rss(item('A'), '<item/>', item('B'))))
    expect(await here.look()).toMatchObject({
      url: here.feed,
      title: 'Lab notes',
      records: [{ title: 'A' }, { title: 'B' }],
      skipped: 1,
    })
  })

  test.for([
    ['<link rel="alternate" type="application/rss+xml" href="/feed">'],
    ["<LINK TYPE='application/atom+xml' title='Posts' REL='alternate home' HREF='feed'>"],
    [
      '<link rel=alternate type=application/rss+xml title="Comments" href=/comments><link rel=alternate type=application/rss+xml href=/feed />',
    ],
  ])('at a page finds its feed by %s', async ([link]) => {
    await using here = await reading((request, response) =>
      response.end(request.url === '/feed' ? rss(item('A')) : `<!doctype html><html><head>${link}</head><body/></html>`),
    )
    expect(await here.look('/')).toMatchObject({ url: here.feed, title: 'Lab notes' })
  })

  test.for([
    [
      'a page without a feed',
      '<html><link rel="stylesheet" type="application/rss+xml" href="/feed"></html>',
      'is a web page, not a feed',
    ],
    [
      'a page that names itself',
      '<html><link rel="alternate" type="application/rss+xml" href="/feed"></html>',
      'is a web page, not a feed',
    ],
    [
      'a page that names no address',
      '<html><link rel="alternate" type="application/rss+xml" href="javascript:1"></html>',
      'is a web page',
    ],
  ])('at %s says so', async ([, page, message]) => {
    await using here = await reading(answering(page!))
    expect(await failureOf(here.look())).toContain(message)
  })
})

test.for([
  ['https://rss.arxiv.org/rss/cs.LG', 'arxiv'],
  ['http://export.arxiv.org/api/query?search_query=all:moth', 'arxiv'],
  ['https://notarxiv.org/feed', undefined],
] as const)('%s is asked in the lane of %s', async ([url, lane]) => {
  const asked: HttpRequest[] = []
  const answer = { kind: 'body', bytes: Buffer.from(rss()), status: 200, url } as const
  const http: HttpClient = {
    async get(_, request = {}) {
      asked.push(request)
      return answer
    },
  }
  const source = feedSource({ http, clock: aTimer().clock })
  await source.read(url, {})
  await source.look(url)
  expect(asked.map((request) => request.lane)).toEqual([lane, lane])
})
