// What happens in two days of a small installation: papers from an import and from feeds that bring them again and in new
// versions, alerts and digests. Each seed makes another one.
import { seededRandom } from '#bench/corpus.ts'
import type { PaperRecord } from '#core/paper.ts'
import { aChannel, aPaper, type Channel, expectedOf } from './channels.ts'

export interface Step {
  readonly at: string
  /** Read from a file before the pass. */
  readonly imported: readonly PaperRecord[]
  /** What the feeds hold then. */
  readonly announced: readonly PaperRecord[]
}

export interface Scenario {
  readonly channels: readonly Channel[]
  readonly steps: readonly Step[]
  /** Each paper that each channel is to hear of, as toldOf says. */
  readonly expected: ReadonlySet<string>
}

export const BEGINNING = '2026-11-16T06:00:00Z'
const STEPS = ['2026-11-16T08:00:00Z', '2026-11-16T10:00:00Z', '2026-11-16T12:10:00Z', '2026-11-17T12:10:00Z']

export function aScenario(seed: number): Scenario {
  const random = seededRandom(seed)
  const some = (most: number) => Math.floor(random() * (most + 1))
  const channels = Array.from({ length: 2 + some(3) }, (_, at) => aChannel(at, random))
  let papers = 0
  const records = (many: number) => Array.from({ length: many }, () => aPaper(++papers, random))
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
}

function revised(record: PaperRecord): PaperRecord {
  return { ...record, version: (record.version ?? 1) + 1, comment: 'Revised.', announcement: 'replace' }
}
