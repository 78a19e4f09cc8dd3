// One simulated year: papers each day, alerts and digests by real passes over a file, with a retention of ninety days. After the
// first months neither memory nor open files grow, nor does what the retention holds; each paper is told of once in each channel
// that follows it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import SQLite from 'better-sqlite3'
import { TABLES } from '#adapters/stores/sql/tables.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { seededRandom } from '#bench/corpus.ts'
import type { PaperRecord } from '#core/paper.ts'
import { tick } from '#digests/tick.ts'
import { aChannel, aPaper, CATEGORIES, expectedOf, setUp } from './channels.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { isHeld, isSound, judge } from './play.ts'
import { rememberingPlatform } from './remembering-platform.ts'
import { BEGINNING } from './scenario.ts'
import { dependenciesOf, handClock, inFolder } from './world.ts'

const CHANNELS = 12
const RETENTION_DAYS = 90
const PASSES_A_DAY = 4
const YEAR = 365
/** From this part of the days on everything is to be level; each part is measured once. */
const PARTS = 8
const LEVEL_FROM = 4
const MOST_LATE_DAYS = 10
/** What is allowed from the middle to the end: garbage, the remembered messages of the judge itself, and pages half full. */
const MORE_MEMORY_MB = 24
const MORE = 1.25
/** A table of few rows may have as many more. */
const MORE_ROWS = 20
/** These grow with the papers there are, and stay. */
const LASTING = new Set<string>(
  'papers paper_ids paper_authors paper_orcids authors author_middles sightings joined claims'.split(' '),
)

interface Measured {
  readonly day: number
  readonly memoryMB: number
  readonly files: number
  /** Of the tables that do not last, each by itself. */
  readonly rows: ReadonlyMap<string, number>
  readonly fileMB: number
}

export function run(extent: Extent): Promise<Found> {
  // In brief it is a year too, of fewer papers and passes.
  const papersADay = extent.short ? 2 : 25
  const days = timesOf(extent, { full: YEAR, short: YEAR })
  const passes = extent.short ? 1 : PASSES_A_DAY
  const collect = collector()
  return inFolder(async (folder) => {
    const path = join(folder, 'paperboy.db')
    const random = seededRandom(extent.seed)
    const clock = handClock(BEGINNING)
    const channels = Array.from({ length: CHANNELS }, (_, at) => aChannel(at, random))
    const store = await openSqliteStore(path)
    await setUp(store, channels, BEGINNING)
    const platform = rememberingPlatform({ random, faults: 0.02 })
    const announced: PaperRecord[] = []
    const measured: Measured[] = []
    let today: PaperRecord[] = []
    const pass = () =>
      tick(
        dependenciesOf(store, clock, platform, {
          source: {
            name: 'arxiv-rss',
            async read(feed) {
              const records = today.filter(({ categories }) => categories?.includes(feed))
              return { kind: 'records', records, skipped: [], digest: JSON.stringify(records.map(({ ids }) => ids)) }
            },
          },
          categories: CATEGORIES,
          retentionDays: RETENTION_DAYS,
        }),
        clock.pass({ minutes: (24 * 60) / passes }),
      )
    const part = Math.max(1, Math.floor(days / PARTS))
    for (let day = 1; day <= days; day++) {
      today = Array.from({ length: papersADay }, (_, at) => aPaper((day - 1) * papersADay + at + 1, random))
      announced.push(...today)
      for (let nth = 0; nth < passes; nth++) await pass()
      if (day % part === 0) measured.push(measure(day, path, collect))
    }
    for (let late = 0; late < MOST_LATE_DAYS * passes; late++) {
      const { pending, uncertain } = (await pass()).deliveries
      if (late > 2 * passes && pending + uncertain === 0 && !(await isHeld(store))) break
    }
    await store.close()
    const { lost, twice, which } = judge(platform.accepted, expectedOf(channels, announced))
    return {
      tried: platform.accepted.length,
      lost,
      twice,
      corrupt: isSound(path) ? 0 : 1,
      notes: measured.map(
        ({ day, memoryMB, files, rows, fileMB }) =>
          `Day ${day}: ${memoryMB} MB of memory, ${files} files, ${sum(rows)} rows that the retention holds, ${fileMB} MB on disk.`,
      ),
      wrong: [...which.slice(0, 5), ...growth(measured)],
    }
  }, 'memory')
}

/** After a collection of garbage; of the file, its log not counted. */
function measure(day: number, path: string, collect: () => void): Measured {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  const connection = new SQLite(path, { readonly: true })
  try {
    const count = (table: string) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    const held = Object.keys(TABLES).filter((table) => !LASTING.has(table))
    const rows = new Map(held.map((table) => [table, count(table)]))
    const pages = connection.pragma('page_count', { simple: true }) as number
    const size = connection.pragma('page_size', { simple: true }) as number
    const files = readdirSync('/proc/self/fd').length
    return { day, memoryMB: megabytes(heapUsed + external), files, rows, fileMB: megabytes(pages * size) }
  } finally {
    connection.close()
  }
}

/** What is more in the end than it was in the middle, a sentence each. */
function growth(measured: readonly Measured[]): string[] {
  const [middle, end] = [measured[LEVEL_FROM - 1], measured.at(-1)]
  if (middle === undefined || end === undefined || middle === end) return ['There was too little to measure.']
  const wrong: string[] = []
  const grew = (what: string, from: number, to: number) =>
    wrong.push(`${what} grew from ${from} on day ${middle.day} to ${to} on day ${end.day}.`)
  if (end.memoryMB > middle.memoryMB + MORE_MEMORY_MB) grew('The memory (MB)', middle.memoryMB, end.memoryMB)
  if (end.files > middle.files) grew('Open files', middle.files, end.files)
  for (const [table, rows] of end.rows) {
    const before = middle.rows.get(table) ?? 0
    if (rows > before * MORE + MORE_ROWS) grew(`The table ${table} (rows)`, before, rows)
  }
  return wrong
}

function sum(rows: ReadonlyMap<string, number>): number {
  return rows.values().reduce((all, many) => all + many, 0)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10
}

/** Collects garbage, whether or not node was started so that it can be asked to. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
