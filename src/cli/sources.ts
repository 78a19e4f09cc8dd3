// Every source that an operator configures, over one client: its queues pace all requests of the process
// and, where a source counts them together, of all processes of the store.
import { systemClock } from '#adapters/clock.ts'
import { createHttpClient, type HttpClientOptions } from '#adapters/http/client.ts'
import { arxivApi } from '#adapters/sources/arxiv/api.ts'
import { arxivCatalogue } from '#adapters/sources/arxiv/catalogue.ts'
import { arxivOai } from '#adapters/sources/arxiv/oai.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import { biorxiv } from '#adapters/sources/biorxiv/biorxiv.ts'
import { catalogueOf, reached } from '#adapters/sources/catalogue.ts'
import { crossref } from '#adapters/sources/crossref/crossref.ts'
import { huggingFace } from '#adapters/sources/hugging-face/hugging-face.ts'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import { semanticScholar } from '#adapters/sources/semantic-scholar/semantic-scholar.ts'
import type { Config } from '#config'
import type { Archive } from '#core/ports/archive.ts'
import type { Catalogue } from '#core/ports/catalogue.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { FeedSource } from '#core/ports/source.ts'
import { guardOf } from './guard.ts'

export interface Sources {
  /** arXiv's announcements, by category. */
  readonly announcements: FeedSource
  /** arXiv's archive: what was missed in a category, and what people wrote. */
  readonly archive: Archive
  /** What is asked for people who look something up. */
  readonly catalogues: readonly Catalogue[]
  /** What adds to papers that are known, in the order in which they are asked. */
  readonly enrichers: readonly Enricher[]
}

/** A third one would come too late for whoever waits. */
const TRIES_WHILE_WAITING = 2

/** Make them once a process; `pace` is that of all its clients. */
export function createSources(config: Config, pace: Pick<HttpClientOptions, 'lanes' | 'turns'>): Sources {
  const http = createHttpClient({ contact: config.CONTACT_EMAIL, elsewhere: guardOf(config), ...pace })
  const arxiv = { baseUrl: config.ARXIV_API_URL, http, clock: systemClock }
  const { changed } = arxivOai({ baseUrl: config.ARXIV_OAI_URL, http })
  const preprints = biorxiv({ baseUrl: config.BIORXIV_API_URL, http })
  const deposits = crossref({ baseUrl: config.CROSSREF_API_URL, http })
  const works = openAlex({ baseUrl: config.OPENALEX_API_URL, key: config.OPENALEX_API_KEY, http })
  const scholar = semanticScholar({ baseUrl: config.SEMANTIC_SCHOLAR_API_URL, key: config.SEMANTIC_SCHOLAR_API_KEY, http })
  const daily = huggingFace({ baseUrl: config.HUGGING_FACE_API_URL, clock: systemClock, http })
  return {
    announcements: arxivRss({ baseUrl: config.ARXIV_RSS_URL, http }),
    archive: { changed, byAuthors: arxivApi(arxiv).byAuthors },
    catalogues: [
      reached(config.ARXIV_API_URL, arxivCatalogue(arxivApi({ ...arxiv, tries: TRIES_WHILE_WAITING }))),
      reached(config.BIORXIV_API_URL, catalogueOf({ name: 'bioRxiv', kinds: ['doi:'], ...preprints })),
      reached(config.CROSSREF_API_URL, catalogueOf({ name: 'Crossref', kinds: ['doi:'], ...deposits })),
      reached(
        config.OPENALEX_API_URL,
        catalogueOf({ name: 'OpenAlex', kinds: ['doi:', 'openalex:'], ...works, recommender: works.people }),
      ),
      reached(config.SEMANTIC_SCHOLAR_API_URL, catalogueOf({ name: 'Semantic Scholar', kinds: ['s2:'], ...scholar })),
    ],
    enrichers: [works, scholar, daily, deposits, preprints].map(({ enricher }) => enricher),
  }
}
