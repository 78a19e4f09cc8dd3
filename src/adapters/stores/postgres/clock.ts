// The time by the database's server: all processes on one database go by it, whatever the clocks of their machines say. Each
// measures how far its own machine is off, at first and every half minute, and corrects by that.
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'
import { connected, nameOf } from './open.ts'

/** An answer that takes longer tells nothing, and one that is lost on its way is not waited for. */
const NOW = { text: 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now', query_timeout: 10_000 }
/** The quickest answer tells best: the server looked at its clock at some moment between question and answer. */
const ASKED = 3
/** Milliseconds that cannot be told from the way there and back, and that nobody corrects. */
const TOLERATED_MS = 250
const TOLD_MS = 2000
const MEASURED_EVERY_MS = 30_000

export interface ServerClock extends Clock {
  stop(): void
}

export interface ServerClockOptions {
  /** That of the machine. */
  readonly machine: Clock
  readonly log: Log
}

/** Milliseconds by which the server's clock is ahead of the machine's. Rejects with ConfigError or StoreError. */
export function serverAhead(url: string, machine: Clock): Promise<number> {
  return connected(url, nameOf(url), async (client) => {
    let quickest = { took: Number.POSITIVE_INFINITY, ahead: 0 }
    for (let asked = 0; asked < ASKED; asked++) {
      const before = machine.now().epochMilliseconds
      const { rows } = await client.query(NOW)
      const took = machine.now().epochMilliseconds - before
      if (took < quickest.took) quickest = { took, ahead: Math.round(rows[0].now - before - took / 2) }
    }
    return quickest.ahead
  })
}

/** Measured once; while the server is away later, what was measured last counts. Rejects with ConfigError or StoreError. */
export async function createServerClock(url: string, { machine, log }: ServerClockOptions): Promise<ServerClock> {
  let ahead = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function measure(): Promise<void> {
    const found = await serverAhead(url, machine)
    if (Math.abs(found - ahead) <= TOLERATED_MS) return
    ahead = found
    if (Math.abs(ahead) < TOLD_MS) return
    log.warn('the clock of this machine is wrong, or that of the database, which counts', { secondsAhead: -ahead / 1000 })
  }

  function measureLater(): void {
    if (isStopped) return
    timer = setTimeout(() => measure().catch(unmeasured).finally(measureLater), MEASURED_EVERY_MS).unref()
  }

  function unmeasured(error: unknown): void {
    log.debug('the clock of the database could not be asked', { error })
  }

  await measure()
  measureLater()
  return {
    now: () => machine.now().add({ milliseconds: ahead }),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
