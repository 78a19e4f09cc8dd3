// Channels that follow different things in different ways, papers that some of them follow, and what each is to hear of.
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Store } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { type Cadence, type Destination, destinationKey, type Target } from '#core/subscription.ts'

/** Read whoever follows them. */
export const CATEGORIES = ['cs.LG', 'cs.CL', 'stat.ML']
const WORDS = ['zebra', 'quokka', 'lemur', 'okapi']

export interface Channel {
  readonly destination: Destination
  readonly targets: readonly (readonly [Target, Cadence])[]
  /** At noon; without one, alerts are all there is. */
  readonly hasDigest: boolean
  readonly settings: Partial<ChannelSettings>
}

type Random = () => number

/** One of these, each as likely as the others. */
function oneOf<T>(of: readonly T[], random: Random): T {
  return of[Math.floor(random() * of.length)] as T
}

/** Three of them share a workspace. */
export function aChannel(at: number, random: Random): Channel {
  const hasDigest = random() < 0.6
  const cadences: readonly Cadence[] = hasDigest ? ['now', 'digest', 'both'] : ['now']
  const targets: Target[] = [
    { kind: 'category', category: oneOf(CATEGORIES, random) },
    { kind: 'topic', query: oneOf(WORDS, random) },
  ]
  const destination = { platform: 'terminal', workspace: at < 3 ? 'many' : `W${at}`, channel: `C${at}` } as const
  return {
    destination: random() < 0.2 ? { ...destination, thread: '17' } : destination,
    targets: targets.slice(0, random() < 0.5 ? 1 : 2).map((target) => [target, oneOf(cadences, random)]),
    hasDigest,
    settings: {
      alerts: oneOf(['flat', 'thread'], random),
      echo: oneOf(['show', 'link'], random),
      most: oneOf([2, 50], random),
    },
  }
}

/** A new one; its title tells it from all others. */
export function aPaper(number: number, random: Random): PaperRecord {
  const words = WORDS.filter(() => random() < 0.25)
  return {
    source: 'arxiv-rss',
    ids: [`arxiv:2611.${String(number).padStart(5, '0')}` as PaperId],
    title: ['Paper', number, ...words].join(' '),
    authors: [{ name: `Ada Lovelace${number}` }],
    abstract: 'About nothing in particular.',
    categories: [oneOf(CATEGORIES, random)],
    version: 1,
    announcement: 'new',
  }
}

/** Follows and settings, since `now`. */
export async function setUp(store: Store, channels: readonly Channel[], now: string): Promise<void> {
  const owner = { id: 'ada', name: 'Ada' }
  for (const [at, { destination, targets, hasDigest, settings }] of channels.entries()) {
    await store.channels.set(destination, settings)
    for (const [nth, [target, cadence]] of targets.entries()) {
      await store.subscriptions.add({ id: `${at}-${nth}`, destination, target, cadence, owner, createdAt: now })
    }
    if (!hasDigest) continue
    const when = { frequency: 'daily', day: 1, time: '12:00', zone: 'UTC', template: 'digest', whenEmpty: 'skip' } as const
    await store.schedules.set({ id: `S${at}`, destination, ...when, owner, createdAt: now })
  }
}

/** Each paper that each channel is to hear of, as toldOf says. */
export function expectedOf(channels: readonly Channel[], records: readonly PaperRecord[]): Set<string> {
  return new Set(
    channels.flatMap(({ destination, targets }) =>
      records
        .filter((record) => targets.some(([target]) => selects(target, record)))
        .map(({ title }) => toldOf(destinationKey(destination), title)),
    ),
  )
}

/** A paper in a destination. */
export function toldOf(destination: string, title: string): string {
  return `${destination} ${title}`
}

function selects(target: Target, { title, categories = [] }: PaperRecord): boolean {
  if (target.kind === 'category') return categories.includes(target.category)
  return target.kind === 'topic' && title.includes(target.query)
}
