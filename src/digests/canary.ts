// Whether a source still has the form in which it is read: a page that its site made anew is no day without papers.
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { ArchivePage } from '#core/ports/archive.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'

/** Of fewer papers nothing can be told. */
const FEWEST = 3
/** The shares of papers from which on nearly all have a field, and below which most do not. */
const NEARLY_ALL = 0.9
const HALF = 0.5

const FIELDS: readonly (readonly [field: keyof PaperRecord, inWords: string])[] = [
  ['authors', 'authors'],
  ['abstract', 'abstract'],
  ['categories', 'categories'],
  ['announcement', 'word on whether they are new'],
]

/** What is wrong with the form of a category's batch; undefined where it is as it was. */
export function formError(feed: string, before: FeedState | undefined, batch: FeedBatch): SourceError | undefined {
  const { records } = batch
  if (isMostlyUnread(batch)) return changed(feed, `most of its ${papers(batch)} papers cannot be read`)
  if (records.length < FEWEST) return undefined
  if (share(records, ({ ids }) => ids.some((id) => id.startsWith('arxiv:'))) < HALF) {
    return changed(feed, `most of its ${papers(batch)} papers have no id of arXiv`)
  }
  const lost = FIELDS.find(([field]) => before?.had?.includes(field) && share(records, has(field)) < HALF)
  return lost && changed(feed, `most of its ${papers(batch)} papers have no ${lost[1]} any more`)
}

/** The fields that nearly all papers of the batch have; undefined of too few. */
export function fieldsOf({ records }: FeedBatch): string[] | undefined {
  if (records.length < FEWEST) return undefined
  return FIELDS.flatMap(([field]) => (share(records, has(field)) >= NEARLY_ALL ? [field] : []))
}

export function isMostlyUnread({ records, skipped }: ArchivePage): boolean {
  return skipped.length > records.length
}

function changed(feed: string, what: string): SourceError {
  return new SourceError(`The feed of ${feed} has another form than before: ${what}.`, {
    hint: 'A newer version of Paperboy may be able to read it.',
  })
}

function papers({ records, skipped }: FeedBatch): number {
  return records.length + skipped.length
}

function share(records: readonly PaperRecord[], of: (record: PaperRecord) => boolean): number {
  return records.filter(of).length / records.length
}

function has(field: keyof PaperRecord): (record: PaperRecord) => boolean {
  return ({ [field]: value }) => value !== undefined && !(Array.isArray(value) && value.length === 0)
}
