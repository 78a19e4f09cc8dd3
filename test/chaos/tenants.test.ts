// Whatever few workspaces ask in whatever order, none sees anything of another.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '#bench/corpus.ts'
import { runTenancy } from '#chaos/tenancy.ts'

test('nothing of one workspace is seen in another, and erasing one leaves the others as they were', async () => {
  const order = fc.record({ workspaces: fc.integer({ min: 2, max: 5 }), seed: fc.nat() })
  await fc.assert(
    fc.asyncProperty(order, async ({ workspaces, seed }) => {
      const { leaks, posted } = await runTenancy({ workspaces, commands: 250, random: seededRandom(seed) })
      expect(leaks).toEqual([])
      expect(posted).toBeGreaterThan(0)
    }),
    { numRuns: 4 },
  )
}, 60_000)
