// Hostile command lines and hostile Slack requests: each line is answered, in words that somebody wrote for it, and shown on Slack
// and in the terminal; no request passes but those that were signed just now. Hostile servers and files: see there. None of them
// holds the event loop. What is lost is a line without an answer; corrupt is an answer that nobody foresaw, or a request that passed.
import { join } from 'node:path'
import { messagesOf } from '#adapters/chat/slack/render/message.ts'
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import { createCitations } from '#adapters/citations.ts'
import { importSample } from '#adapters/import/import.ts'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { createTemplates } from '#adapters/templates.ts'
import { seededRandom } from '#bench/corpus.ts'
import type { Context } from '#core/commands/command.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { commands } from '#core/commands/registry.ts'
import { SourceError } from '#core/errors.ts'
import { createFinder } from '#core/finder.ts'
import { createPapers } from '#core/papers.ts'
import { createDigests } from '#digests/digests.ts'
import { createPosting } from '#digests/test-post.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { hostileFiles } from './hostile-files.ts'
import { hostileLine } from './hostile-lines.ts'
import { hostileRequests } from './hostile-requests.ts'
import { hostileServers } from './hostile-servers.ts'
import { hostileSources } from './hostile-sources.ts'
import { handClock, inFolder, silent } from './world.ts'

/** The thread's own time, so that a busy machine accuses nobody. */
const HELD_MS = 100
const SHOWN = 10
/** After so many lines another channel asks, so that what is followed stays as much as one channel follows. */
const LINES_A_CHANNEL = 500

export async function run(extent: Extent): Promise<Found> {
  const lines = await inFolder((folder) => hostileLines(folder, extent), 'memory')
  const requests = hostileRequests(extent.seed, timesOf(extent, { full: 100_000, short: 5000 }))
  const files = await hostileFiles(extent.seed, timesOf(extent, { full: 5000, short: 60 }))
  const servers = await hostileServers(extent)
  const sources = await hostileSources(extent.seed, timesOf(extent, { full: 2000, short: 64 }))
  const all: Partial<Found>[] = [lines, requests, files, servers, sources]
  const sum = (of: 'tried' | 'lost' | 'twice' | 'corrupt') => all.reduce((sum, found) => sum + (found[of] ?? 0), 0)
  return {
    tried: sum('tried'),
    lost: sum('lost'),
    twice: sum('twice'),
    corrupt: sum('corrupt'),
    notes: all.flatMap(({ notes = [] }) => notes),
    wrong: all.flatMap(({ wrong = [] }) => wrong).slice(0, SHOWN),
  }
}

async function hostileLines(folder: string, extent: Extent) {
  const chance = seededRandom(extent.seed)
  await using bot = await openBot(folder)
  // What is loaded on first use is loaded before anything is timed.
  for (const { examples } of commands) for (const line of examples) await dispatch({ line }, bot.context(0))
  const found = { tried: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  let answered = 0
  let longest = 0
  const tries = timesOf(extent, { full: 100_000, short: 3000 })
  for (; found.tried < tries; found.tried++) {
    const line = hostileLine(chance)
    const before = process.threadCpuUsage()
    try {
      const answer = await dispatch({ line }, bot.context(1 + Math.floor(found.tried / LINES_A_CHANNEL)))
      if (answer.ok) {
        answered++
        messagesOf(answer.reply.blocks, { now: bot.clock.now() })
        renderBlocks(answer.reply.blocks, { colour: false, width: 80, now: bot.clock.now() })
      } else if (answer.error.code === 'unexpected') {
        found.corrupt++
        found.wrong.push(`Nobody foresaw ${shown(line)}: ${bot.unforeseen()}`)
      }
    } catch (error) {
      found.lost++
      found.wrong.push(`No answer to ${shown(line)}: ${error}`)
    }
    const { user, system } = process.threadCpuUsage(before)
    const held = (user + system) / 1000
    longest = Math.max(longest, held)
    if (held > HELD_MS) found.wrong.push(`${Math.round(held)} ms for ${shown(line)}`)
  }
  const share = Math.round((100 * answered) / found.tried)
  return { ...found, notes: [`${share} % of the lines meant something; the longest took ${Math.round(longest)} ms.`] }
}

/** A whole bot over the bundled papers, which asks nobody outside. */
async function openBot(folder: string) {
  const clock = handClock('2026-11-22T09:00:00Z')
  let unforeseen = ''
  const log = { ...silent, error: (_: string, { error }: { error?: unknown } = {}) => (unforeseen = String(error)) }
  const store = await openSqliteStore(':memory:')
  await importSample(store, clock.now().subtract({ hours: 200 }))
  const index = await openPaperIndex({ path: join(folder, 'index.db'), store })
  await index.catchUp()
  const destination = (channel: number) => ({ platform: 'slack', workspace: 'T0LAB', channel: `C${channel}` }) as const
  const papers = createPapers({ store, index, clock })
  const shared: Omit<Context, 'destination'> = {
    papers,
    finder: createFinder({
      papers,
      store,
      index,
      clock,
      log,
      catalogues: async () => [],
      deadline: () => new AbortController().signal,
    }),
    store,
    index,
    templates: createTemplates({ alone: true }),
    citations: createCitations(),
    digests: createDigests({ store }),
    feeds: {
      async look() {
        throw new SourceError('Nobody is asked here.')
      },
    },
    posting: createPosting({ store, clock, log, platforms: [] }),
    clock,
    log,
    person: { id: 'U0MALLORY', name: 'Mallory' },
    direct: async () => destination(0),
    confirm: 'save',
  }
  return {
    clock,
    unforeseen: () => unforeseen,
    context: (channel: number): Context => ({ ...shared, destination: destination(channel) }),
    async [Symbol.asyncDispose]() {
      await index.close()
      await store.close()
    },
  }
}

function shown(line: string): string {
  return `${JSON.stringify(line.slice(0, 200))}${line.length > 200 ? ` and ${line.length - 200} characters more` : ''}`
}
