import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '#bench/bot.ts'
import type { App } from '#cli/app.ts'
import { serve } from '#cli/serve.ts'
import { SourceError } from '#core/errors.ts'
import { alwaysOurs } from '#core/ports/duties.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { parseQuery } from '#core/query/parse.ts'
import { outboxTiming } from '#digests/outbox.ts'
import { aRecord } from '#test/builders.ts'
import { openBot } from '#test/core/commands/bot.ts'

interface Asked {
  readonly read: () => Promise<FeedBatch>
  readonly enrichers: readonly Enricher[]
}

/** Serving one platform while a pass lasts until it is ended. */
async function serving({ read = async () => Promise.reject(new SourceError('not asked')), enrichers = [] }: Partial<Asked> = {}) {
  const bot = await openBot({ sample: false })
  const pass = Promise.withResolvers<void>()
  const { store } = bot.context
  const ledger = {
    ...store.ledger,
    async counts() {
      await pass.promise
      return store.ledger.counts()
    },
  }
  const health = await freePort()
  const config = {
    HOST: '127.0.0.1',
    PORT: health,
    WATCH_CRON: '0 0 29 2 *',
    WATCH_CATEGORIES: ['cs.LG'],
  }
  const sources = async () => ({ announcements: { name: 'arxiv-rss', read }, enrichers })
  const app = {
    ...bot.context,
    store: { ...store, ledger },
    config,
    sources,
    life: async () => undefined,
    duties: alwaysOurs,
  } as unknown as App
  const platform = {
    name: 'slack',
    start: vi.fn(async () => undefined),
    stop: vi.fn(async () => undefined),
    isAnswering: vi.fn(() => true),
    connections: () => ({ all: 0, held: 0, open: 0 }),
  }
  const stopping = new AbortController()
  const served = serve(app, [platform as unknown as ChatPlatform], stopping.signal, outboxTiming).finally(() =>
    bot[Symbol.asyncDispose](),
  )
  const ready = async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).text()
  return { bot, platform, served, health, ready, stop: () => stopping.abort(), end: pass.resolve }
}

test('what a pass brings is found by the next search, and enriched beside the passes, until the end', async () => {
  const asked = Promise.withResolvers<string[]>()
  let isGivenUp = false
  const hangs: Enricher = {
    name: 'openalex',
    most: 10,
    knows: () => true,
    enrich: (papers, signal) => {
      asked.resolve(papers.map(({ title }) => title))
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => {
          isGivenUp = true
          reject(new SourceError('No answer.'))
        }),
      )
    },
  }
  const batch: FeedBatch = { kind: 'records', records: [aRecord({ title: 'Quanta of scaling' })], skipped: [], digest: 'a' }
  const { bot, served, stop, end } = await serving({ read: async () => batch, enrichers: [hangs] })
  end()
  expect(await asked.promise).toEqual(['Quanta of scaling'])
  await expect.poll(async () => (await bot.context.papers.search(parseQuery('quanta'), { offset: 0, limit: 5 })).total).toBe(1)
  expect(isGivenUp).toBe(false)
  stop()
  await served
  expect(isGivenUp).toBe(true)
})

test('what another process brings is found within seconds, also while a pass goes on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { bot, served, ready, stop, end } = await serving()
  const found = async (words: string) => (await bot.context.papers.search(parseQuery(words), { offset: 0, limit: 5 })).total
  await expect.poll(ready).toBe('ready')
  for (const title of ['Quanta of scaling', 'Moths at night']) {
    await bot.context.store.papers.put([aRecord({ title })], bot.context.clock.now().toString())
    expect(await found(title)).toBe(0)
    vi.advanceTimersByTime(5000)
    await expect.poll(() => found(title)).toBe(1)
  }
  stop()
  end()
  await served
  expect(vi.getTimerCount()).toBe(0)
})

test('while a pass comes to its end, the platform takes no more requests: their answers would be cut off', async () => {
  const { platform, served, stop, end } = await serving()
  await expect.poll(() => platform.start.mock.calls.length).toBe(1)
  expect(platform.stop).not.toHaveBeenCalled()
  stop()
  await expect.poll(() => platform.stop.mock.calls.length).toBe(1)
  end()
  await served
  expect(platform.stop).toHaveBeenCalledOnce()
})

test('it is ready while people are answered: not while a platform is away, and not while it stops', async () => {
  const { platform, served, ready, stop, end } = await serving()
  await expect.poll(ready).toBe('ready')
  platform.isAnswering.mockReturnValue(false)
  expect(await ready()).toBe('not ready: There is no connection to slack.')
  platform.isAnswering.mockReturnValue(true)
  expect(await ready()).toBe('ready')
  stop()
  await expect.poll(ready).toBe('not ready: It is stopping.')
  end()
  await served
})

test('its figures tell when a pass last came to its end', async () => {
  const { served, health, stop, end } = await serving()
  const figures = async () => (await fetch(`http://127.0.0.1:${health}/metrics`)).text()
  end()
  await expect.poll(figures).toContain('paperboy_tick_duration_seconds_count{watch="yes"} 1')
  expect(await figures()).toMatch(/^paperboy_tick_last_success_timestamp_seconds\{watch="yes"\} 1\d{9}$/m)
  stop()
  await served
})

test('where one platform refuses the bot, those that were started are stopped', async () => {
  await using bot = await openBot({ sample: false })
  const config = { HOST: '127.0.0.1', PORT: 0 }
  const first = { start: async () => undefined, stop: vi.fn(async () => undefined) }
  const second = { start: async () => Promise.reject(new Error('refused')), stop: vi.fn() }
  const platforms = [first, second] as unknown as ChatPlatform[]
  const app = { ...bot.context, config } as unknown as App
  await expect(serve(app, platforms, new AbortController().signal, outboxTiming)).rejects.toThrow('refused')
  expect(first.stop).toHaveBeenCalledOnce()
  expect(second.stop).not.toHaveBeenCalled()
})
