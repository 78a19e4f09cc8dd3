// A chat platform that remembers all it accepted, by key and content, and fails as it is told: refusals, and resets before and
// after a message was taken.
import type { Delivery } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import { destinationKey } from '#core/subscription.ts'

/** What a message was: its key, and the papers it told of. */
export interface Accepted {
  readonly key: string
  readonly kind: Delivery['kind']
  readonly destination: string
  readonly titles: readonly string[]
}

export interface RememberingPlatform extends Platform {
  readonly accepted: Accepted[]
  /** Called for, and neither accepted nor refused so far. */
  readonly underway: ReadonlySet<Delivery>
}

export interface Temper {
  readonly random: () => number
  /** The share of calls that fail. */
  readonly faults: number
  /** Accepted before. */
  readonly accepted?: readonly Accepted[]
  /** Told before and after each call took effect. */
  readonly onCall?: () => void
}

/** As channels.ts makes them. */
const TITLE = /^Paper \d+.*/
const FAULTS = ['limited', 'busy', 'reset before', 'reset after', 'refused'] as const

export function rememberingPlatform({ random, faults, accepted: before = [], onCall = () => {} }: Temper): RememberingPlatform {
  const accepted = [...before]
  const keys = new Set(accepted.map(({ key }) => key))
  const underway = new Set<Delivery>()
  const fault = () => (random() < faults ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined)

  async function post(delivery: Delivery): Promise<string> {
    const failing = fault()
    await undefined
    if (failing === 'limited') throw new DeliveryError('rate-limited', 'Slow down.', { retryAfter: 20 })
    if (failing === 'busy') throw new DeliveryError('transient', 'Busy.')
    if (failing === 'refused' && isFormed(delivery)) throw new DeliveryError('rejected', 'Too much form.')
    if (failing === 'reset before') throw new DeliveryError('uncertain', 'Reset before it arrived.')
    underway.delete(delivery)
    accepted.push(acceptedOf(delivery))
    keys.add(delivery.dedupeKey)
    onCall()
    await undefined
    if (failing === 'reset after') throw new Error('reset after it arrived')
    return refOf(delivery.dedupeKey)
  }

  return {
    name: 'terminal',
    accepted,
    underway,
    async post(delivery) {
      underway.add(delivery)
      onCall()
      return post(delivery).finally(() => underway.delete(delivery))
    },
    async lookUp({ dedupeKey }) {
      if (fault() !== undefined) throw new DeliveryError('uncertain', 'No answer.')
      return keys.has(dedupeKey) ? { found: refOf(dedupeKey) } : 'absent'
    },
    async edit() {
      if (fault() !== undefined) throw new DeliveryError('transient', 'Busy.')
      onCall()
    },
    permalink: (_, ref) => `https://chat.example/${ref}`,
  }
}

/** A digest's line is of a paper that was alerted before; a message without form tells of its papers in paragraphs. */
export function acceptedOf({ dedupeKey, kind, destination, blocks }: Delivery): Accepted {
  const titles = blocks.flatMap((block) => {
    if (block.kind === 'prose') return TITLE.exec(block.spans[0]?.text ?? '')?.[0] ?? []
    return block.kind === 'card' && (kind === 'alert' || block.form !== 'line') ? [block.paper.title] : []
  })
  return { key: dedupeKey, kind, destination: destinationKey(destination), titles }
}

/** An alert with cards, and not the text that is sent in its place. */
function isFormed({ kind, blocks }: Delivery): boolean {
  return kind === 'alert' && blocks.some((block) => block.kind === 'card')
}

function refOf(key: string): string {
  return `ref-${key}`
}
