// What other sources add to papers: when each answered last, how many papers wait for it, and what a key would change.
import type { Config } from '#config'
import { counted } from '#core/commands/blocks.ts'
import type { SourceName } from '#core/paper.ts'
import type { EnricherState } from '#core/ports/enrichment-store.ts'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'

interface Asked {
  readonly source: SourceName
  readonly about: string
  /** The variable that names where it is asked. */
  readonly address: keyof Config
  readonly key?: { readonly name: keyof Config; readonly without: string }
}

const SOURCES: readonly Asked[] = [
  {
    source: 'openalex',
    about: 'OpenAlex',
    address: 'OPENALEX_API_URL',
    key: {
      name: 'OPENALEX_API_KEY',
      without: 'Without OPENALEX_API_KEY, which is free, it is asked about one paper at a time instead of fifty.',
    },
  },
  {
    source: 'semantic-scholar',
    about: 'Semantic Scholar',
    address: 'SEMANTIC_SCHOLAR_API_URL',
    key: {
      name: 'SEMANTIC_SCHOLAR_API_KEY',
      without: 'Without SEMANTIC_SCHOLAR_API_KEY it is asked three times more slowly, and refuses when too many others ask.',
    },
  },
  { source: 'hugging-face', about: 'Hugging Face', address: 'HUGGING_FACE_API_URL' },
  { source: 'crossref', about: 'Crossref', address: 'CROSSREF_API_URL' },
  { source: 'biorxiv', about: 'bioRxiv', address: 'BIORXIV_API_URL' },
]
/** One failure is an accident. */
const FAILS = 2

/** Nothing where there is no store yet. A source that does not answer is a warning: all works without it. */
export async function checkEnrichment(config: Config, store: Store | undefined, now: Temporal.Instant): Promise<Check[]> {
  if (store === undefined) return []
  return Promise.all(
    SOURCES.map(async (asked) => {
      const [state, waiting] = [
        await store.enrichments.state(asked.source),
        await store.enrichments.waiting(asked.source, now.toString()),
      ]
      return check(asked, config, state, `${counted(waiting, 'paper waits', 'papers wait')}.`)
    }),
  )
}

function check({ about, address, key }: Asked, config: Config, state: EnricherState | undefined, waiting: string): Check {
  const answered = state?.answeredAt === undefined ? 'It has not answered yet' : `It last answered at ${minute(state.answeredAt)}`
  if (state !== undefined && state.failures >= FAILS) {
    const again = state.notBefore === undefined ? '' : ` It is asked again at ${minute(state.notBefore)}.`
    return {
      about,
      state: 'warning',
      found: `${state.error ?? 'It does not answer.'} ${answered}; ${waiting}`,
      mend: `Papers come without what it adds.${again} If it goes on, see whether this machine reaches what ${address} names.`,
    }
  }
  const mend = key !== undefined && config[key.name] === undefined ? { mend: key.without } : {}
  return { about, state: 'fine', found: `${answered}; ${waiting}`, ...mend }
}

/** `2026-11-25 14:05 UTC` */
function minute(instant: string): string {
  return `${Temporal.Instant.from(instant).toString({ smallestUnit: 'minute' }).replace('T', ' ').replace('Z', '')} UTC`
}
