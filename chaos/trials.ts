// A thread's trials: scenario after scenario, and each of the moments kept of it, until it has tried as often as it is to.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Death, deathsIn, playedOn, type Shares } from './deaths.ts'
import type { Found } from './found.ts'
import { aScenario } from './scenario.ts'
import type { Share } from './threads.ts'
import { inFolder } from './world.ts'

/** More than a scenario has moments. */
const SEEDS = 10_000

export interface Trial {
  readonly shares: Shares
  readonly boot: 'first' | 'second'
  /** What happens to the database between the two processes. */
  change(death: Death, seed: number): void
}

export function tried({ firstSeed, step, tries }: Share, { shares, boot, change }: Trial): Promise<Found> {
  const found = { tried: 0, lost: 0, twice: 0, corrupt: 0, wrong: [] as string[] }
  return inFolder(async (folder) => {
    for (let seed = firstSeed; found.tried < tries; seed += step) {
      const scenario = aScenario(seed)
      const here = join(folder, `${seed}`)
      mkdirSync(here)
      for (const [at, death] of (await deathsIn(scenario, seed, here, shares)).entries()) {
        if (found.tried === tries) break
        const own = seed * SEEDS + at
        change(death, own)
        const { lost, twice, which, isSound } = await playedOn(scenario, death, { seed: own, boot })
        found.tried++
        found.lost += lost
        found.twice += twice
        found.corrupt += isSound ? 0 : 1
        found.wrong.push(...which.map((one) => `scenario ${seed}, death ${at}: ${one}`))
      }
      rmSync(here, { recursive: true })
    }
    return found
  }, 'memory')
}
