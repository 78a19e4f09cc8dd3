// What happens in two days of a small installation: channels that follow different things in different ways, papers from an
// import and from feeds that bring them again and in new versions, alerts and digests. Each seed makes another one.
import { seededRandom } from '#bench/corpus.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Store } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { type Cadence, type Destination, destinationKey, type Target } from '#core/subscription.ts'

export interface Step {
  readonly at: string
  /** Read from a file before the pass. */
  readonly imported: readonly PaperRecord[]
  /** What the feeds hold then. */
  readonly announced: readonly PaperRecord[]
}

interface Channel {
  readonly destination: Destination
  readonly targets: readonly (readonly [Target, Cadence])[]
  /** Without one, alerts are all there is. */
  readonly hasDigest: boolean
  readonly settings: Partial<ChannelSettings>
}

export interface Scenario {
  readonly channels: readonly Channel[]
  readonly steps: readonly Step[]
  /** Each paper that each destination is to hear of, as toldOf says. */
  readonly expected: ReadonlySet<string>
}

/** A paper in a destination. */
export function toldOf(destination: string, title: string): string {
  return `${destination} ${title}`
}

export const BEGINNING = '2026-11-16T06:00:00Z'
const STEPS = ['2026-11-16T08:00:00Z', '2026-11-16T10:00:00Z', '2026-11-16T12:10:00Z', '2026-11-17T12:10:00Z']
/** Read whoever follows them. */
export const CATEGORIES = ['cs.LG', 'cs.CL', 'stat.ML']
const WORDS = ['zebra', 'quokka', 'lemur', 'okapi']

export function aScenario(seed: number): Scenario {
  const random = seededRandom(seed)
  const some = (most: number) => Math.floor(random() * (most + 1))
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const channels = Array.from({ length: 2 + some(3) }, (_, at) => aChannel(at))
  let papers = 0
  const records = (many: number) => Array.from({ length: many }, () => aRecord(++papers))
  const known: PaperRecord[] = []
  const steps = STEPS.map((at): Step => {
    const imported = records(some(4))
    // A batch may be what it was, brings some papers anew and a revision of one.
    const again = known.filter(() => random() < 0.3).map((record, nth) => (nth === 0 ? revised(record) : record))
    const announced = [...again, ...records(some(8))]
    known.push(...imported, ...announced.slice(again.length))
    return { at, imported, announced }
  })
  return { channels, steps, expected: expectedOf(channels, known) }

  function aChannel(at: number): Channel {
    const hasDigest = random() < 0.6
    const cadences: readonly Cadence[] = hasDigest ? ['now', 'digest', 'both'] : ['now']
    const targets: Target[] = [
      { kind: 'category', category: one(CATEGORIES) },
      { kind: 'topic', query: one(WORDS) },
    ]
    const destination = { platform: 'terminal', workspace: at < 3 ? 'many' : `W${at}`, channel: `C${at}` } as const
    return {
      destination: random() < 0.2 ? { ...destination, thread: '17' } : destination,
      targets: targets.slice(0, 1 + some(1)).map((target) => [target, one(cadences)]),
      hasDigest,
      settings: { alerts: one(['flat', 'thread']), echo: one(['show', 'link']), most: one([2, 50]) },
    }
  }

  function aRecord(number: number): PaperRecord {
    const words = WORDS.filter(() => random() < 0.25)
    return {
      source: 'arxiv-rss',
      ids: [`arxiv:2611.${String(number).padStart(5, '0')}` as PaperId],
      title: ['Paper', number, ...words].join(' '),
      authors: [{ name: `Ada Lovelace${number}` }],
      abstract: 'About nothing in particular.',
      published: '2026-11-15',
      categories: [one(CATEGORIES)],
      version: 1,
      announcement: 'new',
    }
  }
}

function revised(record: PaperRecord): PaperRecord {
  return { ...record, version: (record.version ?? 1) + 1, comment: 'Revised.', announcement: 'replace' }
}

function expectedOf(channels: readonly Channel[], records: readonly PaperRecord[]): Set<string> {
  return new Set(
    channels.flatMap(({ destination, targets }) =>
      records
        .filter((record) => targets.some(([target]) => selects(target, record)))
        .map(({ title }) => toldOf(destinationKey(destination), title)),
    ),
  )
}

function selects(target: Target, { title, categories = [] }: PaperRecord): boolean {
  if (target.kind === 'category') return categories.includes(target.category)
  return target.kind === 'topic' && title.includes(target.query)
}

/** Before anything happens. */
export async function setUp(store: Store, { channels }: Scenario): Promise<void> {
  const owner = { id: 'ada', name: 'Ada' }
  for (const [at, { destination, targets, hasDigest, settings }] of channels.entries()) {
    await store.channels.set(destination, settings)
    for (const [nth, [target, cadence]] of targets.entries()) {
      await store.subscriptions.add({ id: `${at}-${nth}`, destination, target, cadence, owner, createdAt: BEGINNING })
    }
    if (!hasDigest) continue
    const when = { frequency: 'daily', day: 1, time: '12:00', zone: 'UTC', template: 'digest', whenEmpty: 'skip' } as const
    await store.schedules.set({ id: `S${at}`, destination, ...when, owner, createdAt: BEGINNING })
  }
}
