// One thread of crash-points.ts: plays scenarios, keeps the database of some of its moments, and plays on from every one.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { seededRandom } from '#bench/corpus.ts'
import { setUp } from './channels.ts'
import type { Found } from './found.ts'
import { finish, isSound, judge, play } from './play.ts'
import { type Accepted, acceptedOf, rememberingPlatform } from './remembering-platform.ts'
import { aScenario, BEGINNING, type Scenario } from './scenario.ts'
import { onStatements } from './statements.ts'
import { answer, type Share } from './threads.ts'
import { handClock, inFolder } from './world.ts'

const FAULTS = 0.15
/** How many of a scenario's moments are tried: some eighty, of which it has two thousand, nearly all of them statements. */
const SHARES = { statement: 0.01, commit: 0.3, call: 0.6 }

/** The process died here: its database, what the platform had accepted by then, and where it was in the scenario. */
interface Death {
  readonly path: string
  readonly accepted: readonly Accepted[]
  readonly now: Temporal.Instant
  readonly step: number
}

await answer((share) => inFolder((folder) => tried(share, folder), 'memory'))

async function tried({ firstSeed, step, tries }: Share, folder: string): Promise<Found> {
  const found = { tried: 0, lost: 0, twice: 0, corrupt: 0, wrong: [] as string[] }
  for (let seed = firstSeed; found.tried < tries; seed += step) {
    const scenario = aScenario(seed)
    const here = join(folder, `${seed}`)
    mkdirSync(here)
    for (const [at, death] of (await deaths(scenario, seed, here)).entries()) {
      if (found.tried === tries) break
      const { lost, twice, which, sound } = await playedOn(scenario, death, seed * 1000 + at)
      found.tried++
      found.lost += lost
      found.twice += twice
      found.corrupt += sound ? 0 : 1
      found.wrong.push(...which.map((one) => `scenario ${seed}, death ${at}: ${one}`))
    }
    rmSync(here, { recursive: true })
  }
  return found
}

/** Plays the whole scenario once; answers some of the moments at which it might have ended. */
async function deaths(scenario: Scenario, seed: number, folder: string): Promise<Death[]> {
  const random = seededRandom(seed)
  const found: Death[] = []
  const path = join(folder, 'paperboy.db')
  const store = await openSqliteStore(path)
  const clock = handClock(BEGINNING)
  let step = 0
  const platform = rememberingPlatform({ random, faults: FAULTS, onCall: () => dieAt('call') })
  await setUp(store, scenario.channels, BEGINNING)
  onStatements(dieAt)
  try {
    await play(scenario, { store, clock, platform }, 0, (at) => {
      step = at
    })
  } finally {
    onStatements(undefined)
    await store.close()
  }
  return found

  function dieAt(moment: keyof typeof SHARES): void {
    if (random() > SHARES[moment]) return
    const copy = join(folder, `${found.length}.db`)
    for (const ending of ['', '-wal', '-shm']) if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending)
    // What is on its way may arrive all the same.
    const arriving = [...platform.underway].filter(() => random() < 0.5).map(acceptedOf)
    found.push({ path: copy, accepted: [...platform.accepted, ...arriving], now: clock.now(), step })
  }
}

/** What another process makes of the rest, ten minutes later. */
async function playedOn(scenario: Scenario, { path, accepted, now, step }: Death, seed: number) {
  const store = await openSqliteStore(path)
  const clock = handClock(now.add({ minutes: 10 }).toString())
  const platform = rememberingPlatform({ random: seededRandom(seed), faults: FAULTS, accepted })
  await play(scenario, { store, clock, platform }, step)
  await finish(scenario, { store, clock, platform })
  await store.close()
  return { ...judge(platform.accepted, scenario.expected), sound: isSound(path) }
}
