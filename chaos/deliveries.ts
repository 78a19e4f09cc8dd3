// 100,000 deliveries to 11,000 channels, one workspace holding most of them, by a platform that fails at every tenth call, on
// a clock that is moved by hand: each arrives once, and no workspace waits while others get turn after turn.
import { join } from 'node:path'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { generatedRecords, seededRandom } from '#bench/corpus.ts'
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import { DeliveryError } from '#core/errors.ts'
import { fromRecord } from '#core/merge.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Block } from '#core/reply.ts'
import { deliver } from '#digests/outbox.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { dependenciesOf, handClock, inFolder } from './world.ts'

const NOW = '2026-11-16T09:00:00Z'
const FAULTS = 0.1
const MOST_MB = 300
const RECORDED_AT_ONCE = 250
const MESSAGES = 500
/** Every tenth delivery is for one of so many small workspaces; the others are for a single one. */
const SMALL = 100

export async function run(extent: Extent): Promise<Found> {
  const tried = timesOf(extent, { full: 100_000, short: 2000 })
  const arrived = new Uint8Array(tried)
  /** How often each workspace had been served when the last of them was served first. */
  const turns = new Map<string, number>()
  const serve = ({ destination: { workspace } }: Delivery) => {
    if (turns.size <= SMALL) turns.set(workspace, (turns.get(workspace) ?? 0) + 1)
  }
  await inFolder(async (folder) => {
    const store = await openSqliteStore(join(folder, 'paperboy.db'))
    const clock = handClock(NOW)
    const dependencies = dependenciesOf(store, clock, faulty(arrived, serve, seededRandom(extent.seed)))
    const messages = someMessages()
    for (let at = 0; at < tried; at += RECORDED_AT_ONCE) {
      const some = Array.from({ length: Math.min(RECORDED_AT_ONCE, tried - at) }, (_, more) => at + more)
      await store.ledger.record(
        some.map((one) => deliveryOf(one, tried, messages)),
        NOW,
      )
    }
    for (let open = tried; open > 0; clock.pass({ minutes: 1 })) {
      await deliver(dependencies)
      const { pending, sending, uncertain } = await store.ledger.counts()
      open = pending + sending + uncertain
    }
    await store.close()
  }, 'memory')
  const peak = process.resourceUsage().maxRSS / 1024
  const most = Math.max(...turns.values())
  return {
    tried,
    lost: arrived.filter((times) => times === 0).length,
    twice: arrived.filter((times) => times > 1).length,
    corrupt: 0,
    notes: [`Before each of ${turns.size} workspaces had its first turn, none had more than ${most}.`],
    wrong: [
      ...(most > 2 ? [`A workspace waited for its first turn while another had ${most}.`] : []),
      ...(peak > MOST_MB ? [`It took ${Math.round(peak)} MB, and ${MOST_MB} are allowed.`] : []),
    ],
  }
}

/** Number `at`: nine of ten in one workspace of many channels, the others in small ones of ten channels. */
function deliveryOf(at: number, tried: number, messages: readonly (readonly Block[])[]): NewDelivery {
  const channels = Math.ceil(tried / 10)
  const isSmall = at % 10 === 9
  const turn = Math.floor(at / 10)
  const workspace = isSmall ? `small ${turn % SMALL}` : 'large'
  const channel = isSmall ? `channel ${Math.floor(turn / SMALL) % 10}` : `channel ${at % channels}`
  const destination = { platform: 'terminal', workspace, channel } as const
  const claims = [{ paper: at + 1, event: 'new' }]
  return { destination, kind: 'alert', subject: `${at}`, part: 0, blocks: messages[at % messages.length] ?? [], claims }
}

function someMessages(): Block[][] {
  return generatedRecords(MESSAGES).map((record, at) => {
    const paper = { ...fromRecord(record), number: at + 1, firstSeen: NOW }
    return [{ kind: 'card', paper, form: 'listing', why: [{ text: 'follows what it is about' }] }]
  })
}

/** Counts what arrives; every tenth call fails: refused for a while, busy, or cut off before or after it took effect. */
function faulty(arrived: Uint8Array, serve: (delivery: Delivery) => void, random: () => number): Platform {
  const fails = () => random() < FAULTS
  return {
    name: 'terminal',
    async post(delivery) {
      serve(delivery)
      const at = Number(delivery.subject)
      const fault = fails() ? Math.floor(random() * 4) : undefined
      if (fault === 0) throw new DeliveryError('rate-limited', 'Slow down.', { retryAfter: 30 })
      if (fault === 1) throw new DeliveryError('transient', 'Busy.')
      if (fault === 2) throw new Error('reset before it arrived')
      arrived[at] = (arrived[at] ?? 0) + 1
      if (fault === 3) throw new Error('reset after it arrived')
      return `${at}`
    },
    async lookUp({ subject }) {
      if (fails()) throw new DeliveryError('uncertain', 'No answer.')
      return arrived[Number(subject)] ? { found: subject } : 'absent'
    },
    edit: async () => undefined,
    permalink: () => undefined,
  }
}
