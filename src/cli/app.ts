// Puts Paperboy together for one call: config, store, index and, only once they are asked for, everything heavier.
import { fixedClock } from '#adapters/clock.ts'
import type { HttpClientOptions } from '#adapters/http/client.ts'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { type Config, processEnvironment, readConfig } from '#config'
import { createFinder, type Finder } from '#core/finder.ts'
import { createPapers, type Papers } from '#core/papers.ts'
import type { Citations } from '#core/ports/citations.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Digests } from '#core/ports/digests.ts'
import type { Duties } from '#core/ports/duties.ts'
import type { Feeds } from '#core/ports/feeds.ts'
import type { Log } from '#core/ports/log.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { FeedSource } from '#core/ports/source.ts'
import type { Store } from '#core/ports/store.ts'
import type { Templates } from '#core/ports/templates.ts'
import { guardOf } from './guard.ts'
import { lazyLog } from './lazy-log.ts'
import { hasPlatform } from './platforms.ts'
import { hider, secretsIn } from './secrets.ts'
import type { Sources } from './sources.ts'
import { type OpenedStore, openStore } from './store.ts'

export interface App extends AsyncDisposable {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly index: PaperIndex
  readonly papers: Papers
  readonly finder: Finder
  readonly templates: Templates
  readonly citations: Citations
  readonly digests: Digests
  readonly feeds: Feeds & FeedSource
  readonly life: OpenedStore['life']
  readonly duties: Duties
  /** The same each time: loaded with the first call. */
  sources(): Promise<Sources>
}

export interface AppOptions {
  /** Sets the clock; the machine's time otherwise, or that of the database's server. */
  readonly at?: Temporal.Instant
  /** Imports the bundled papers into an empty store, where no platform is configured. */
  readonly sample?: boolean
  /** The process answers once and ends. */
  readonly once?: boolean
  /** Nobody else waits for this process, even if it answers more than once. */
  readonly alone?: boolean
  /** What goes wrong is said in the answers: the log has what nobody foresaw alone, unless LOG_LEVEL is set. */
  readonly saysAll?: boolean
  /** It posts: room is kept for what becomes of it once the disk is full. */
  readonly posts?: boolean
  /** Told how many papers the index has taken in, while it catches up. */
  readonly indexing?: (papers: number) => void
}

/** Milliseconds for which a person waits for sources: after that, what is known here is the answer. */
const PATIENCE_MS = 8000

/** Opens everything, the index caught up. Rejects with ConfigError or StoreError; what was opened is closed then. */
export async function openApp({
  at,
  sample,
  once = false,
  alone = once,
  saysAll = false,
  posts = false,
  indexing,
}: AppOptions = {}): Promise<App> {
  const environment = processEnvironment()
  const config = readConfig(environment)
  const level = saysAll && !environment.LOG_LEVEL ? 'error' : config.LOG_LEVEL
  const log = lazyLog(level, hider(secretsIn(environment, config)))
  await using opened = new AsyncDisposableStack()
  const { store, indexPath, life, ...opening } = await openStore(config.DATABASE_URL, posts)
  opened.defer(() => store.close())
  const time = await opening.clock(log)
  const clock = at ? fixedClock(at) : time
  if (sample && !hasPlatform(config) && (await store.papers.count()) === 0) {
    const { importSample } = await import('#adapters/import/import.ts')
    await importSample(store, clock.now())
  }
  const index = opened.adopt(await openPaperIndex({ path: indexPath, store, log, once }), (opened) => opened.close())
  await index.catchUp(indexing)
  const papers = createPapers({ store, index, clock })
  const pace: Pace = { lanes: new Map(), turns: await opening.turns(log, time) }
  const sources = lazily(async () => (await import('./sources.ts')).createSources(config, pace))
  const closing = opened.move()
  return {
    config,
    clock,
    log,
    store,
    index,
    papers,
    finder: createFinder({
      papers,
      store,
      index,
      clock,
      log,
      catalogues: async () => (await sources()).catalogues,
      deadline: () => AbortSignal.timeout(PATIENCE_MS),
    }),
    templates: lazyTemplates(config.TEMPLATES_DIR, alone),
    citations: lazyCitations(),
    digests: lazyDigests(store),
    life,
    duties: await opening.duties(log, time),
    feeds: lazyFeeds(config, clock, pace),
    sources,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

function lazyTemplates(folder: string | undefined, alone: boolean): Templates {
  const load = lazily(async () =>
    (await import('#adapters/templates.ts')).createTemplates({ folders: folder === undefined ? [] : [folder], alone }),
  )
  return {
    digest: async (template, model) => (await load()).digest(template, model),
    alert: async (model) => (await load()).alert(model),
    hash: async (template) => (await load()).hash(template),
    names: async () => (await load()).names(),
  }
}

function lazyCitations(): Citations {
  const load = lazily(async () => (await import('#adapters/citations.ts')).createCitations())
  return { format: async (papers, as) => (await load()).format(papers, as) }
}

function lazyDigests(store: Store): Digests {
  const load = lazily(async () => (await import('#digests/digests.ts')).createDigests({ store }))
  return {
    next: async (schedule, after) => (await load()).next(schedule, after),
    preview: async (destination, now) => (await load()).preview(destination, now),
    catchUp: async (destination, since, now) => (await load()).catchUp(destination, since, now),
  }
}

type Pace = Pick<HttpClientOptions, 'lanes' | 'turns'>

/** One client for all addresses that people give. */
function lazyFeeds(config: Config, clock: Clock, pace: Pace): Feeds & FeedSource {
  const load = lazily(async () => {
    const [{ createHttpClient }, guard, { feedSource }] = await Promise.all([
      import('#adapters/http/client.ts'),
      guardOf(config)(),
      import('#adapters/sources/feed/feed.ts'),
    ])
    return feedSource({ http: createHttpClient({ contact: config.CONTACT_EMAIL, guard, ...pace }), clock })
  })
  return {
    name: 'feed',
    read: async (feed, known) => (await load()).read(feed, known),
    look: async (url) => (await load()).look(url),
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
