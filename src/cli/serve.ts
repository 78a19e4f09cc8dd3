// `paperboy serve`: health first, then platforms and scheduler, until a signal ends it.
import { once } from 'node:events'
import { type Config, processEnvironment, readConfig } from '#config'
import { ConfigError } from '#core/errors.ts'
import type { ChatHandlers, ChatPlatform } from '#core/ports/platform.ts'
import { type EnrichBounds, enrich } from '#digests/enrich.ts'
import { type OutboxTiming, outboxTiming } from '#digests/outbox.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { startScheduler } from '#digests/scheduler.ts'
import { createPosting } from '#digests/test-post.ts'
import { FEEDS, tick } from '#digests/tick.ts'
import { type App, openApp } from './app.ts'
import { createChatHandlers } from './chat-handlers.ts'
import { startHealth } from './health.ts'
import { createMetrics } from './metrics.ts'
import { hasPlatform, openPlatforms } from './platforms.ts'
import { createReadiness } from './readiness.ts'
import { untilSignal } from './stopping.ts'
import { enrichDependencies, tickDependencies } from './tick-dependencies.ts'

/** So often it is asked whether papers changed: one small question to the store. */
const CATCH_UP_MS = 5000
/** Each minute, of each source: polite, and enough for ten thousands of papers a day. */
const ENRICHED: EnrichBounds = { batches: 20, papers: 1000, longest: { seconds: 50 } }

/** Serves until SIGTERM or SIGINT; what is under way is finished first. The exit code is 0. */
export async function serveCall(timing: OutboxTiming = outboxTiming): Promise<number> {
  const signal = untilSignal()
  requirePlatform(readConfig(processEnvironment()))
  await using app = await openApp({ posts: true })
  const { clock, log, store } = app
  const platforms = await openPlatforms(app.config, { store, now: () => clock.now(), log })
  await serve(app, platforms, signal, timing)
  return 0
}

function requirePlatform(config: Config): void {
  if (hasPlatform(config)) return
  throw new ConfigError('No chat platform is configured, so there is nothing to serve.', {
    hint: 'Set SLACK_BOT_TOKEN, SLACK_CLIENT_ID or DISCORD_TOKEN and what belongs to it (.env.example lists it), or type: paperboy chat',
  })
}

/** Runs platforms, scheduler and health until `signal` aborts; rejects, with everything stopped, where a platform refuses the bot. */
export async function serve(
  app: App,
  platforms: readonly ChatPlatform[],
  signal: AbortSignal,
  timing: OutboxTiming,
): Promise<void> {
  const { config, log, store } = app
  await using running = new AsyncDisposableStack()
  const readiness = createReadiness(store, platforms)
  const metrics = createMetrics({
    ...app,
    platforms,
    enrichers: async () => (await app.sources()).enrichers,
    isReady: async () => (await readiness.obstacle()) === undefined,
  })
  const health = await startHealth({ host: config.HOST, port: config.PORT, readiness, metrics })
  running.defer(() => health.close())
  const posting = createPosting({ ...app, platforms, timing })
  const handlers = metrics.work.answering(createChatHandlers(app, posting, signal))
  // Side by side: a pass may last until the end, and nobody is let in meanwhile whose answer would be cut off then.
  const stops: (() => Promise<void>)[] = []
  running.defer(async () => {
    await Promise.all(stops.map((stop) => stop()))
  })
  for (const platform of platforms) {
    const isStarted = await started(platform, handlers, signal)
    stops.push(() => platform.stop())
    if (!isStarted) return
  }
  const life = await app.life()
  if (life !== undefined) await doubtAfterPowerLoss(store, life, app.clock.now(), log)
  const dependencies = { ...(await tickDependencies(app, platforms, signal)), timing }
  const enriching = await enrichDependencies(app, signal)
  const scheduler = startScheduler({
    cron: config.WATCH_CRON,
    clock: app.clock,
    log,
    async tick(now, pass) {
      const report = await metrics.work.tick(pass, () =>
        tick(dependencies, now, { watch: pass.watch || app.duties.isMissed(FEEDS) }),
      )
      // Nobody waits for it but searches, which go on meanwhile; the next pass comes back to what it could not do.
      app.index.catchUp().catch((error) => log.warn('the paper index is behind', { error }))
      return report
    },
    beside: () => app.duties.take('enrichment', (over) => enrich({ ...enriching, signal: over }, ENRICHED), { signal }),
  })
  stops.push(() => scheduler.stop())
  running.defer(keepCaughtUp(app))
  readiness.started()
  log.info('ready', { platforms: platforms.map(({ name }) => name), port: health.port })
  if (!signal.aborted) await once(signal, 'abort')
  readiness.stopping()
  log.info('stopping')
}

/** What other processes bring can be searched within seconds. Answers what ends it. */
function keepCaughtUp({ index, log }: App): () => void {
  let isUnderWay = false
  const timer = setInterval(async () => {
    if (isUnderWay) return
    isUnderWay = true
    await index.catchUp().catch((error) => log.warn('the paper index is behind', { error }))
    isUnderWay = false
  }, CATCH_UP_MS)
  return () => clearInterval(timer)
}

/** False where `signal` aborts first, as it may while a platform is away. */
async function started(platform: ChatPlatform, handlers: ChatHandlers, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController()
  try {
    const aborted = signal.aborted ? undefined : once(signal, 'abort', { signal: over.signal })
    await Promise.race([platform.start(handlers), aborted])
  } finally {
    over.abort()
  }
  return !signal.aborted
}
