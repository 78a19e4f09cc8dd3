// What every program of chaos works in: a folder that goes afterwards, a clock that is moved by hand, and a tick's dependencies.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTemplates } from '#adapters/templates.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { Store } from '#core/ports/store.ts'
import type { TickDependencies } from '#digests/tick.ts'

const nothing: FeedBatch = { kind: 'records', records: [], skipped: [], digest: '' }
const templates = createTemplates({ alone: true })
const quiet = () => undefined
export const silent: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** Where files are kept in memory, if there is such a place: what is not about the disk need not wait for it. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Works in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>, on: 'disk' | 'memory' = 'disk'): Promise<T> {
  const folder = await mkdtemp(join(on === 'disk' ? tmpdir() : MEMORY, 'paperboy-chaos-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export interface HandClock extends Clock {
  /** Moves on, or back; answers what time it is then. */
  pass(time: Temporal.DurationLike): Temporal.Instant
}

export function handClock(from: string): HandClock {
  let instant = Temporal.Instant.from(from)
  return {
    now: () => instant,
    pass(time) {
      instant = instant.add(time)
      return instant
    },
  }
}

/** What a tick works with; without a source of its own, no feed brings anything. */
export function dependenciesOf(
  store: Store,
  clock: Clock,
  platform: Platform,
  more: Partial<TickDependencies> = {},
): TickDependencies {
  return {
    store,
    clock,
    platforms: [platform],
    templates,
    source: { name: 'arxiv-rss', read: async () => nothing },
    feedSource: { name: 'feed', read: async () => nothing },
    categories: [],
    log: silent,
    ...more,
  }
}
