// Following a feed from outside: refused, allowed, silent at first, then each new entry once.
import { expect, test } from 'vitest'
import { aServer } from '#test/adapters/http/server.ts'
import { install } from '#test/paperboy.ts'

const entry = (name: string) => `<entry><title>Post ${name}</title><id>urn:${name}</id><link href="/posts/${name}"/></entry>`

test('in a conversation what goes wrong is said once, in words', async () => {
  const { stdout, stderr } = await install().run([], 'follow feed http://127.0.0.1/\n')
  expect(stdout).toContain('127.0.0.1 is not a public address')
  expect(stderr).toBe('')
  const told = await install({ LOG_LEVEL: 'warn' }).run([], 'follow feed http://127.0.0.1/\n')
  expect(told.stderr).toContain('"msg":"command failed"')
})

test('a feed is followed, and what it brings from then on is posted once', { timeout: 60_000 }, async () => {
  let entries = [entry('one')]
  await using server = await aServer((request, response) => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lab notes</title>${entries.join('')}</feed>`
    const etag = `"${entries.length}"`
    if (request.url === '/') response.end('<html><link rel="alternate" type="application/atom+xml" href="/feed"></html>')
    else if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.setHeader('etag', etag).end(feed)
  })
  const refused = await install().ask(`follow feed ${server.url}`)
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'source', message: '127.0.0.1 is not a public address, so Paperboy must not read it.' },
  })
  expect(server.requests).toEqual([])

  const paperboy = install({ FETCH_ALLOW_HOSTS: '127.0.0.1' })
  const followed = await paperboy.ask(`follow feed ${server.url}`)
  expect(followed.text).toContain('Lab notes has 1 entry.')
  expect(followed.text).toContain('Followed here now, by you: the feed Lab notes.')
  const tick = async () => {
    const { stdout, stderr } = await paperboy.run(['tick', '--json'])
    return { report: JSON.parse(stdout), posted: stderr }
  }
  const first = await tick()
  expect(first.report.feeds).toEqual([
    { feed: `${server.url}/feed`, state: 'fresh', offered: 1, new: 1, merged: 0, skipped: 0, failed: 0 },
  ])
  expect(first.report.deliveries.sent).toBe(0)
  entries = [entry('two'), ...entries]
  const second = await tick()
  expect(second.report.deliveries.sent).toBe(1)
  expect(second.posted).toContain('Post two')
  expect(second.posted).toContain('from Lab notes')
  const third = await tick()
  expect(third.report).toMatchObject({ feeds: [{ state: 'waiting' }], matched: 0, deliveries: { sent: 0 } })
  expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"2"')
  const { stdout } = await paperboy.run(['tick'])
  expect(stdout).toContain('/feed: waiting; 0 offered, 0 new, 0 merged, 0 known before, 0 unreadable.')
})
