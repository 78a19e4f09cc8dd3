// How fast an NDJSON file becomes a searchable store, in a process of its own, against inserting the same lines into a bare table.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import type { PaperRecord } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { corpus } from './corpus.ts'
import { type Figure, median } from './figure.ts'

const RUNS = 5
const MEGABYTES = 300
const child = fileURLToPath(new URL('./import-child.ts', import.meta.url))
const run$ = promisify(execFile)

/** The two take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-import-'))
  try {
    const lines = (await corpus()).map(line)
    const file = join(folder, 'papers.ndjson')
    await writeFile(file, `${lines.join('\n')}\n`)
    const imports: { papers: number; seconds: number; megabytes: number }[] = []
    const floors: number[] = []
    for (let turn = 0; turn < RUNS; turn++) {
      const place = join(folder, String(turn))
      await mkdir(place)
      imports.push(JSON.parse((await run$(process.execPath, [child, file, place])).stdout))
      floors.push(lines.length / insert(lines, join(place, 'floor.db')))
      await rm(place, { recursive: true })
    }
    const value = median(imports.map(({ papers, seconds }) => papers / seconds))
    const megabytes = Math.max(...imports.map((one) => one.megabytes))
    const bench = 'import'
    const floor = 'JSON.parse and bare inserts'
    return [
      { bench, metric: 'papers per second', value, unit: '1/s', against: floor, ratio: value / median(floors) },
      {
        bench,
        metric: 'peak memory',
        value: megabytes,
        unit: 'MB',
        against: `the ${MEGABYTES} MB allowed`,
        ratio: megabytes / MEGABYTES,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Seconds to parse the lines and insert them, a thousand a transaction. */
function insert(lines: readonly string[], path: string): number {
  const began = performance.now()
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)')
  const add = database.prepare('INSERT INTO papers (id, body) VALUES (?, ?)')
  const addAll = database.transaction((some: readonly string[]) => {
    for (const one of some) add.run(JSON.parse(one).id, one)
  })
  for (let at = 0; at < lines.length; at += 1000) addAll(lines.slice(at, at + 1000))
  database.close()
  return (performance.now() - began) / 1000
}

function line({ ids, title, authors, abstract, published, categories }: PaperRecord): string {
  return JSON.stringify({
    id: displayId(ids[0]),
    title,
    authors: authors.map(({ name }) => name),
    abstract,
    date: published,
    categories,
  })
}
