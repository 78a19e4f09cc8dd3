// 10,000 power losses that take back what was committed last, whatever the disk had promised: the database's log is cut, zeroed
// or garbled anywhere, and the next process, which knows by the machine that it has started anew, plays on.
import { type Extent, type Found, timesOf } from './found.ts'
import { inThreads } from './threads.ts'

export function run(extent: Extent): Promise<Found> {
  return inThreads(new URL('./torn-logs-thread.ts', import.meta.url), {
    seed: extent.seed,
    tries: timesOf(extent, { full: 10_000, short: 200 }),
  })
}
