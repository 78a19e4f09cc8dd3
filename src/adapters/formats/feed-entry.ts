// One entry of a feed, RSS, RDF or Atom, as a record: arXiv's announcements first, any other feed's papers as far as they go.
import type { Announcement, PaperRecord } from '#core/paper.ts'
import { arxivId, type ParsedId, sourceId } from '#core/paper-id.ts'
import { parseAuthors } from './authors.ts'
import { htmlText } from './entities.ts'
import { arxivCategories, folded, monthOfArxivId, saysWithdrawn, toRecord } from './record.ts'

const ANNOUNCED = /^\s{0,9}arXiv:\S{4,40}\s{1,9}Announce Type:\s{0,9}([a-z-]+)\s{1,9}(?:Abstract:\s{0,9})?/
const ANNOUNCEMENTS: ReadonlySet<string> = new Set<Announcement>(['new', 'cross', 'replace', 'replace-cross'])
const PREPRINT_SERVER = /^https?:\/\/(?:[a-z0-9-]+\.)*(?:bio|med)rxiv\.org\//
const DOI_PREFIX = /^doi:\s*/i

export interface FeedEntry {
  readonly title: string | undefined
  /** Where an arXiv id may stand, the one with the version first. */
  readonly ids: readonly (string | undefined)[]
  readonly link?: string | undefined
  readonly description?: string | undefined
  readonly creators: readonly string[]
  readonly categories: readonly string[]
  readonly announced?: string | undefined
  /** The day of the announcement, or of the entry. */
  readonly day?: string | undefined
  readonly doi?: string | undefined
  readonly journalRef?: string | undefined
}

/** Undefined where the entry has no title. */
export function feedRecord(entry: FeedEntry): PaperRecord | undefined {
  const arxiv = firstArxivId(entry.ids)
  const html = entry.description ?? ''
  const announced = ANNOUNCED.exec(html)
  const abstract = htmlText(html.slice(announced?.[0].length ?? 0))
  const named = parseAuthors(entry.creators.map(htmlText).join(', '))
  const doi = folded(entry.doi)?.replace(DOI_PREFIX, '').split(' ', 1)[0]
  if (arxiv === undefined) return otherRecord(entry, abstract, named, doi)
  const announcement = announcementOf(entry.announced ?? announced?.[1])
  return toRecord({
    ...named,
    source: 'arxiv-rss',
    arxiv,
    doi,
    announcement,
    abstract,
    title: entry.title,
    // The day of a first announcement is a day or three after the submission; of any other, the id alone tells the month.
    published: announcement === 'new' ? entry.day : monthOfArxivId(arxiv.id),
    categories: arxivCategories(entry.categories),
    journalRef: entry.journalRef,
    withdrawn: saysWithdrawn(undefined, abstract),
  })
}

function firstArxivId(texts: FeedEntry['ids']): ParsedId | undefined {
  for (const text of texts) {
    const parsed = text === undefined ? undefined : arxivId(text)
    if (parsed !== undefined) return parsed
  }
  return undefined
}

function otherRecord(
  { title, link, day, categories, ids }: FeedEntry,
  abstract: string,
  named: ReturnType<typeof parseAuthors>,
  doi: string | undefined,
): PaperRecord | undefined {
  const key = folded(link) ?? ids.map(folded).find((id) => id !== undefined)
  return toRecord({
    ...named,
    source: PREPRINT_SERVER.test(folded(link) ?? '') ? 'biorxiv' : 'feed',
    doi,
    own: key === undefined || doi !== undefined ? undefined : sourceId('feed', key),
    abstract,
    title: title === undefined ? undefined : htmlText(title),
    published: day,
    categories: categories.flatMap((category) => folded(category) ?? []),
    url: folded(link),
  })
}

function announcementOf(text: string | undefined): Announcement | undefined {
  const bare = text?.trim() ?? ''
  return ANNOUNCEMENTS.has(bare) ? (bare as Announcement) : undefined
}
