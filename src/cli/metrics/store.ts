// What is looked at each time: whether people are answered, the ledger, papers and feeds in the store, what waits to be enriched,
// and how far the index lags.
import { setImmediate } from 'node:timers/promises'
import { Gauge, type Registry } from 'prom-client'
import type { Clock } from '#core/ports/clock.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { FOLLOWED_AUTHORS } from '#digests/followed-authors.ts'
import { createReading, type Define, type Look } from './reading.ts'

const UNSETTLED = ['pending', 'sending', 'uncertain'] as const
const FEED_STATES = ['fresh', 'waiting', 'quiet', 'stalled', 'failed', 'gone'] as const

export interface StoreFigures {
  readonly store: Store
  readonly index: Pick<PaperIndex, 'isCaughtUp'>
  readonly platforms: readonly Pick<ChatPlatform, 'name' | 'isAnswering' | 'connections'>[]
  readonly enrichers: () => Promise<readonly Pick<Enricher, 'name'>[]>
  /** Whether people are answered. */
  readonly isReady: () => Promise<boolean>
  readonly clock: Clock
  /** Until when the store is waited for; a few seconds otherwise. */
  readonly deadline?: () => AbortSignal
}

/** Answers what reads the store's figures anew, as Reading.read says. */
export function addStoreFigures(registry: Registry, figures: StoreFigures): () => Promise<void> {
  addAnswering(registry, figures)
  const { define, read } = createReading(registry, figures.deadline)
  const looks = [addDeliveries, addPapers, addFeeds, addEnrichment].flatMap((add) => add(define, figures))
  return () => read(looks)
}

/** Told also while the store is away. */
function addAnswering(registry: Registry, { platforms, isReady }: StoreFigures): void {
  const registers = [registry]
  new Gauge({
    name: 'paperboy_ready',
    help: '1 while people are answered, as /readyz says',
    registers,
    async collect() {
      this.set(Number(await isReady()))
    },
  })
  new Gauge({
    name: 'paperboy_platform_up',
    help: '1 while what people ask there arrives',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const platform of platforms) this.set({ platform: platform.name }, Number(platform.isAnswering()))
    },
  })
  new Gauge({
    name: 'paperboy_connections',
    help: 'Connections that bring what people ask: all there are to be, held by this process, and open',
    labelNames: ['platform', 'state'],
    registers,
    collect() {
      for (const { name: platform, connections } of platforms) {
        for (const [state, count] of Object.entries(connections())) this.set({ platform, state }, count)
      }
    },
  })
}

function addDeliveries(define: Define, { store: { ledger }, clock }: StoreFigures): Look[] {
  const deliveries = define('paperboy_deliveries', 'Deliveries in the ledger', ['state'])
  const oldest = 'Age of the oldest delivery that is not over, since it was recorded'
  const age = define('paperboy_delivery_oldest_seconds', oldest, ['state'])
  const overdue = 'For how long the delivery that waits longest could have been tried'
  const late = define('paperboy_delivery_overdue_seconds', overdue, ['state'])
  return [
    async () => {
      for (const [state, count] of Object.entries(await ledger.counts())) deliveries.set({ state }, count)
    },
    async () => {
      const waiting = await ledger.waiting()
      for (const state of UNSETTLED) {
        age.set({ state }, secondsSince(waiting[state]?.recordedAt, clock.now()))
        late.set({ state }, secondsSince(waiting[state]?.dueAt, clock.now()))
      }
    },
  ]
}

function addPapers(define: Define, { store, index, clock }: StoreFigures): Look[] {
  const papers = define('paperboy_papers', 'Papers in the store')
  const room = define('paperboy_store_has_room', '0 while the disk is full, and nothing is read or matched')
  const lag = 'For how long the search index has lacked what is in the store, as far as was seen; 0 while it has all of it'
  const seconds = define('paperboy_index_lag_seconds', lag)
  let caughtUpAt = clock.now()
  return [
    async () => papers.set(await store.papers.count()),
    async () => room.set(Number(await store.hasRoom())),
    async () => {
      const now = clock.now()
      if (await index.isCaughtUp()) caughtUpAt = now
      seconds.set(now.since(caughtUpAt).total('seconds'))
    },
  ]
}

/** Categories by their names, feeds that people follow by their addresses. */
function addFeeds(define: Define, { store }: StoreFigures): Look[] {
  const feeds = define('paperboy_feeds', 'arXiv categories and followed feeds by how reading them went last', ['kind', 'state'])
  return [
    async () => {
      const all = await store.feeds.all()
      const kinds = Map.groupBy(all, ({ feed }) => {
        return feed === FOLLOWED_AUTHORS ? 'authors' : feed.includes('://') ? 'feed' : 'category'
      })
      for (const kind of ['category', 'feed'] as const) {
        for (const state of FEED_STATES) {
          feeds.set({ kind, state }, kinds.get(kind)?.filter((one) => labelOf(one) === state).length ?? 0)
        }
      }
    },
  ]
}

function addEnrichment(define: Define, { store: { enrichments }, enrichers, clock }: StoreFigures): Look[] {
  const waiting = define('paperboy_enrichment_waiting', 'Papers that the source is to be asked about now', ['source'])
  const failures = define('paperboy_enrichment_failures', 'How often in a row the source failed', ['source'])
  return [
    async () => {
      for (const { name: source } of await enrichers()) {
        await setImmediate()
        failures.set({ source }, (await enrichments.state(source))?.failures ?? 0)
        waiting.set({ source }, await enrichments.waiting(source, clock.now().toString()))
      }
    },
  ]
}

function labelOf({ state, gone }: FeedState): (typeof FEED_STATES)[number] {
  return gone === undefined ? state : 'gone'
}

/** 0 for what is not there or lies ahead. */
function secondsSince(instant: string | undefined, now: Temporal.Instant): number {
  return instant === undefined ? 0 : Math.max(0, now.since(instant).total('seconds'))
}
