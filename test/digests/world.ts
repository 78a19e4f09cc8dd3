// What a tick works with in tests: a store, a clock that is moved by hand, a recording platform and a feed of one's own.
import { createTemplates } from '#adapters/templates.ts'
import type { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { Store } from '#core/ports/store.ts'
import type { TickDependencies } from '#digests/tick.ts'
import { recordingPlatform } from './recording-platform.ts'

const quiet = () => undefined

/** It is Monday, 16 November 2026, 10:00 in Berlin. */
export function aWorld(store: Store, finds = true) {
  let instant = Temporal.Instant.from('2026-11-16T09:00:00Z')
  const platform = recordingPlatform(finds)
  const warnings: string[] = []
  const feeds = new Map<string, readonly PaperRecord[] | SourceError>()
  const dependencies: TickDependencies = {
    store,
    templates: createTemplates({ alone: true }),
    platforms: [platform],
    source: { name: 'arxiv-rss', read: async (feed) => batchOf(feeds.get(feed) ?? []) },
    feedSource: { name: 'feed', read: async (feed) => batchOf(feeds.get(feed) ?? []) },
    categories: [],
    clock: { now: () => instant },
    log: { debug: quiet, info: quiet, warn: (message) => warnings.push(message), error: (message) => warnings.push(message) },
  }
  return {
    store,
    platform,
    warnings,
    feeds,
    dependencies,
    now: () => instant.toString(),
    pass: (time: Temporal.DurationLike) => {
      instant = instant.add(time)
      return instant
    },
  }
}

function batchOf(records: readonly PaperRecord[] | SourceError): FeedBatch {
  if (records instanceof Error) throw records
  return {
    kind: 'records',
    records,
    skipped: [],
    digest: JSON.stringify(records.map(({ ids }) => ids)),
    contents: records.map(({ title }) => title),
  }
}
