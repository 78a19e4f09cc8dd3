// The papers that benches work on: the shared records where present, else papers from a seeded generator.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { PaperRecord } from '#core/paper.ts'
import { arxivId, type PaperId } from '#core/paper-id.ts'

const FILE = fileURLToPath(new URL('../../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz', import.meta.url))
const GENERATED = 24_500
const VOCABULARY = 30_000
const CATEGORIES = ['cs.LG', 'cs.CL', 'cs.CV', 'stat.ML', 'hep-th', 'math.CO', 'quant-ph', 'q-bio.NC']

/** All records, the same ones in the same order each time. */
export async function corpus(): Promise<PaperRecord[]> {
  if (!existsSync(FILE)) return generatedRecords(GENERATED)
  const lines = gunzipSync(await readFile(FILE))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map(recordOf)
}

/** So many records of no meaning, always the same ones. */
export function generatedRecords(count: number): PaperRecord[] {
  const random = seededRandom(1)
  // Squaring thrice makes a few words common and most of them rare, as in any language.
  const word = () => `w${Math.floor(random() ** 8 * VOCABULARY).toString(26)}`
  const words = (count: number) => Array.from({ length: count }, word).join(' ')
  const name = () => `Given${Math.floor(random() * 400)} Family${Math.floor(random() * 4000)}`
  return Array.from({ length: count }, (_, at) => {
    const month = 1 + (at % 12)
    const day = 1 + (at % 28)
    const category = CATEGORIES[Math.floor(random() * CATEGORIES.length)] ?? 'cs.LG'
    return {
      source: 'ndjson',
      ids: [`arxiv:25${String(month).padStart(2, '0')}.${String(at).padStart(5, '0')}` as PaperId],
      title: words(9),
      authors: Array.from({ length: 1 + Math.floor(random() * 8) }, () => ({ name: name() })),
      abstract: words(180),
      published: `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      categories: [category],
    }
  })
}

/** Numbers in [0, 1), always the same ones for the same seed: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function recordOf(line: string): PaperRecord {
  const { id, title, authors, abstract, date, categories } = JSON.parse(line)
  return {
    source: 'ndjson',
    ids: [arxivId(id)?.id ?? (`source:bench:${id}` as PaperId)],
    title,
    authors: authors.map((name: string) => ({ name })),
    abstract,
    published: date,
    categories,
  }
}
