// How fast 1,000 new papers are matched against many subscriptions, against the plain loop over all of them; the selections
// of the two have to be the same. A million subscriptions are matched in a process of its own, which tells its memory.
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createMatcher } from '#core/matcher.ts'
import { fromRecord } from '#core/merge.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import { corpus } from './corpus.ts'
import { type Figure, median } from './figure.ts'
import type { Matched, Sample } from './match-child.ts'
import { plainLoop, subscriptionTo, targetsTo } from './subscription-mix.ts'

const RUNS = 5
const PAPERS = 1000
/** The loop is measured on so few papers that one run of it takes seconds, and given per paper. */
const SIZES = [
  { size: 1000, looped: 1000 },
  { size: 10_000, looped: 250 },
  { size: 100_000, looped: 40 },
]
const MOST = 1_000_000
const SAMPLE: Sample = { everyPaper: 40, everySubscription: 10, now: '2026-11-22T09:00:00Z' }
const NOW = Temporal.Instant.from(SAMPLE.now)
const SECONDS = 20
const MEGABYTES = 700

const child = fileURLToPath(new URL('./match-child.ts', import.meta.url))
const run$ = promisify(execFile)

/** The matcher and the loop take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  const records = await corpus()
  const step = Math.floor(records.length / PAPERS)
  const papers = records
    .filter((_, at) => at % step === 0)
    .slice(0, PAPERS)
    .map(paperOf)
  const figures = SIZES.map(({ size, looped }) => measured(records, size, papers, looped))
  return [...figures, ...(await measuredApart(records, papers))]
}

function measured(records: readonly PaperRecord[], size: number, papers: readonly Paper[], looped: number): Figure {
  const subscriptions = targetsTo(records, size).map(subscriptionTo).toArray()
  const matcher = createMatcher(subscriptions)
  const loop = plainLoop(subscriptions, NOW)
  const some = papers.filter(({ number }) => number % (papers.length / looped) === 0)
  const ours: number[] = []
  const plain: number[] = []
  for (let turn = 0; turn < RUNS; turn++) {
    const found = timed(() => matcher.match(papers, NOW))
    const expected = timed(() => some.flatMap(loop))
    ours.push(papers.length / found.seconds)
    plain.push(some.length / expected.seconds)
    const numbers = new Set(some.map(({ number }) => number))
    const selected = found.result.filter(({ paper }) => numbers.has(paper.number))
    check(
      size,
      selected.map(({ subscription, paper }) => `${paper.number} ${subscription.id}`),
      expected.result,
    )
  }
  const against = `the plain loop, same matches (${looped} of ${papers.length} papers looped over)`
  return rate(size, median(ours), against, median(ours) / median(plain))
}

/** The loop runs over a sample of the papers and of the subscriptions. */
async function measuredApart(records: readonly PaperRecord[], papers: readonly Paper[]): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-match-'))
  try {
    const [papersFile, targetsFile] = [join(folder, 'papers.ndjson'), join(folder, 'targets.ndjson')]
    await writeFile(papersFile, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''))
    const targets = targetsTo(records, MOST).toArray()
    await pipeline(Readable.from(targets.values().map((target) => `${JSON.stringify(target)}\n`)), createWriteStream(targetsFile))
    const subscriptions = targets.map(subscriptionTo).filter((_, at) => at % SAMPLE.everySubscription === 0)
    const loop = plainLoop(subscriptions, NOW)
    const some = papers.filter(({ number }) => number % SAMPLE.everyPaper === 0)
    const child$ = [child, papersFile, targetsFile, JSON.stringify(SAMPLE)]
    const found: Matched[] = []
    const plain: number[] = []
    for (let turn = 0; turn < RUNS; turn++) {
      const { stdout } = await run$(process.execPath, child$, { maxBuffer: 2 ** 27 })
      const matched: Matched = JSON.parse(stdout)
      const expected = timed(() => some.flatMap(loop))
      check(MOST, matched.pairs, expected.result)
      found.push(matched)
      plain.push(some.length / expected.seconds / SAMPLE.everySubscription)
    }
    return figuresOf(found, median(plain), papers.length, some.length)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** `plain` is the loop's papers per second. */
function figuresOf(ours: readonly Matched[], plain: number, papers: number, looped: number): Figure[] {
  const middle = (of: (one: Matched) => number) => median(ours.map(of))
  const whole = middle(({ buildSeconds, matchSeconds }) => buildSeconds + matchSeconds)
  const speed = papers / middle(({ matchSeconds }) => matchSeconds)
  const megabytes = Math.max(...ours.map((one) => one.megabytes))
  const sample = `${looped} of ${papers} papers, every ${SAMPLE.everySubscription}th subscription`
  const bench = 'match'
  return [
    rate(MOST, speed, `the plain loop, same matches (${sample} looped over)`, speed / plain),
    {
      bench,
      metric: `selections a paper, ${MOST} subscriptions`,
      value: middle(({ selections }) => selections) / papers,
      unit: '',
      ...alone,
    },
    {
      bench,
      metric: `seconds to read and prepare ${MOST} subscriptions`,
      value: middle(({ buildSeconds }) => buildSeconds),
      unit: 's',
      ...alone,
    },
    {
      bench,
      metric: `seconds for ${papers} papers, ${MOST} subscriptions read and prepared`,
      value: whole,
      unit: 's',
      against: `the ${SECONDS} s allowed`,
      ratio: whole / SECONDS,
    },
    {
      bench,
      metric: `peak memory, ${MOST} subscriptions`,
      value: megabytes,
      unit: 'MB',
      against: `the ${MEGABYTES} MB allowed`,
      ratio: megabytes / MEGABYTES,
    },
  ]
}

const alone = { against: null, ratio: null }

function rate(size: number, value: number, against: string, ratio: number): Figure {
  return { bench: 'match', metric: `papers per second, ${size} subscriptions`, value, unit: '1/s', against, ratio }
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const began = performance.now()
  const result = work()
  return { result, seconds: (performance.now() - began) / 1000 }
}

function check(size: number, found: readonly string[], expected: readonly string[]): void {
  if (expected.length === found.length && expected.every((pair, at) => pair === found[at])) return
  throw new Error(`With ${size} subscriptions the matcher selects ${found.length} pairs, the plain loop ${expected.length}.`)
}

function paperOf(record: PaperRecord, at: number): Paper {
  return { ...fromRecord(record), number: at + 1, firstSeen: '2026-11-21T09:00:00Z' }
}
