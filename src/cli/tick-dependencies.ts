// What a tick works with: store and templates, the platforms it posts to, arXiv's announcements and followed feeds.
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { TickDependencies } from '#digests/tick.ts'
import type { App } from './app.ts'

/** Make them once a process: the client's queues pace all requests of its life. */
export function tickDependencies(app: App, platforms: readonly Platform[], signal?: AbortSignal): TickDependencies {
  const { config, store, templates, clock, log } = app
  const http = createHttpClient({ contact: config.CONTACT_EMAIL })
  return {
    store,
    templates,
    platforms,
    clock,
    log,
    source: arxivRss({ baseUrl: config.ARXIV_RSS_URL, http }),
    feedSource: app.feeds,
    categories: config.WATCH_CATEGORIES,
    ...(signal ? { signal } : {}),
  }
}
