// What is read at each look: whether people are answered, the ledger, papers and feeds in the store, what waits to be enriched,
// and how far the index lags.
import { Gauge, type Registry } from 'prom-client'
import type { Clock } from '#core/ports/clock.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { FOLLOWED_AUTHORS } from '#digests/followed-authors.ts'

const UNSETTLED = ['pending', 'sending', 'uncertain'] as const
const FEED_STATES = ['fresh', 'waiting', 'quiet', 'stalled', 'failed', 'gone'] as const

export interface StoreFigures {
  readonly store: Store
  readonly index: Pick<PaperIndex, 'isCaughtUp'>
  readonly platforms: readonly Pick<ChatPlatform, 'name' | 'isAnswering'>[]
  readonly enrichers: () => Promise<readonly Pick<Enricher, 'name'>[]>
  /** Whether people are answered. */
  readonly isReady: () => Promise<boolean>
  readonly clock: Clock
}

type Define = (name: string, help: string, labelNames: readonly string[], collect: (gauge: Gauge) => Promise<void> | void) => void

export function addStoreFigures(registry: Registry, figures: StoreFigures): void {
  const define: Define = (name, help, labelNames, collect) => {
    const gauge: Gauge = new Gauge({ name, help, labelNames, registers: [registry], collect: () => collect(gauge) })
  }
  addAnswering(define, figures)
  addDeliveries(define, figures)
  addPapers(define, figures)
  addFeeds(define, figures)
  addEnrichment(define, figures)
}

function addAnswering(define: Define, { platforms, isReady }: StoreFigures): void {
  define('paperboy_ready', '1 while people are answered, as /readyz says', [], async (ready) =>
    ready.set(Number(await isReady())),
  )
  define('paperboy_platform_up', '1 while what people ask there arrives', ['platform'], (up) => {
    for (const platform of platforms) up.set({ platform: platform.name }, Number(platform.isAnswering()))
  })
}

function addDeliveries(define: Define, { store: { ledger }, clock }: StoreFigures): void {
  define('paperboy_deliveries', 'Deliveries in the ledger', ['state'], async (deliveries) => {
    for (const [state, count] of Object.entries(await ledger.counts())) deliveries.set({ state }, count)
  })
  const oldest = 'Age of the oldest delivery that is not over, since it was recorded'
  define('paperboy_delivery_oldest_seconds', oldest, ['state'], async (age) => {
    const waiting = await ledger.waiting()
    for (const state of UNSETTLED) age.set({ state }, secondsSince(waiting[state]?.recordedAt, clock.now()))
  })
  const overdue = 'For how long the delivery that waits longest could have been tried'
  define('paperboy_delivery_overdue_seconds', overdue, ['state'], async (late) => {
    const waiting = await ledger.waiting()
    for (const state of UNSETTLED) late.set({ state }, secondsSince(waiting[state]?.dueAt, clock.now()))
  })
}

function addPapers(define: Define, { store, index, clock }: StoreFigures): void {
  define('paperboy_papers', 'Papers in the store', [], async (papers) => papers.set(await store.papers.count()))
  define('paperboy_store_has_room', '0 while the disk is full, and nothing is read or matched', [], async (room) =>
    room.set(Number(await store.hasRoom())),
  )
  let caughtUpAt = clock.now()
  const lag = 'For how long the search index has lacked what is in the store, as far as was seen; 0 while it has all of it'
  define('paperboy_index_lag_seconds', lag, [], async (seconds) => {
    const now = clock.now()
    if (await index.isCaughtUp()) caughtUpAt = now
    seconds.set(now.since(caughtUpAt).total('seconds'))
  })
}

/** Categories by their names, feeds that people follow by their addresses. */
function addFeeds(define: Define, { store }: StoreFigures): void {
  define(
    'paperboy_feeds',
    'arXiv categories and followed feeds by how reading them went last',
    ['kind', 'state'],
    async (feeds) => {
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
  )
}

function addEnrichment(define: Define, { store: { enrichments }, enrichers, clock }: StoreFigures): void {
  define('paperboy_enrichment_waiting', 'Papers that the source is to be asked about now', ['source'], async (waiting) => {
    for (const { name } of await enrichers()) {
      waiting.set({ source: name }, await enrichments.waiting(name, clock.now().toString()))
    }
  })
  define('paperboy_enrichment_failures', 'How often in a row the source failed', ['source'], async (failures) => {
    for (const { name } of await enrichers()) failures.set({ source: name }, (await enrichments.state(name))?.failures ?? 0)
  })
}

function labelOf({ state, gone }: FeedState): (typeof FEED_STATES)[number] {
  return gone === undefined ? state : 'gone'
}

/** 0 for what is not there or lies ahead. */
function secondsSince(instant: string | undefined, now: Temporal.Instant): number {
  return instant === undefined ? 0 : Math.max(0, now.since(instant).total('seconds'))
}
