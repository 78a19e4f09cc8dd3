// The figures of /metrics. Labels are names that Paperboy itself has (states, commands, platforms, sources), so that there are
// as many of them for ten thousand workspaces as for one, and nobody's name, address or secret is among them.
import { collectDefaultMetrics, Registry } from 'prom-client'
import { addStoreFigures, type StoreFigures } from './metrics/store.ts'
import { createWork, type Work } from './metrics/work.ts'

export interface Metrics {
  /** For what happens from now on. */
  readonly work: Work
  readonly contentType: string
  /** All figures, in Prometheus's format. Never rejects: those that the store does not tell in time are left out. */
  text(): Promise<string>
}

/** Node's own figures are among them: memory, handles, and how long the event loop is held up. */
export function createMetrics(figures: StoreFigures): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const readStore = addStoreFigures(registry, figures)
  return {
    work: createWork(registry, figures.clock),
    contentType: registry.contentType,
    async text() {
      await readStore()
      return registry.metrics()
    },
  }
}
