import { expect, test, vi } from 'vitest'
import type { App } from '#cli/app.ts'
import { serve } from '#cli/serve.ts'
import { SourceError } from '#core/errors.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import { outboxTiming } from '#digests/outbox.ts'
import { openBot } from '#test/core/commands/bot.ts'

/** Serving one platform while a pass lasts until it is ended. */
async function serving() {
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
  const config = {
    HOST: '127.0.0.1',
    PORT: 0,
    WATCH_CRON: '0 0 29 2 *',
    WATCH_CATEGORIES: [],
  }
  const read = async () => Promise.reject(new SourceError('not asked'))
  const sources = async () => ({ announcements: { name: 'arxiv-rss', read } })
  const app = { ...bot.context, store: { ...store, ledger }, config, sources } as unknown as App
  const platform = { name: 'slack', start: vi.fn(async () => undefined), stop: vi.fn(async () => undefined) }
  const stopping = new AbortController()
  const served = serve(app, [platform as unknown as ChatPlatform], stopping.signal, outboxTiming).finally(() =>
    bot[Symbol.asyncDispose](),
  )
  return { platform, served, stop: () => stopping.abort(), end: pass.resolve }
}

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
