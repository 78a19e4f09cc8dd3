// Plays a scenario, or what is left of it, and counts what came of it.
import SQLite from 'better-sqlite3'
import type { Platform } from '#core/ports/platform.ts'
import type { FeedSource } from '#core/ports/source.ts'
import type { Store } from '#core/ports/store.ts'
import { tick } from '#digests/tick.ts'
import { CATEGORIES, toldOf } from './channels.ts'
import type { Accepted } from './remembering-platform.ts'
import type { Scenario, Step } from './scenario.ts'
import { dependenciesOf, type HandClock } from './world.ts'

export interface Played {
  readonly store: Store
  readonly clock: HandClock
  readonly platform: Platform
}

/** When the last digest is out. */
const END = Temporal.Instant.from('2026-11-18T12:10:00Z')
const MOST_PASSES = 200

/** From a step on, each at its time or later; `onStep` is told which one begins. */
export async function play({ steps }: Scenario, world: Played, from = 0, onStep: (at: number) => void = () => {}): Promise<void> {
  for (const [at, step] of steps.entries()) {
    if (at < from) continue
    onStep(at)
    waitUntil(world.clock, step.at)
    if (step.imported.length > 0) await world.store.papers.put(step.imported, world.clock.now().toString())
    await passOf(world, step)
  }
}

/** Passes until everything is delivered, however long that takes on the clock. */
export async function finish({ steps }: Scenario, world: Played): Promise<void> {
  const last = steps.at(-1)
  for (let passes = 0; passes < MOST_PASSES; passes++) {
    const { pending, uncertain } = await passOf(world, last)
    const isOver = Temporal.Instant.compare(world.clock.now(), END) >= 0
    if (isOver && pending + uncertain === 0 && !(await isHeld(world.store))) return
    world.clock.pass(pending + uncertain > 0 ? { minutes: 7 } : { hours: 24 })
  }
  throw new Error('what was to be delivered never was')
}

/** Whether anything waits for another day; where there is a digest, it waits for that. */
export async function isHeld({ holds, schedules }: Store): Promise<boolean> {
  for (const destination of await holds.destinations()) if (!(await schedules.ofDestination(destination))) return true
  return false
}

async function passOf({ store, clock, platform }: Played, step: Step | undefined) {
  const report = await tick(dependenciesOf(store, clock, platform, { source: feeds(step), categories: CATEGORIES }), clock.now())
  return report.deliveries
}

function waitUntil(clock: HandClock, at: string): void {
  const wait = clock.now().until(at)
  if (wait.sign > 0) clock.pass(wait)
}

function feeds(step: Step | undefined): FeedSource {
  return {
    name: 'arxiv-rss',
    async read(feed) {
      const records = step?.announced.filter(({ categories }) => categories?.includes(feed)) ?? []
      return { kind: 'records', records, skipped: [], digest: JSON.stringify(records) }
    },
  }
}

export interface Verdict {
  readonly lost: number
  readonly twice: number
  /** Which they are, for whoever looks into it. */
  readonly which: readonly string[]
}

/** Each expected paper is to be told of once, and no message taken twice; what nobody expected counts as twice too. */
export function judge(accepted: readonly Accepted[], expected: ReadonlySet<string>): Verdict {
  const told = accepted.flatMap(({ destination, titles }) => titles.map((title) => toldOf(destination, title)))
  const known = new Set(told)
  const keys = accepted.map(({ key, kind }) => `${kind} ${key}`)
  const lost = [...expected].filter((one) => !known.has(one))
  const twice = [...repeated(told), ...repeated(keys), ...[...known].filter((one) => !expected.has(one))]
  const which = [...lost.map((one) => `lost: ${one}`), ...twice.map((one) => `twice: ${one}`)]
  return { lost: lost.length, twice: twice.length, which }
}

function repeated(all: readonly string[]): string[] {
  const known = new Set<string>()
  return all.filter((one) => known.size === known.add(one).size)
}

/** Whether the file is a whole database. */
export function isSound(path: string): boolean {
  const connection = new SQLite(path)
  try {
    return connection.pragma('integrity_check', { simple: true }) === 'ok'
  } catch {
    return false
  } finally {
    connection.close()
  }
}
