// How fast an interaction gets its first answer, against a bare discord.js client that defers and does nothing more, under the
// same load from the same gateway. Bot and bare client are processes of their own.
// What the bot answers first with is mostly the answer itself, made on the same core; the bare client never answers. So every
// figure of the bot comes with the share of interactions that were answered in full.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSample } from '#adapters/import/import.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { ended, serve } from './bot.ts'
import { APP, type Asked, openDiscord, type Round, type StandIn } from './discord-stand-in.ts'
import { type Figure, median, percentile } from './figure.ts'

const RUNS = 5
const AT_ONCE = 32
const SECONDS = 4
const PER_SECOND = 200
const STRING = 3
const COMMANDS: readonly Asked[] = [
  { name: 'help' },
  { name: 'paper', options: [{ name: 'paper', type: STRING, value: '2303.13506' }] },
  { name: 'search', options: [{ name: 'query', type: STRING, value: 'grokking' }] },
]
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')

const bareChild = fileURLToPath(new URL('./discord-bare-child.ts', import.meta.url))
const bench = 'discord'

/** The two take turns, so that whatever slows one slows the other. */
export async function run(): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const standIn = async () => stack.adopt(await openDiscord(COMMANDS), (opened) => opened.close())

  const ofBare = await standIn()
  const bare = stack.adopt(fork(bareChild, [ofBare.url]), ended)
  await once(bare, 'message')

  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'paperboy-discord-')), (path) => rm(path, { recursive: true }))
  const path = join(folder, 'sample.db')
  const store = await openSqliteStore(path)
  await importSample(store, NOW)
  await store.close()
  const ours = await standIn()
  const environment = { DISCORD_TOKEN: 'bench', DISCORD_APP_ID: APP, DISCORD_API_URL: ours.url, ARXIV_RSS_URL: ours.url }
  stack.adopt(await serve(path, environment), ended)

  await warm(ours)
  await warm(ofBare)
  return await compared(ours, ofBare)
}

async function warm(discord: StandIn): Promise<void> {
  await discord.identified
  await discord.steady(2, PER_SECOND)
  await discord.saturated(1, AT_ONCE)
}

async function compared(ours: StandIn, bare: StandIn): Promise<Figure[]> {
  const rounds = { saturated: [] as Round[], steady: [] as Round[], bareSaturated: [] as Round[], bareSteady: [] as Round[] }
  for (let turn = 0; turn < RUNS; turn++) {
    rounds.saturated.push(await ours.saturated(SECONDS, AT_ONCE))
    rounds.bareSaturated.push(await bare.saturated(SECONDS, AT_ONCE))
    rounds.steady.push(await ours.steady(SECONDS, PER_SECOND))
    rounds.bareSteady.push(await bare.steady(SECONDS, PER_SECOND))
  }
  const against = 'a bare discord.js client that defers'
  const figure = (metric: string, unit: string, what: (round: Round) => number, of: Round[], bareOf: Round[]): Figure => {
    const value = median(of.map(what))
    return { bench, metric, value, unit, against, ratio: value / median(bareOf.map(what)) }
  }
  const wait = (percent: number) => (round: Round) => percentile(round.waits, percent)
  return [
    figure(`first answers a second, ${AT_ONCE} at once`, '1/s', perSecond, rounds.saturated, rounds.bareSaturated),
    figure(`first answer p99, ${AT_ONCE} at once`, 'ms', wait(99), rounds.saturated, rounds.bareSaturated),
    answered(`${AT_ONCE} at once`, rounds.saturated),
    figure(`first answer p50, ${PER_SECOND} a second`, 'ms', wait(50), rounds.steady, rounds.bareSteady),
    figure(`first answer p99, ${PER_SECOND} a second`, 'ms', wait(99), rounds.steady, rounds.bareSteady),
    answered(`${PER_SECOND} a second`, rounds.steady),
  ]
}

function perSecond({ waits, seconds }: Round): number {
  return waits.length / seconds
}

/** Whoever was not answered was told so; else interactions were lost, which ends the bench. */
function answered(metric: string, rounds: readonly Round[]): Figure {
  for (const round of rounds) {
    if (round.answered + round.refused !== round.waits.length)
      throw new Error(`Of ${round.waits.length} interactions ${round.answered} were answered, ${round.refused} refused.`)
  }
  const value = median(rounds.map((round) => (100 * round.answered) / round.waits.length))
  return { bench, metric: `interactions answered in full, ${metric}`, value, unit: '%', against: null, ratio: null }
}
