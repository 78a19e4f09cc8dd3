// Reads what the store knows into figures: one question after the other, once for all who look meanwhile, and in time.
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { Gauge, type Registry } from 'prom-client'

/** Milliseconds for which whoever looks waits for the store: Prometheus gives up after ten seconds. */
const PATIENCE_MS = 4000

export type Define = (name: string, help: string, labelNames?: readonly string[]) => Gauge
/** Sets figures to what is now. */
export type Look = () => Promise<void>

export interface Reading {
  /** A figure that looks set. */
  readonly define: Define
  /** Looks at everything anew. Never rejects; what was not told before the deadline, or not at all, has no value. */
  read(looks: readonly Look[]): Promise<void>
}

export function createReading(registry: Registry, deadline = () => AbortSignal.timeout(PATIENCE_MS)): Reading {
  const gauges: Gauge[] = []
  let underWay: Promise<void> | undefined

  async function lookAll(looks: readonly Look[]): Promise<void> {
    gauges.forEach(clear)
    for (const look of looks) {
      // A store in a file answers without a pause: others have their turn in between.
      await setImmediate()
      try {
        await look()
      } catch {
        // That the store does not answer is a figure of its own.
      }
    }
    underWay = undefined
  }

  return {
    define(name, help, labelNames = []) {
      const gauge = new Gauge({ name, help, labelNames, registers: [registry] })
      gauges.push(gauge)
      return gauge
    },
    async read(looks) {
      underWay ??= lookAll(looks)
      const over = deadline()
      if (!over.aborted) await Promise.race([underWay, once(over, 'abort')])
    },
  }
}

/** Without labels, reset() would leave a 0. */
function clear(gauge: Gauge): void {
  gauge.reset()
  gauge.remove({})
}
