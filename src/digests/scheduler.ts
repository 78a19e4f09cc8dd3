// Wakes the process at the times of a cron expression; what is due then comes from the store alone.
import { schedule, validate } from 'node-cron'
import { ConfigError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'

export interface Scheduler {
  /** No more passes begin; resolves once the one under way is over. */
  stop(): Promise<void>
}

export interface SchedulerOptions {
  readonly cron: string
  readonly clock: Clock
  readonly log: Log
  readonly tick: (now: Temporal.Instant) => Promise<unknown>
}

/**
 * Runs a pass at once, for what was missed while the process was down, and then by `cron`. Passes never overlap: a wake-up
 * during one is left out, and the next finds what it would have found. Throws ConfigError where `cron` is no expression.
 */
export function startScheduler({ cron, clock, log, tick }: SchedulerOptions): Scheduler {
  if (!validate(cron)) {
    throw new ConfigError(`WATCH_CRON is ${JSON.stringify(cron)}, which is no cron expression.`, {
      hint: 'Five fields, for instance */20 * * * * for every twenty minutes.',
    })
  }
  let running: Promise<void> | undefined
  let stopped = false

  async function run(): Promise<void> {
    try {
      log.info('tick', { report: await tick(clock.now()) })
    } catch (error) {
      log.error('tick failed', { error })
    } finally {
      running = undefined
    }
  }
  function wake(): void {
    if (!stopped) running ??= run()
  }

  const task = schedule(cron, wake, { timezone: 'UTC', noOverlap: true, suppressMissedWarning: true })
  wake()
  return {
    async stop() {
      stopped = true
      await task.destroy()
      await running
    },
  }
}
