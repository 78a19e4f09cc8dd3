// 300 real SIGKILLs, and some SIGTERMs, at random moments.
import type { Extent, Found } from './found.ts'
import { live } from './lives.ts'

export function run(extent: Extent): Promise<Found> {
  return live(extent, { times: { full: 300, short: 12 }, told: 0.1 })
}
