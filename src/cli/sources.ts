// Every source that an operator configures, over one client: its queues pace all requests of the process.
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import type { Config } from '#config'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup, People, Recommender } from '#core/ports/lookup.ts'
import type { FeedSource } from '#core/ports/source.ts'

export interface Sources {
  /** arXiv's announcements, by category. */
  readonly announcements: FeedSource
  /** What adds to papers that are known, in the order in which they are asked. */
  readonly enrichers: readonly Enricher[]
  /** Who knows single papers by their ids, the most trusted first. */
  readonly lookups: readonly Lookup[]
  /** Who knows people's papers, the best first. */
  readonly people: readonly People[]
  /** Who says which papers are alike, the best first. */
  readonly recommenders: readonly Recommender[]
}

/** Make them once a process. */
export function createSources(config: Config): Sources {
  const http = createHttpClient({ contact: config.CONTACT_EMAIL })
  return {
    announcements: arxivRss({ baseUrl: config.ARXIV_RSS_URL, http }),
    enrichers: [],
    lookups: [],
    people: [],
    recommenders: [],
  }
}
