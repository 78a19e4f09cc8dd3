// How fast a signed slash command is acknowledged over HTTP, against bare Bolt with an empty handler under the same load; and how
// fast while searches keep the search threads busy. Bot, bare Bolt and Slack's stand-in are processes of their own.
// Bare Bolt has nothing to do after its ack. The bot has: it answers what it takes on, on the same core, and tells the others in
// the ack that too much is asked. So every figure of the bot comes with the share of commands that were really answered.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSample } from '#adapters/import/import.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Store } from '#core/ports/store.ts'
import { ended, freePort, serve } from './bot.ts'
import { corpus } from './corpus.ts'
import { type Figure, median, percentile } from './figure.ts'
import { type Acks, type Load, openLoad } from './slack-load.ts'

const RUNS = 5
const SECRET = 'bench-signing-secret'
const CONNECTIONS = 32
const SECONDS = 4
const PER_SECOND = 500
const COMMANDS = ['help', 'paper 2303.13506', 'search grokking']
/** Words that thousands of papers share: the slowest searches there are. */
const SEARCHES = ['the model of learning', 'data or training or language', 'method and results', 'we propose', '"in this paper"']
const SEARCHES_PER_SECOND = 200
const UNDER_LOAD_MS = 500
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')
/** Answers have all come once none came for so long. */
const QUIET_MS = 500

const bareChild = fileURLToPath(new URL('./slack-bare-child.ts', import.meta.url))
const sinkChild = fileURLToPath(new URL('./slack-sink-child.ts', import.meta.url))
const bench = 'slack'

interface Peer {
  readonly load: Load
  /** Commands answered since it was last asked, once no more answers come. */
  answers(): Promise<number>
}

/** The two take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'paperboy-slack-')), (path) => rm(path, { recursive: true }))
  const sink = stack.adopt(fork(sinkChild), ended)
  const sinkPort = await said(sink)
  const bare = stack.adopt(fork(bareChild, [SECRET]), ended)
  const barePort = await said(bare)

  async function peer(port: number, commands: readonly string[]): Promise<Peer> {
    const answers = `http://127.0.0.1:${sinkPort}/answer/`
    const load = stack.adopt(openLoad({ port, secret: SECRET, answers, commands, connections: CONNECTIONS }), (opened) =>
      opened.close(),
    )
    await load.steady(2, PER_SECOND)
    const peer = { load, answers: () => countAnswers(sink) }
    await peer.answers()
    return peer
  }
  async function bot(name: string, commands: readonly string[], fill: (store: Store) => Promise<void>): Promise<Peer> {
    const path = join(folder, `${name}.db`)
    const store = await openSqliteStore(path)
    await fill(store)
    await store.close()
    const port = await freePort()
    const slack = `http://127.0.0.1:${sinkPort}`
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_PORT: String(port),
      SLACK_API_URL: `${slack}/api/`,
      ARXIV_RSS_URL: slack,
    }
    stack.adopt(await serve(path, environment), ended)
    return peer(port, commands)
  }

  const ours = await bot('sample', COMMANDS, async (store) => {
    await importSample(store, NOW)
  })
  const figures = await compared(ours, await peer(barePort, COMMANDS))
  const searched = await bot('corpus', SEARCHES, async (store) => {
    const records = await corpus()
    for (let at = 0; at < records.length; at += 1000) await store.papers.put(records.slice(at, at + 1000), NOW.toString())
  })
  return [...figures, ...(await underLoad(searched))]
}

async function compared(ours: Peer, bare: Peer): Promise<Figure[]> {
  const saturated = (load: Load) => load.saturated(SECONDS)
  const steady = (load: Load) => load.steady(SECONDS, PER_SECOND)
  const rounds = { saturated: [] as Round[], steady: [] as Round[], bareSaturated: [] as Round[], bareSteady: [] as Round[] }
  for (let turn = 0; turn < RUNS; turn++) {
    rounds.saturated.push(await round(ours, saturated))
    rounds.bareSaturated.push(await round(bare, saturated))
    rounds.steady.push(await round(ours, steady))
    rounds.bareSteady.push(await round(bare, steady))
  }
  const middle = (of: readonly Round[], what: (round: Round) => number) => median(of.map(what))
  const against = 'bare Bolt with an empty handler'
  const figure = (
    metric: string,
    unit: string,
    what: (round: Round) => number,
    of: readonly Round[],
    bareOf: readonly Round[],
  ) => {
    const value = middle(of, what)
    return { bench, metric, value, unit, against, ratio: value / middle(bareOf, what) }
  }
  const wait = (percent: number) => (round: Round) => percentile(round.waits, percent)
  return [
    figure(`acks a second, ${CONNECTIONS} at once`, '1/s', perSecond, rounds.saturated, rounds.bareSaturated),
    figure(`ack p99, ${CONNECTIONS} at once`, 'ms', wait(99), rounds.saturated, rounds.bareSaturated),
    answered(`${CONNECTIONS} at once`, rounds.saturated),
    figure(`ack p50, ${PER_SECOND} a second`, 'ms', wait(50), rounds.steady, rounds.bareSteady),
    figure(`ack p99, ${PER_SECOND} a second`, 'ms', wait(99), rounds.steady, rounds.bareSteady),
    answered(`${PER_SECOND} a second`, rounds.steady),
  ]
}

/** More searches than the threads can do, so that all of them are busy all the time. */
async function underLoad(searched: Peer): Promise<Figure[]> {
  const rounds: Round[] = []
  for (let turn = 0; turn < RUNS; turn++) rounds.push(await round(searched, (load) => load.steady(SECONDS, SEARCHES_PER_SECOND)))
  const value = median(rounds.map(({ waits }) => percentile(waits, 99)))
  const what = `${SEARCHES_PER_SECOND} searches a second`
  return [
    {
      bench,
      metric: `ack p99, ${what}`,
      value,
      unit: 'ms',
      against: `the ${UNDER_LOAD_MS} ms allowed`,
      ratio: value / UNDER_LOAD_MS,
    },
    answered(what, rounds),
  ]
}

interface Round extends Acks {
  /** Commands that were answered, during the round or after it. */
  readonly answers: number
}

async function round({ load, answers }: Peer, put: (load: Load) => Promise<Acks>): Promise<Round> {
  const acks = await put(load)
  return { ...acks, answers: await answers() }
}

function perSecond({ waits, seconds }: Acks): number {
  return waits.length / seconds
}

/** Whoever was not answered was told so in the ack; else commands were lost, which ends the bench. */
function answered(metric: string, rounds: readonly Round[]): Figure {
  for (const { waits, answers, refused } of rounds) {
    if (answers + refused !== waits.length)
      throw new Error(`Of ${waits.length} commands ${answers} were answered, ${refused} refused.`)
  }
  const value = median(rounds.map(({ waits, answers }) => (100 * answers) / waits.length))
  return { bench, metric: `commands answered in full, ${metric}`, value, unit: '%', against: null, ratio: null }
}

async function countAnswers(sink: ChildProcess): Promise<number> {
  let all = 0
  for (;;) {
    sink.send('count')
    const more = await said(sink)
    all += more
    if (more === 0) return all
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  }
}

async function said(process: ChildProcess): Promise<number> {
  const [message] = await once(process, 'message')
  return Number(message)
}
