// What a tick works with: store and templates, the platforms it posts to, arXiv's announcements and archive, and followed
// feeds; and what enrichment beside it works with.
import { setImmediate as turn } from 'node:timers/promises'
import type { Platform } from '#core/ports/platform.ts'
import type { EnrichDependencies } from '#digests/enrich.ts'
import type { TickDependencies } from '#digests/tick.ts'
import type { App } from './app.ts'

export async function tickDependencies(
  app: App,
  platforms: readonly Platform[],
  signal?: AbortSignal,
): Promise<TickDependencies> {
  const { config, store, templates, clock, log, duties } = app
  const { announcements, archive } = await app.sources()
  return {
    store,
    templates,
    platforms,
    clock,
    log,
    duties,
    source: announcements,
    archive,
    feedSource: app.feeds,
    categories: config.WATCH_CATEGORIES,
    retentionDays: config.RETENTION_DAYS,
    turn,
    ...(signal ? { signal } : {}),
  }
}

export async function enrichDependencies(app: App, signal: AbortSignal): Promise<EnrichDependencies> {
  const { store, clock, log } = app
  const { enrichers } = await app.sources()
  return { store, clock, log, enrichers, signal, turn }
}
