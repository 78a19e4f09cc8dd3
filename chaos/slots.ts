// Ten years of twenty schedules in fifty zones: each slot is there once and at the right instant, whatever the clocks of the
// zone do; ticks come late, in leaps and after the machine's own clock was set back, and each slot is recorded once. Some of
// it goes through real passes over a store.
import { type Extent, type Found, timesOf } from './found.ts'
import { inThreads } from './threads.ts'
import { ZONES } from './zones.ts'

export function run(extent: Extent): Promise<Found> {
  return inThreads(new URL('./slots-thread.ts', import.meta.url), {
    seed: extent.seed,
    tries: timesOf(extent, { full: ZONES.length, short: 2 }),
  })
}
