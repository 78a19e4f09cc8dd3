// The sources of papers as people call them.
import type { SourceName } from '#core/paper.ts'

/** They go with `known from`. */
export const SOURCE_WORDS: Readonly<Record<SourceName, string>> = {
  'arxiv-api': 'arXiv’s API',
  'arxiv-oai': 'arXiv’s archive',
  'arxiv-rss': 'arXiv’s announcements',
  biorxiv: 'bioRxiv',
  crossref: 'Crossref',
  openalex: 'OpenAlex',
  'semantic-scholar': 'Semantic Scholar',
  'hugging-face': 'Hugging Face',
  ndjson: 'an import (NDJSON)',
  bibtex: 'an import (BibTeX)',
  feed: 'a feed',
  sample: 'the bundled papers',
}
