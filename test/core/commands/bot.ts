// A whole bot for tests of commands: a real store in memory, a real index in a folder of its own, and the bundled papers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import { createCitations } from '#adapters/citations.ts'
import { fixedClock } from '#adapters/clock.ts'
import { importSample } from '#adapters/import/import.ts'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { createTemplates } from '#adapters/templates.ts'
import type { Context } from '#core/commands/command.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { SourceError } from '#core/errors.ts'
import { createFinder } from '#core/finder.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { createPapers } from '#core/papers.ts'
import type { Catalogue } from '#core/ports/catalogue.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { FeedPreview } from '#core/ports/feeds.ts'
import type { Action, Reply } from '#core/reply.ts'
import { createDigests } from '#digests/digests.ts'
import { createPosting } from '#digests/test-post.ts'
import { aDestination, aRecord } from '#test/builders.ts'
import { type RecordingPlatform, recordingPlatform } from '#test/digests/recording-platform.ts'

export interface Heard {
  readonly reply: Reply
  /** As a pipe shows it. */
  readonly text: string
  readonly papers: readonly Paper[]
  readonly ids: readonly string[]
  readonly actions: readonly Action[]
}

export interface Bot extends AsyncDisposable {
  context: Context
  /** What test posts go to on Slack. */
  readonly slack: RecordingPlatform
  /** Rejects where the answer is an error, with its code, message and hint. */
  ask(line: string, changes?: Partial<Context>): Promise<Heard>
  /** The code, message and hint of an answer that has to be an error. */
  fail(line: string, changes?: Partial<Context>): Promise<string>
  /** From now on Ada asks in a channel nobody has been in before. */
  enterNewChannel(): void
  /** Puts records first seen at an instant, by default that of the bot. */
  put(records: readonly PaperRecord[], at?: string): Promise<void>
}

/** What the bot finds at an address: a feed of three posts of the days before, unless the address says what it is instead. */
async function look(url: string, at: string): Promise<FeedPreview> {
  const { host, pathname } = new URL(url)
  if (pathname.startsWith('/page')) return { ...(await look(`https://${host}/feed`, at)) }
  if (pathname.startsWith('/arxiv'))
    return { ...(await look(`https://${host}/feed`, at)), url: 'https://rss.arxiv.org/rss/cs.LG' }
  if (pathname.startsWith('/missing')) throw new SourceError(`${host} has nothing at ${pathname}.`, { status: 404 })
  if (pathname.startsWith('/empty')) return { url, records: [], skipped: 0 }
  const day = Temporal.PlainDate.from(at.slice(0, 10))
  const records = [0, 1, 2].map((ago) =>
    aRecord({
      source: 'feed',
      ids: [`source:feed:${url}#${ago}`],
      title: `Post of ${ago} days ago`,
      published: day.subtract({ days: ago }).toString(),
      url: `https://${host}/posts/${ago}`,
    }),
  )
  return { url, title: 'Lab notes', records, skipped: 1 }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** Its time is Sunday, 22 November 2026, 09:00 UTC unless said otherwise; Ada asks, and changes are saved at once. */
export async function openBot({
  sample = true,
  at = '2026-11-22T09:00:00Z',
  catalogues = [],
}: {
  readonly sample?: boolean
  readonly at?: string
  /** Asked for what is not known here. */
  readonly catalogues?: readonly Catalogue[]
} = {}): Promise<Bot> {
  const now = Temporal.Instant.from(at)
  const clock = fixedClock(now)
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-'))
  const store = await openSqliteStore(':memory:')
  if (sample) await importSample(store, Temporal.Instant.from('2026-11-01T00:00:00Z'))
  const index = await openPaperIndex({ path: join(folder, 'index.db'), store })
  await index.catchUp()
  const slack: RecordingPlatform = { ...recordingPlatform(), name: 'slack' }
  const platforms = [slack, recordingPlatform()]
  // Two tests are never at one instant.
  let posts = 0
  const posting: Clock = { now: () => now.add({ nanoseconds: ++posts }) }
  let channels = 0
  const papers = createPapers({ store, index, clock })
  const first: Context = {
    papers,
    finder: createFinder({
      papers,
      store,
      index,
      clock,
      log: quiet,
      catalogues: async () => catalogues,
      deadline: () => new AbortController().signal,
    }),
    store,
    index,
    templates: createTemplates({ alone: true }),
    citations: createCitations(),
    digests: createDigests({ store }),
    feeds: { look: (url) => look(url, at) },
    posting: createPosting({ store, clock: posting, log: quiet, platforms }),
    clock,
    log: quiet,
    destination: aDestination(),
    person: { id: 'ada', name: 'Ada' },
    direct: async () => aDestination({ channel: 'with Ada' }),
    confirm: 'save',
  }
  const bot: Bot = {
    context: first,
    slack,
    async ask(line, changes = {}) {
      const answer = await dispatch({ line }, { ...bot.context, ...changes })
      if (!answer.ok) throw new Error(`${line}: ${Object.values(answer.error).join(' | ')}`)
      const { blocks } = answer.reply
      const papers = blocks.flatMap((block) => (block.kind === 'card' ? [block.paper] : []))
      return {
        reply: answer.reply,
        text: renderBlocks(blocks, { colour: false, width: null, now }),
        papers,
        ids: papers.map((paper) => displayId(paper.ids[0])),
        actions: blocks.flatMap((block) => ('actions' in block ? (block.actions ?? []) : [])),
      }
    },
    async fail(line, changes = {}) {
      const answer = await dispatch({ line }, { ...bot.context, ...changes })
      if (answer.ok) throw new Error(`“${line}” was answered`)
      return Object.values(answer.error).join(' | ')
    },
    enterNewChannel() {
      channels++
      bot.context = { ...bot.context, destination: aDestination({ channel: `channel ${channels}` }) }
    },
    async put(records, seen = at) {
      await store.papers.put(records, seen)
      await index.catchUp()
    },
    async [Symbol.asyncDispose]() {
      await index.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bot
}
