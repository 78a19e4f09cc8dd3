// A replica as replicas.ts measures it: the whole bot but its chat platforms, whose SDKs it loads and in whose place it posts to
// a stand-in: `<stand-in> <job>`. It tells its parent when it is ready, does the job when it is told to, and tells what it found.
import { once } from 'node:events'
import { systemClock } from '#adapters/clock.ts'
import { openApp } from '#cli/app.ts'
import { tickDependencies } from '#cli/tick-dependencies.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import { alwaysOurs } from '#core/ports/duties.ts'
import type { Platform } from '#core/ports/platform.ts'
import { deliver } from '#digests/outbox.ts'
import { type TickDependencies, tick } from '#digests/tick.ts'
import { loadPaper } from './replica-load.ts'

export interface Job {
  /** When the first tick is, by the bot's clock; by the machine's where it is not given. */
  readonly at?: string
  /** Ticks with a look at the feeds, twenty minutes apart by that clock, each with so many papers more than the one before. */
  readonly ticks: number
  readonly papers: number
  /** Of the first paper. */
  readonly from: number
  /** Whether what is recorded is posted too, by these ticks and, after them, until nothing is left. */
  readonly delivers: boolean
}

export interface Told {
  readonly tickSeconds: readonly number[]
  readonly sent: number
  readonly cpuSeconds: number
  readonly megabytes: number
}

const WHILE_PUT_OFF = 50
const APART = { minutes: 20 }

const [url = '', text = '{}'] = process.argv.slice(2)
const job: Job = JSON.parse(text)
await Promise.all([import('@slack/bolt'), import('discord.js')])
await using app = await openApp({ posts: true })
let shown = 0

const platform: Platform = {
  name: 'slack',
  async post({ dedupeKey, destination, blocks }) {
    const body = JSON.stringify({ channel: destination.channel, blocks })
    const { status } = await fetch(url, { method: 'POST', body }).catch((cause) => {
      throw new DeliveryError('uncertain', 'No answer.', { cause })
    })
    if (status === 429) throw new DeliveryError('rate-limited', 'Slow down.', { retryAfter: 1 })
    return dedupeKey
  },
  lookUp: async () => 'unknown',
  edit: async () => undefined,
  permalink: (_, ref) => `https://chat.example/${ref}`,
}
let ahead = job.at === undefined ? new Temporal.Duration() : systemClock.now().until(job.at)
const clock: Clock = { now: () => systemClock.now().add(ahead) }
const day = clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString()
const { archive: _, ...given } = await tickDependencies(app, job.delivers ? [platform] : [])
const dependencies: TickDependencies = {
  ...given,
  clock,
  categories: ['cs.LG'],
  // Each of these ticks looks at the feeds, however soon it comes after another.
  duties: alwaysOurs,
  source: {
    name: 'arxiv-rss',
    read: async () => {
      const records = Array.from({ length: shown }, (_, at) => loadPaper(job.from + at, day))
      return { kind: 'records' as const, records, skipped: [], digest: `${job.from} ${shown}` }
    },
  },
}
process.send?.('ready')
await once(process, 'message')
process.send?.(await work())
process.channel?.unref()

async function work(): Promise<Told> {
  const tickSeconds: number[] = []
  let sent = 0
  for (let ticks = 0; ticks < job.ticks; ticks++) {
    shown += job.papers
    const now = clock.now()
    const began = performance.now()
    sent += (await tick(dependencies, now)).deliveries.sent
    tickSeconds.push((performance.now() - began) / 1000)
    await app.index.catchUp()
    ahead = systemClock.now().until(now.add(APART))
  }
  while (job.delivers && (await isLeft())) {
    sent += await deliver(dependencies)
    await new Promise((resolve) => setTimeout(resolve, WHILE_PUT_OFF))
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return { tickSeconds, sent, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }
}

async function isLeft(): Promise<boolean> {
  const { pending, uncertain } = await app.store.ledger.counts()
  return pending + uncertain > 0
}
