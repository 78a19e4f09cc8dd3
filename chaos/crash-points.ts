// 10,000 moments at which the process dies: before and after statements, commits and calls of the platform the database is
// copied as it stands, and each copy is opened anew and played on: whatever is expected arrives, and arrives once.
import { type Extent, type Found, timesOf } from './found.ts'
import { inThreads } from './threads.ts'

export function run(extent: Extent): Promise<Found> {
  return inThreads(new URL('./crash-points-thread.ts', import.meta.url), {
    seed: extent.seed,
    tries: timesOf(extent, { full: 10_000, short: 300 }),
  })
}
