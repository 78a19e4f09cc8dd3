// The text of a feed → its papers. The order: arXiv's own announcements by our readers; else a well-formed feed by rss-parser;
// else taken apart into entries, so that a broken one is skipped and not the feed; else, a page, the feeds it names.
import { readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import { NO_TITLE } from '#adapters/formats/record.ts'
import { describeUnknown, ENOUGH } from '#adapters/formats/registry.ts'
import { rootName } from '#adapters/formats/root.ts'
import type { PaperRecord } from '#core/paper.ts'
import { contentOf, entryRecord, type FeedPlace, type ReadEntries } from './entry.ts'
import { feedsOfPage } from './page.ts'
import { readParts } from './parts.ts'

const FEEDS: ReadonlySet<string> = new Set(['rss', 'feed', 'RDF'])
const MOST_ENTRIES = 1000
const LONGEST_NAME = 200
const BROKEN_OFF: Reading = { kind: 'unknown', why: 'breaks off before its end' }
/** No announcement is without. */
const ARXIV = /arxiv/i
const ARXIV_HOST = /^(?:[a-z0-9-]+\.)?arxiv\.org$/

type Skipped = readonly { readonly where: string; readonly why: string }[]

/** `parts`: without rss-parser, which took too long over it. */
export type Way = 'library' | 'parts'

export interface FeedText extends FeedPlace {
  readonly text: string
  readonly way: Way
}

export type Reading =
  | {
      readonly kind: 'feed'
      readonly title?: string
      readonly records: readonly PaperRecord[]
      /** What each record says; see contentOf. */
      readonly contents: readonly string[]
      readonly skipped: Skipped
    }
  /** A page: the feeds it names. */
  | { readonly kind: 'page'; readonly feeds: readonly string[] }
  /** `why` goes on from "The answer". */
  | { readonly kind: 'unknown'; readonly why: string }

/** Never throws; hostile texts take long. */
export async function readFeed(feed: FeedText): Promise<Reading> {
  const { text, url, way } = feed
  const start = text.slice(0, ENOUGH)
  const root = rootName(start)
  if (root === undefined || !FEEDS.has(root)) {
    const feeds = root === 'html' || root === undefined ? feedsOfPage(text, url) : []
    return feeds.length > 0 ? { kind: 'page', feeds } : { kind: 'unknown', why: describeUnknown(start) }
  }
  const announced = await announcements(feed)
  if (announced !== undefined) return announced
  const read = await readEntries(text, way)
  return read.isWhole ? papersOf(read, feed) : BROKEN_OFF
}

/** The entries of a feed as they stand there, whoever wrote it. Never throws. */
export async function readEntries(text: string, way: Way): Promise<ReadEntries> {
  return (way === 'library' ? await byLibrary(text) : undefined) ?? readParts(text, MOST_ENTRIES)
}

function papersOf({ title, entries, broken, more }: ReadEntries, place: FeedPlace): Reading {
  const records: PaperRecord[] = []
  const skipped = [...broken]
  for (const [at, entry] of entries.entries()) {
    const record = entryRecord(entry, place)
    if (record) records.push(record)
    else skipped.push({ where: `entry ${at + 1}`, why: NO_TITLE })
  }
  return reading(title, records, [...skipped, ...tooMany(more)])
}

function reading(title: string | undefined, records: readonly PaperRecord[], skipped: Skipped): Reading {
  const name = title?.slice(0, LONGEST_NAME).toWellFormed()
  return { kind: 'feed', ...(name !== undefined && { title: name }), records, contents: records.map(contentOf), skipped }
}

function tooMany(more: number): Skipped {
  return more > 0 ? [{ where: `entry ${MOST_ENTRIES + 1}`, why: `${more} more than ${MOST_ENTRIES} entries.` }] : []
}

async function byLibrary(text: string): Promise<ReadEntries | undefined> {
  try {
    const { readByLibrary } = await import('./library.ts')
    return await readByLibrary(text, MOST_ENTRIES)
  } catch {
    return undefined
  }
}

/**
 * The records where all entries are announcements of arXiv. What another host than arXiv's says of them is said by a feed:
 * it counts least, and changes nothing of a paper but what nobody else knows.
 */
async function announcements({ text, url }: FeedText): Promise<Reading | undefined> {
  if (!ARXIV.test(text)) return undefined
  try {
    const batches = await Array.fromAsync(readPapers([Buffer.from(text)]))
    const records = batches.flatMap((batch) => batch.records)
    if (
      records.length === 0 ||
      !records.every(({ source, ids: [id] }) => source.startsWith('arxiv-') && id.startsWith('arxiv:'))
    ) {
      return undefined
    }
    const envelope = batches.at(-1)?.envelope
    if (envelope?.cut) return BROKEN_OFF
    const isArxiv = url.startsWith('https:') && ARXIV_HOST.test(URL.parse(url)?.hostname ?? '')
    const taken = records.slice(0, MOST_ENTRIES)
    const skipped = batches.flatMap(({ skips }) => skips.map(({ line, why }) => ({ where: `line ${line}`, why })))
    return reading(envelope?.title, isArxiv ? taken : taken.map(asFeedSays), [
      ...skipped,
      ...tooMany(records.length - taken.length),
    ])
  } catch (error) {
    if (error instanceof UnknownFormat) return undefined
    throw error
  }
}

function asFeedSays({ ids: [id], title, authors, abstract, published, url }: PaperRecord): PaperRecord {
  return {
    source: 'feed',
    ids: [id],
    title,
    authors,
    ...(abstract !== undefined && { abstract }),
    ...(published !== undefined && { published }),
    ...(url !== undefined && { url }),
  }
}
