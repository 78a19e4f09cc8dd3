// Builders: whole papers, records, subscriptions and schedules of which a test names only what it is about.
import { authorKey } from '#core/author-name.ts'
import type { Author, Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Schedule } from '#core/schedule.ts'
import type { AuthorTarget, Destination, Subscription } from '#core/subscription.ts'

/** Names alone are enough for authors, texts for ids. */
type Loose<T> = Partial<Omit<T, 'ids' | 'authors'>> & {
  readonly ids?: readonly string[]
  readonly authors?: readonly (string | Author)[]
}

/** A record of 15 November 2026 by arXiv's RSS: `arxiv:2611.00001` in cs.LG, without an abstract. */
export function aRecord({ ids, authors, ...rest }: Loose<PaperRecord> = {}): PaperRecord {
  return {
    source: 'arxiv-rss',
    title: 'A paper about representations',
    published: '2026-11-15',
    categories: ['cs.LG'],
    ...rest,
    ids: idsOf(ids),
    authors: authorsOf(authors),
  }
}

/** The paper number 1, first seen on 15 November 2026 at noon, otherwise as aRecord. */
export function aPaper({ ids, authors, ...rest }: Loose<Paper> = {}): Paper {
  const { source, announcement, ...fields } = aRecord()
  return {
    ...fields,
    number: 1,
    origins: {},
    sources: [source],
    firstSeen: '2026-11-15T12:00:00Z',
    ...rest,
    ids: idsOf(ids),
    authors: authorsOf(authors),
  }
}

/** A topic, “sparse autoencoder”, followed by Ada in the terminal since 1 November 2026, cadence `both`. */
export function aSubscription(parts: Partial<Subscription> = {}): Subscription {
  return {
    id: 'subscription-1',
    destination: aDestination(),
    target: { kind: 'topic', query: '"sparse autoencoder"' },
    cadence: 'both',
    owner: { id: 'ada', name: 'Ada' },
    createdAt: '2026-11-01T00:00:00Z',
    ...parts,
  }
}

/** Each Monday at nine in Berlin, since 1 November 2026. */
export function aSchedule(parts: Partial<Schedule> = {}): Schedule {
  return {
    id: 'schedule-1',
    destination: aDestination(),
    frequency: 'weekly',
    day: 1,
    time: '09:00',
    zone: 'Europe/Berlin',
    template: 'digest',
    whenEmpty: 'skip',
    owner: { id: 'ada', name: 'Ada' },
    createdAt: '2026-11-01T00:00:00Z',
    ...parts,
  }
}

/** The terminal, unless said otherwise. */
export function aDestination(parts: Partial<Destination> = {}): Destination {
  return { platform: 'terminal', workspace: 'local', channel: 'terminal', ...parts }
}

/** To follow an author by name. */
export function anAuthorTarget(name: string): AuthorTarget {
  return { kind: 'author', key: authorKey(name), name }
}

function idsOf(ids: readonly string[] = ['arxiv:2611.00001']): readonly [PaperId, ...PaperId[]] {
  return ids as unknown as readonly [PaperId, ...PaperId[]]
}

function authorsOf(authors: readonly (string | Author)[] = ['Ada Lovelace']): readonly Author[] {
  return authors.map((author) => (typeof author === 'string' ? { name: author } : author))
}
