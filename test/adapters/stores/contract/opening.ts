// What the parts of the contract share: a store for one test, and small papers, places and deliveries to put into it.
import { test } from 'vitest'
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import type { NewDelivery } from '#core/delivery.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Store } from '#core/ports/store.ts'
import type { Schedule } from '#core/schedule.ts'
import type { Destination, Match, Subscription } from '#core/subscription.ts'

export type OpenStore = () => Promise<Store>

export const NOON = '2026-03-02T12:00:00Z'
export const LATER = '2026-03-02T12:05:00Z'

export const OURS: Destination = { platform: 'slack', workspace: 'T1', channel: 'C1' }
/** Each differs from OURS in one part. */
export const OTHER_CHANNELS: readonly Destination[] = [
  { ...OURS, platform: 'discord' },
  { ...OURS, workspace: 'T2' },
  { ...OURS, channel: 'C2' },
]
export const OTHERS: readonly Destination[] = [...OTHER_CHANNELS, { ...OURS, thread: '17.5' }]

/** Tests with an empty store of their own. */
export function storeTest(open: OpenStore): (name: string, body: (store: Store) => Promise<void>) => void {
  return (name, body) =>
    test(name, async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    })
}

export function ids(...texts: [string, ...string[]]): [PaperId, ...PaperId[]] {
  return texts as unknown as [PaperId, ...PaperId[]]
}

export function key(name: string): AuthorKey {
  return authorKey(name)
}

/** The record of a paper that differs from any other by `id`. */
export function record(id: string, fields: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: 'arxiv-api',
    ids: ids(`arxiv:${id}`),
    title: `On ${id}`,
    authors: [{ name: 'Ada Lovelace' }],
    published: '2026-03-01',
    categories: ['cs.LG'],
    ...fields,
  }
}

/** Puts papers with these ids; answers their numbers. */
export async function putPapers(store: Pick<Store, 'papers'>, texts: readonly string[], now = NOON): Promise<number[]> {
  const stored = await store.papers.put(
    texts.map((id) => record(id)),
    now,
  )
  return stored.map(({ number }) => number)
}

export function subscription(id: string, fields: Partial<Subscription> = {}): Subscription {
  return {
    id,
    destination: OURS,
    target: { kind: 'topic', query: `topic of ${id}` },
    cadence: 'both',
    owner: { id: 'U1', name: 'Ada' },
    createdAt: NOON,
    ...fields,
  }
}

export function match(from: Subscription, paper: number, matchedAt = NOON, seenAt = matchedAt): Match {
  const reason = { subscription: from.id, target: from.target, words: ['topic'] }
  return { subscription: from.id, paper, reason, matchedAt, seenAt }
}

export function schedule(id: string, fields: Partial<Schedule> = {}): Schedule {
  return {
    id,
    destination: OURS,
    frequency: 'weekly',
    day: 1,
    time: '09:00',
    zone: 'Europe/Berlin',
    template: 'digest',
    whenEmpty: 'skip',
    owner: { id: 'U1', name: 'Ada' },
    createdAt: NOON,
    ...fields,
  }
}

/** An alert about one paper. */
export function alert(paper: number, fields: Partial<NewDelivery> = {}): NewDelivery {
  return {
    destination: OURS,
    kind: 'alert',
    subject: String(paper),
    part: 0,
    blocks: [{ kind: 'prose', spans: [{ text: `Paper ${paper}` }] }],
    claims: [{ paper, event: 'new' }],
    ...fields,
  }
}

/** What a claim at `now` takes, with a lease of one minute; of all platforms and without a limit unless told. */
export function claiming(now: string, options: { limit?: number; platforms?: readonly string[]; only?: number } = {}) {
  const leaseUntil = Temporal.Instant.from(now).add({ minutes: 1 }).toString()
  return { now, leaseUntil, limit: 100, platforms: ['slack', 'discord', 'terminal'], ...options }
}
