// Wakes the process: by a cron expression to look at the feeds, and each minute for everything else. What is due then comes
// from the store alone. What nobody waits for runs beside.
import { schedule, validate } from 'node-cron'
import { ConfigError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'

/** Digests come at their minute, and what was put off is not put off for long. */
const EACH_MINUTE = '* * * * *'

export interface Scheduler {
  /** No more passes begin; resolves once those under way are over. */
  stop(): Promise<void>
}

export interface SchedulerOptions {
  /** When the feeds are looked at. */
  readonly cron: string
  readonly clock: Clock
  readonly log: Log
  readonly tick: (now: Temporal.Instant, pass: { readonly watch: boolean }) => Promise<unknown>
  /** Begins as a pass ends, and goes on beside the next ones; where it still goes on then, it does not begin again. */
  readonly beside?: () => Promise<unknown>
}

/**
 * Runs a pass with a look at the feeds at once, for what was missed while the process was down; then such passes by `cron`,
 * and others each minute. Passes never overlap: a wake-up during one is left out, and the next finds what it would have
 * found; but a look at the feeds that a pass without one is in the way of follows it at once. Throws ConfigError where `cron`
 * is no expression.
 */
export function startScheduler({ cron, clock, log, tick, beside }: SchedulerOptions): Scheduler {
  if (!validate(cron)) {
    throw new ConfigError(`WATCH_CRON is ${JSON.stringify(cron)}, which is no cron expression.`, {
      hint: 'Five fields, for instance */20 * * * * for every twenty minutes.',
    })
  }
  let running: { readonly watch: boolean; readonly over: Promise<void> } | undefined
  let runningBeside: Promise<void> | undefined
  /** A look at the feeds came up during a pass without one. */
  let isWatchDue = false
  let stopped = false

  async function run(watch: boolean): Promise<void> {
    try {
      const report = await tick(clock.now(), { watch })
      log[watch ? 'info' : 'debug']('tick', { report })
    } catch (error) {
      log.error('tick failed', { error })
    }
    running = undefined
    if (beside && !stopped) runningBeside ??= runBeside(beside)
    if (isWatchDue) wake(true)
  }
  async function runBeside(run: () => Promise<unknown>): Promise<void> {
    try {
      await run()
    } catch (error) {
      log.error('what runs beside the ticks failed', { error })
    }
    runningBeside = undefined
  }
  function wake(watch: boolean): void {
    if (stopped) return
    if (watch) isWatchDue = running?.watch === false
    running ??= { watch, over: run(watch) }
  }

  const options = { timezone: 'UTC', noOverlap: true, suppressMissedWarning: true }
  const tasks = [schedule(cron, () => wake(true), options), schedule(EACH_MINUTE, () => wake(false), options)]
  wake(true)
  return {
    async stop() {
      stopped = true
      await Promise.all(tasks.map((task) => task.destroy()))
      await Promise.all([running?.over, runningBeside])
    },
  }
}
