// Whether what is watched can be read: arXiv's announcements are asked for once; of categories and followed feeds it is known how
// they went.
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import { guardOf } from '#cli/guard.ts'
import type { Config } from '#config'
import { counted, enumerate } from '#core/commands/blocks.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { checkCoverage } from './coverage.ts'
import { failedCheck } from './failed-check.ts'

const WITHIN_MS = 8000
/** Named one by one; more are counted. */
const MOST_NAMED = 3
const LAST_POINT = /\.$/

/** A source that does not answer is a warning: what it has now is read later. */
export async function checkSources(config: Config, store: Store | undefined, now: Temporal.Instant): Promise<Check[]> {
  const targets = (await store?.subscriptions.all())?.map(({ target }) => target) ?? []
  const followed = targets.flatMap((target) => (target.kind === 'category' ? [target.category] : []))
  const categories = [...new Set([...config.WATCH_CATEGORIES, ...followed])]
  const feeds = new Set(targets.flatMap((target) => (target.kind === 'feed' ? [target.url] : [])))
  return [
    ...(await checkArxiv(config, categories)),
    ...(store === undefined ? [] : await checkCoverage(config.WATCH_CATEGORIES, store, now)),
    ...(feeds.size === 0 ? [] : [feedsInWords(feeds, (await store?.feeds.all()) ?? [])]),
  ]
}

async function checkArxiv(config: Config, categories: readonly string[]): Promise<Check[]> {
  const about = 'arXiv'
  const [category] = categories
  if (category === undefined) {
    const mend = 'To have new papers, set WATCH_CATEGORIES, for instance to cs.LG,stat.ML, or follow a category.'
    return [{ about, state: 'fine', found: 'No category is watched or followed, so nothing is read.', mend }]
  }
  const contact: Check[] =
    config.CONTACT_EMAIL === undefined
      ? [{ about, state: 'warning', found: 'It cannot write to you before it blocks you.', mend: 'Set CONTACT_EMAIL.' }]
      : []
  return [await checkFeed(config, category, categories.length), ...contact]
}

async function checkFeed(config: Config, category: string, watched: number): Promise<Check> {
  const http = createHttpClient({
    contact: config.CONTACT_EMAIL,
    elsewhere: guardOf(config),
    limits: { milliseconds: WITHIN_MS },
  })
  const about = 'arXiv'
  try {
    const { records } = await arxivRss({ baseUrl: config.ARXIV_RSS_URL, http }).read(category, {})
    const announced = `its last announcement of ${category} has ${counted(records.length, 'paper')}`
    return { about, state: 'fine', found: `It answers: ${announced}. ${counted(watched, 'category is', 'categories are')} read.` }
  } catch (error) {
    return failedCheck(about, error, 'warning')
  }
}

function feedsInWords(feeds: ReadonlySet<string>, states: readonly FeedState[]): Check {
  const about = 'feeds'
  const failing = states.filter(({ feed, state, gone }) => feeds.has(feed) && (state === 'failed' || gone !== undefined))
  const all = counted(feeds.size, 'feed is followed', 'feeds are followed')
  if (failing.length === 0) return { about, state: 'fine', found: `${all}; none failed when it was last read.` }
  const named = failing
    .slice(0, MOST_NAMED)
    .map(({ feed, error }) => (error === undefined ? feed : `${feed} (${withoutPoint(error)})`))
  const left = failing.length - named.length
  const failed = enumerate(left > 0 ? [...named, `${left} more`] : named)
  return {
    about,
    state: 'warning',
    found: `${all}; the last reading failed of ${failed}.`,
    mend: 'Open the address in a browser: where it is gone for good, unfollow it; otherwise it is read again by itself.',
  }
}

/** Of an error's sentence, to stand in brackets. */
function withoutPoint(error: string): string {
  return error.replace(LAST_POINT, '')
}
