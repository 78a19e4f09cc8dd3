// Every source that an operator configures, over one client: its queues pace all requests of the process.
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import type { Config } from '#config'
import type { FeedSource } from '#core/ports/source.ts'

export interface Sources {
  /** arXiv's announcements, by category. */
  readonly announcements: FeedSource
}

/** Make them once a process. */
export function createSources(config: Config): Sources {
  const http = createHttpClient({ contact: config.CONTACT_EMAIL })
  return { announcements: arxivRss({ baseUrl: config.ARXIV_RSS_URL, http }) }
}
