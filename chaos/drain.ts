// 500 SIGTERMs at random moments: each process is out within ten seconds, and what it posted is not posted again.
import type { Extent, Found } from './found.ts'
import { live } from './lives.ts'

export function run(extent: Extent): Promise<Found> {
  return live(extent, { times: { full: 500, short: 12 }, told: 1 })
}
