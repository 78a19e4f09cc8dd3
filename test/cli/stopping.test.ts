// How `serve` ends by signals, as a process of its own.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { install } from '#test/paperboy.ts'

const SIGNALS = ['SIGTERM', 'SIGINT'] as const
/** Far from the ten seconds after which it ends whatever goes on. */
const SOON_MS = 5000

/** Serving a Slack that says who the bot is, unless it is away; feeds answer nothing until they are let go. */
async function serving({ isAway = false } = {}) {
  const waiting: ServerResponse[] = []
  const asked = { slack: Promise.withResolvers<void>(), feed: Promise.withResolvers<void>() }
  const world = await aServer((request, response) => {
    if (request.url?.startsWith('/rss/')) {
      waiting.push(response)
      return asked.feed.resolve()
    }
    asked.slack.resolve()
    if (!isAway) response.setHeader('content-type', 'application/json').end('{"ok":true,"team_id":"T1","user_id":"U1"}')
  })
  const port = await freePort()
  const child = install({
    SLACK_API_URL: `${world.url}/api/`,
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_MODE: 'http',
    SLACK_PORT: String(await freePort()),
    PORT: String(port),
    ARXIV_RSS_URL: world.url,
    WATCH_CATEGORIES: 'cs.LG',
  }).start('serve')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await world[Symbol.asyncDispose]()
  })
  const ended = once(child, 'exit')
  await Promise.race([isAway ? asked.slack.promise : asked.feed.promise, ended])
  return {
    child,
    ended,
    isReady: () => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.text()),
    letFeedsGo() {
      for (const response of waiting) response.writeHead(500).end()
    },
  }
}

describe.each(SIGNALS)('%s', (signal) => {
  test('ends it at once while a platform is away', async () => {
    const { child, ended } = await serving({ isAway: true })
    const began = performance.now()
    child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(performance.now() - began).toBeLessThan(SOON_MS)
  })

  test('lets it finish what is under way, also where it comes twice, as npm sends it on', async () => {
    const { child, ended, isReady, letFeedsGo } = await serving()
    child.kill(signal)
    await expect.poll(isReady, { interval: 10 }).toBe('not ready: It is stopping.')
    child.kill(signal)
    expect(await isReady()).toBe('not ready: It is stopping.')
    letFeedsGo()
    expect(await ended).toEqual([0, null])
  })

  test('ends it whatever goes on where it comes again later', async () => {
    const { child, ended } = await serving()
    const began = performance.now()
    const again = setInterval(() => child.kill(signal), 100)
    expect(await ended).toEqual([0, null])
    clearInterval(again)
    expect(performance.now() - began).toBeLessThan(SOON_MS)
  })
})

test('what hangs is waited for, and it is out within ten seconds', async () => {
  const { child, ended } = await serving()
  const began = performance.now()
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(performance.now() - began).toBeGreaterThan(SOON_MS)
  expect(performance.now() - began).toBeLessThan(10_000)
})
