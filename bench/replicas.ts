// A service of 10,000 workspaces on PostgreSQL: a day of 72 ticks that bring 2,000 papers, twenty minutes apart by a clock that is
// put on; what memory a replica needs for it; and how much faster more replicas deliver, until the platform's limit binds. The
// platform is a stand-in that takes its time for each answer, and counts as chat platforms do.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '#test/postgres-server.ts'
import { ended, NO_SOURCES } from './bot.ts'
import { type Figure, median } from './figure.ts'
import type { Job, Told } from './replica-child.ts'
import { FOLLOWERS, fillStore, SUBSCRIPTIONS, WORKSPACES } from './replica-load.ts'

const PAPERS_A_DAY = 2000
const TICKS_A_DAY = 72
const PAPERS = Math.ceil(PAPERS_A_DAY / TICKS_A_DAY)
const SECONDS = 30
const MEGABYTES = 400
/** As docs/operations.md has it: otherwise more garbage is kept, the more memory the machine has. */
const BOUNDED = { NODE_OPTIONS: '--max-old-space-size=224', MALLOC_ARENA_MAX: '2' }
const REPLICAS = [1, 2, 3]
/** Papers whose alerts are delivered while throughput is measured, so many times. */
const DELIVERED = 6
const TIMES = 5
/** Milliseconds of an answer while throughput is measured, so that the platform is waited for and not the machine. */
const ANSWER = 800
/** Of the platform as a whole, in a second, as Discord has it for a bot: less than three replicas could. */
const LIMIT = 50

const bench = 'replicas'
const child = fileURLToPath(new URL('./replica-child.ts', import.meta.url))

export async function run(): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'paperboy-replicas-')), (path) => rm(path, { recursive: true }))
  const database = stack.adopt(await startPostgres({ isDurable: true }), (server) => server.close())
  const platform = stack.adopt(await openPlatform(), ({ close }) => close())
  const beginning = Temporal.Now.zonedDateTimeISO('UTC').startOfDay().subtract({ days: 1 }).toInstant()
  await fillStore(database.url, beginning.subtract({ hours: 24 }))

  async function worked(jobs: readonly Job[]): Promise<{ told: Told[]; seconds: number }> {
    await using running = new AsyncDisposableStack()
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, LOG_LEVEL: 'error', ...BOUNDED, ...NO_SOURCES }
    const children: ChildProcess[] = []
    for (const [at, job] of jobs.entries()) {
      // Each has its own index.
      const cwd = join(folder, `${at}`)
      await mkdir(cwd, { recursive: true })
      const started = fork(child, [platform.url, JSON.stringify(job)], { env, cwd })
      running.defer(() => (started.exitCode === null ? ended(started) : undefined))
      children.push(started)
    }
    await Promise.all(children.map(said))
    const began = performance.now()
    const told = Promise.all(children.map(said))
    for (const one of children) one.send('go')
    return { told: (await told) as Told[], seconds: (performance.now() - began) / 1000 }
  }

  const ticks = await worked([{ at: beginning.toString(), ticks: TICKS_A_DAY, papers: PAPERS, from: 0, delivers: true }])
  const [{ tickSeconds, megabytes, cpuSeconds, sent } = nothing] = ticks.told
  let from = TICKS_A_DAY * PAPERS
  let most = megabytes
  async function speedOf(replicas: number): Promise<number> {
    const speeds: number[] = []
    for (let time = 0; time < TIMES; time++) {
      await worked([{ ticks: 1, papers: DELIVERED, from, delivers: false }])
      from += DELIVERED
      const { told, seconds } = await worked(REPLICAS.slice(0, replicas).map(() => DELIVERING))
      speeds.push(told.reduce((sum, one) => sum + one.sent, 0) / seconds)
      most = Math.max(most, ...told.map((one) => one.megabytes))
    }
    return median(speeds)
  }
  platform.answersIn(ANSWER)
  const speeds: number[] = []
  for (const replicas of REPLICAS) speeds.push(await speedOf(replicas))
  platform.allows(LIMIT)
  const limited = await speedOf(REPLICAS.length)
  return [
    allowed(`seconds of a tick, ${PAPERS} papers, ${PAPERS * FOLLOWERS} alerts`, median(tickSeconds), 's', SECONDS),
    allowed('seconds of the slowest tick', Math.max(...tickSeconds), 's', SECONDS),
    allowed(`peak memory of a replica, ${SUBSCRIPTIONS} subscriptions of ${WORKSPACES} workspaces`, most, 'MB', MEGABYTES),
    { bench, metric: 'milliseconds of a replica’s own for an alert', value: (cpuSeconds * 1000) / sent, unit: 'ms', ...alone },
    ...speeds.map((speed, at): Figure => {
      const against = at === 0 ? alone : { against: 'one replica', ratio: speed / (speeds[0] ?? Number.NaN) }
      return { bench, metric: `deliveries a second, replicas: ${at + 1}`, value: speed, unit: '1/s', ...against }
    }),
    {
      bench,
      metric: `deliveries a second, replicas: ${REPLICAS.length}, where the platform allows ${LIMIT}`,
      value: limited,
      unit: '1/s',
      against: 'what it allows',
      ratio: limited / LIMIT,
    },
  ]
}

const nothing: Told = { tickSeconds: [], sent: 0, cpuSeconds: 0, megabytes: 0 }
const alone = { against: null, ratio: null }
const DELIVERING: Job = { ticks: 0, papers: 0, from: 0, delivers: true }

function allowed(metric: string, value: number, unit: string, most: number): Figure {
  return { bench, metric, value, unit, against: `the ${most} ${unit} allowed`, ratio: value / most }
}

async function said(process: ChildProcess): Promise<unknown> {
  const over = new AbortController()
  try {
    const message = once(process, 'message', { signal: over.signal })
    const exit = once(process, 'exit', { signal: over.signal }).then(([code]) => {
      throw new Error(`A replica ended by itself: ${code}.`)
    })
    const [value] = await Promise.race([message, exit])
    return value
  } finally {
    over.abort()
  }
}

/** Answers at once and takes everything, until it is told otherwise. */
async function openPlatform() {
  let answer = 0
  let limit = Number.POSITIVE_INFINITY
  /** When the last ones were taken, by the process's clock. */
  let taken: number[] = []
  const server = createServer((request, response) => {
    request.resume()
    const now = performance.now()
    taken = taken.filter((at) => at > now - 1000)
    const isTaken = taken.length < limit
    if (isTaken) taken.push(now)
    setTimeout(() => response.writeHead(isTaken ? 200 : 429).end(), isTaken ? answer : 0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answersIn(milliseconds: number) {
      answer = milliseconds
    },
    allows(aSecond: number) {
      limit = aSecond
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
