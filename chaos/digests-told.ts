// Some weeks around a change of a zone's clocks, through real passes over a store that is closed and opened again now and then:
// every slot is recorded, and every paper is in one digest.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { tick } from '#digests/tick.ts'
import { aPaper, expectedOf, setUp } from './channels.ts'
import { judge } from './play.ts'
import { rememberingPlatform } from './remembering-platform.ts'
import { instant, leap, scheduleOf, type Verdict, type ZonedRule } from './slots-recorded.ts'
import { dependenciesOf, inFolder } from './world.ts'

const DAY = 24 * 3_600_000
const BEFORE = 20 * DAY
const AFTER = 30 * DAY
/** Longer than a month: then what is left is in a digest too. */
const REST = 40 * DAY
const REOPENED = 0.1

/** `expected`: all slots, milliseconds; `change`: when the clocks change. */
export function digestsTold(
  rule: ZonedRule,
  expected: readonly number[],
  change: number,
  random: () => number,
): Promise<Verdict> {
  return inFolder(async (folder) => {
    const path = join(folder, 'paperboy.db')
    const from = change - BEFORE
    const schedule = scheduleOf(rule, instant(from).toString())
    const { destination } = schedule
    const channel = {
      destination,
      targets: [[{ kind: 'category', category: 'cs.LG' }, 'digest']],
      hasDigest: false,
      settings: {},
    } as const
    const platform = rememberingPlatform({ random, faults: 0 })
    let store = await openSqliteStore(path)
    await setUp(store, [channel], schedule.createdAt)
    await store.schedules.set(schedule)
    let now = from
    const pass = async () => {
      await tick(dependenciesOf(store, { now: () => instant(now) }, platform), instant(now))
      if (random() > REOPENED) return
      await store.close()
      store = await openSqliteStore(path)
    }
    const papers = []
    // Never back to before it was followed: that would be no news.
    for (; now < change + AFTER; now = Math.max(from, leap(now, random))) {
      const paper = aPaper(papers.length + 1, random)
      papers.push(paper)
      await store.papers.put([paper], instant(now).toString())
      await pass()
    }
    const latest = now
    for (; now < latest + REST; now += DAY) await pass()
    await store.close()
    const { lost, twice, which } = judge(platform.accepted, expectedOf([channel], papers))
    const slots = slotsIn(path)
    const due = expected.filter((at) => at > from && at < now - DAY)
    const missing = due.filter((at) => !slots.has(at))
    return {
      lost: lost + missing.length,
      twice,
      wrong: [...which, ...missing.map((at) => `the store has no slot ${instant(at)}`)],
    }
  }, 'memory')
}

function slotsIn(path: string): Set<number> {
  const connection = new SQLite(path, { readonly: true })
  const rows = connection.prepare<[], { at: string }>('SELECT at FROM slots').all()
  connection.close()
  return new Set(rows.map(({ at }) => Temporal.Instant.from(`${at}Z`).epochMilliseconds))
}
