// Moments at which the process that plays a scenario may die: its database as it stands then, and what the platform has taken.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { seededRandom } from '#bench/corpus.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { setUp } from './channels.ts'
import { finish, isSound, judge, play, type Verdict } from './play.ts'
import { type Accepted, acceptedOf, rememberingPlatform } from './remembering-platform.ts'
import { BEGINNING, type Scenario } from './scenario.ts'
import { type Moment, onStatements } from './statements.ts'
import { handClock, silent } from './world.ts'

/** How many of its calls of the platform fail. */
const FAULTS = 0.15
const FILES = ['', '-wal', '-shm']

export interface Death {
  /** A copy of the database, its log beside it. */
  readonly path: string
  readonly accepted: readonly Accepted[]
  readonly now: Temporal.Instant
  /** Where it was in the scenario. */
  readonly step: number
}

/** The share of each kind of moment that is kept. */
export type Shares = Readonly<Record<Moment | 'call', number>>

/** Plays the whole scenario once; the log of the database holds all of the step that is played, and nothing of those before. */
export async function deathsIn(scenario: Scenario, seed: number, folder: string, shares: Shares): Promise<Death[]> {
  const random = seededRandom(seed)
  const deaths: Death[] = []
  const path = join(folder, 'paperboy.db')
  await begin(path, scenario)
  const store = await openSqliteStore(path)
  const clock = handClock(BEGINNING)
  let step = 0
  const platform = rememberingPlatform({ random, faults: FAULTS, onCall: () => dieAt('call') })
  onStatements(dieAt)
  try {
    await play(scenario, { store, clock, platform }, 0, (at) => {
      step = at
      emptyLog(path)
    })
  } finally {
    onStatements(undefined)
    await store.close()
  }
  return deaths

  function dieAt(moment: keyof Shares): void {
    if (random() > shares[moment]) return
    const copy = join(folder, `${deaths.length}.db`)
    for (const ending of FILES) if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending)
    // What is on its way may arrive all the same.
    const arriving = [...platform.underway].filter(() => random() < 0.5).map(acceptedOf)
    deaths.push({ path: copy, accepted: [...platform.accepted, ...arriving], now: clock.now(), step })
  }
}

/** Moves what was committed into the database itself. */
function emptyLog(path: string): void {
  const connection = new SQLite(path)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
}

async function begin(path: string, { channels }: Scenario): Promise<void> {
  const store = await openSqliteStore(path)
  await setUp(store, channels, BEGINNING)
  await doubtAfterPowerLoss(store, 'first', Temporal.Instant.from(BEGINNING), silent)
  await store.close()
}

/** What another process makes of the rest, ten minutes later; `boot` is another one where the machine went down too. */
export async function playedOn(
  scenario: Scenario,
  { path, accepted, now, step }: Death,
  { seed, boot }: { readonly seed: number; readonly boot: 'first' | 'second' },
): Promise<Verdict & { readonly isSound: boolean }> {
  const clock = handClock(now.add({ minutes: 10 }).toString())
  const platform = rememberingPlatform({ random: seededRandom(seed), faults: FAULTS, accepted })
  const store = await openSqliteStore(path)
  await doubtAfterPowerLoss(store, boot, clock.now(), silent)
  await play(scenario, { store, clock, platform }, step)
  await finish(scenario, { store, clock, platform })
  await store.close()
  return { ...judge(platform.accepted, scenario.expected), isSound: isSound(path) }
}
