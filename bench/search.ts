// How long a search takes, rows included, against the same FTS5 query run raw on the same file; and whether it delays the event loop.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { numberInSql } from '#adapters/index/rows.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { corpus } from './corpus.ts'
import { type Figure, median, percentile } from './figure.ts'
import { type Mix, mixOf, type RawQuery } from './query-mix.ts'

const TURNS = 5
const HITS = 20
const EACH = 40
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')

/** The percentile of a turn, the median of the turns; the two sides take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-search-'))
  const path = join(folder, 'index.db')
  const store = await openSqliteStore(join(folder, 'paperboy.db'))
  const index = await openPaperIndex({ path, store })
  try {
    const records = await corpus()
    for (let at = 0; at < records.length; at += 1000) await store.papers.put(records.slice(at, at + 1000), NOW.toString())
    await index.catchUp()
    const kinds = mixOf(records, EACH)
    const raw = rawSearch(path)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const ours: number[][][] = []
    const floor: number[][][] = []
    for (let turn = -1; turn < TURNS; turn++) {
      if (turn >= 0) delay.enable()
      const searched = await timed(kinds, async ({ expression }) => {
        const { numbers } = await index.search({ expression, sort: 'relevance' }, { offset: 0, limit: HITS }, NOW)
        await store.papers.byNumbers(numbers)
      })
      delay.disable()
      const rawly = await timed(kinds, async (query) => {
        await store.papers.byNumbers(raw.search(query))
      })
      if (turn < 0) continue
      ours.push(searched)
      floor.push(rawly)
    }
    raw.close()
    const late = delay.percentile(99) / 1e6
    return [
      ...compared('mix', ours, floor, (turn) => turn.flat()),
      ...kinds.flatMap(({ kind }, at) => compared(kind, ours, floor, (turn) => turn[at] ?? [])),
      {
        bench: 'search',
        metric: 'event-loop delay p99',
        value: late,
        unit: 'ms',
        against: 'the 20 ms allowed',
        ratio: late / 20,
      },
    ]
  } finally {
    await index.close()
    await store.close()
    await rm(folder, { recursive: true })
  }
}

/** Milliseconds of each query, by kind. */
async function timed(kinds: readonly Mix[], search: (query: RawQuery) => Promise<void>): Promise<number[][]> {
  const times: number[][] = []
  for (const { queries } of kinds) {
    const each: number[] = []
    for (const query of queries) {
      const began = performance.now()
      await search(query)
      each.push(performance.now() - began)
    }
    times.push(each)
  }
  return times
}

/** What SQLite itself takes in this thread, with the rows alone read first as SPEED's best exact SQL does. */
function rawSearch(path: string) {
  const database = new Database(path, { readonly: true })
  const statement = database
    .prepare<[string, number], number>(
      `SELECT ${numberInSql('rowid')} FROM terms WHERE terms MATCH ? AND rowid >= ? ORDER BY bm25(terms, 10, 3, 1, 0) LIMIT ${HITS}`,
    )
    .pluck()
  return {
    search: ({ match, from }: RawQuery) => statement.all(match, from),
    close: () => database.close(),
  }
}

type Turn = readonly (readonly number[])[]

function compared(
  metric: string,
  ours: readonly Turn[],
  floor: readonly Turn[],
  pick: (turn: Turn) => readonly number[],
): Figure[] {
  return [50, 95].map((percent) => {
    const value = median(ours.map((turn) => percentile(pick(turn), percent)))
    const raw = median(floor.map((turn) => percentile(pick(turn), percent)))
    return {
      bench: 'search',
      metric: `${metric} p${percent}`,
      value,
      unit: 'ms',
      against: 'raw FTS5 and rows',
      ratio: value / raw,
    }
  })
}
