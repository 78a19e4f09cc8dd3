// Sixty days of arXiv, played back by a fake that fails in every way arXiv does, to the real client, sources, store and passes, on
// a clock that is moved by hand: once arXiv is down for three days, and once the bot is. Every follower of a category hears of
// each of its papers once, and of nothing older; so do those of people whom nobody else's categories cover; and arXiv is never
// asked faster than it allows.
import { join } from 'node:path'
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivApi } from '#adapters/sources/arxiv/api.ts'
import { arxivOai } from '#adapters/sources/arxiv/oai.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { seededRandom } from '#bench/corpus.ts'
import { arxivDay } from '#core/announcement-days.ts'
import { authorKey } from '#core/author-name.ts'
import type { Store } from '#core/ports/store.ts'
import { destinationKey, type Target } from '#core/subscription.ts'
import { gapsOf } from '#digests/gaps.ts'
import { tick } from '#digests/tick.ts'
import { type AnnouncedPaper, announcedPapers, type History } from './announced-papers.ts'
import { type Channel, setUp, toldOf } from './channels.ts'
import { fakeArxiv } from './fake-arxiv.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { isHeld, judge } from './play.ts'
import { rememberingPlatform } from './remembering-platform.ts'
import { dependenciesOf, handClock, inFolder } from './world.ts'

const WATCHED = ['cs.LG', 'cs.CL', 'stat.ML', 'hep-th']
const DAYS = { full: 60, short: 10 }
/** Shares of the days after which arXiv and the bot are down, and for how many days. */
const DOWN = { arxiv: 0.3, bot: 0.65, days: 3 }
/** Minutes from one look at the feeds to the next. */
const PAUSES = { full: [20, 240], short: [60, 300] } as const
/** People who write where nobody watches. */
const PEOPLE = 14
const MOST_PASSES = 300

export function run(extent: Extent): Promise<Found> {
  const random = seededRandom(extent.seed)
  return inFolder(async (folder) => {
    const history = await announcedPapers(timesOf(extent, DAYS), random)
    const store = await openSqliteStore(join(folder, 'paperboy.db'))
    const found = await replay(history, store, extent, random)
    await store.close()
    return found
  }, 'memory')
}

async function replay(history: History, store: Store, { short }: Extent, random: () => number): Promise<Found> {
  const { days } = history
  const after = (share: number) => days.slice(Math.floor(days.length * share)).slice(0, DOWN.days)
  const asleep = new Set(after(DOWN.bot))
  const clock = handClock(`${days[0]}T07:00:00Z`)
  const arxiv = await fakeArxiv({ history, clock, random, down: new Set(after(DOWN.arxiv)) })
  const http = createHttpClient({ clock, wait: async (milliseconds) => clock.pass({ milliseconds }) })
  const { byAuthors } = arxivApi({ baseUrl: arxiv.url, http, clock })
  const { changed } = arxivOai({ baseUrl: arxiv.url, http })
  const platform = rememberingPlatform({ random, faults: 0 })
  const dependencies = dependenciesOf(store, clock, platform, {
    source: arxivRss({ baseUrl: arxiv.url, http }),
    archive: { changed, byAuthors },
    categories: WATCHED,
  })
  const channels = channelsOf(history)
  await setUp(store, channels, clock.now().toString())

  const [shortest, longest] = short ? PAUSES.short : PAUSES.full
  const pause = () => clock.pass({ minutes: shortest + Math.floor(random() * (longest - shortest)) })
  while (arxivDay(clock.now()) <= (days.at(-1) ?? '')) {
    if (!asleep.has(arxivDay(clock.now()))) await tick(dependencies, clock.now())
    pause()
  }
  let passes = 0
  while ((await isLeft(store, clock.now())) || passes < MOST_PASSES / 10) {
    if (passes++ > MOST_PASSES) break
    await tick(dependencies, clock.now())
    pause()
  }
  const isKnown = (await gapsOf(dependencies, clock.now())).length === 0
  await arxiv.close()

  const expected = expectedOf(channels, history)
  const { lost, twice, which } = judge(platform.accepted, expected)
  const { requests, faults, tooSoon } = arxiv.seen
  const failed = [...faults].map(([name, many]) => `${many} ${name}`).toSorted()
  return {
    tried: expected.size,
    lost,
    twice,
    corrupt: 0,
    notes: [
      `${days.length} days from ${days[0]} to ${days.at(-1)}, ${history.papers.length} papers, ${await store.papers.count()} stored.`,
      `${requests} requests, of which failed or were false: ${failed.join(', ')}.`,
    ],
    wrong: [
      ...which.slice(0, 10),
      ...(tooSoon > 0 ? [`arXiv was asked ${tooSoon} times sooner than three seconds after the request before`] : []),
      ...(isKnown ? [] : ['days of announcements are missing at the end']),
    ],
  }
}

/** A channel that is alerted and one with a daily digest for each category, and one that follows people. */
function channelsOf({ papers }: History): Channel[] {
  const channel = (name: string, targets: readonly Target[], hasDigest = false): Channel => ({
    destination: { platform: 'terminal', workspace: name, channel: name },
    targets: targets.map((target) => [target, hasDigest ? 'digest' : 'now']),
    hasDigest,
    settings: { most: 10_000 },
  })
  const elsewhere = papers.filter(({ categories, announced }) => announced && !categories.some((name) => WATCHED.includes(name)))
  const people = [...new Set(elsewhere.flatMap(({ authors: [first] }) => first ?? []))].slice(0, PEOPLE)
  return [
    ...WATCHED.flatMap((category) => [
      channel(`${category} at once`, [{ kind: 'category', category }]),
      channel(`${category} daily`, [{ kind: 'category', category }], true),
    ]),
    channel(
      'people',
      people.map((name) => ({ kind: 'author', key: authorKey(name), name })),
    ),
  ]
}

/** What was public before the follow is no news of people; of a category it is in the batch that is read first. */
function expectedOf(channels: readonly Channel[], { papers, days: [first] }: History): Set<string> {
  const fresh = papers.filter(({ announced }) => announced !== undefined)
  return new Set(
    channels.flatMap(({ destination, targets }) =>
      fresh
        .filter((paper) =>
          targets.some(([target]) => selects(target, paper) && (target.kind !== 'author' || paper.announced !== first)),
        )
        .map(({ title }) => toldOf(destinationKey(destination), title)),
    ),
  )
}

function selects(target: Target, { categories, authors }: AnnouncedPaper): boolean {
  if (target.kind === 'author') return authors.some((name) => authorKey(name) === target.key)
  return target.kind === 'category' && categories.includes(target.category)
}

async function isLeft(store: Store, now: Temporal.Instant): Promise<boolean> {
  const { pending, sending, uncertain } = await store.ledger.counts()
  const isMissing = (await gapsOf({ store, categories: WATCHED }, now)).length > 0
  return pending + sending + uncertain > 0 || isMissing || (await isHeld(store))
}
