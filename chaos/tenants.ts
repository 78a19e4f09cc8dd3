// 50,000 commands from ten workspaces in random order, with alerts, digests, completion and exports between them: none sees a
// word or a row of another, and erasing one leaves the others as they were.
import { seededRandom } from '#bench/corpus.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { runTenancy } from './tenancy.ts'

const WORKSPACES = 10

export async function run(extent: Extent): Promise<Found> {
  const commands = timesOf(extent, { full: 50_000, short: 3000 })
  const { answered, posted, leaks } = await runTenancy({ workspaces: WORKSPACES, commands, random: seededRandom(extent.seed) })
  return {
    tried: answered,
    lost: 0,
    twice: 0,
    corrupt: leaks.length,
    notes: [`${posted} messages were posted meanwhile.`],
    wrong: leaks.slice(0, 10),
  }
}
