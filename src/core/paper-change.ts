// What is new about a paper that was known before: what subscriptions and posted messages have to hear of.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import type { PaperFields } from '#core/paper.ts'

export interface PaperChange {
  /** The new version's number, above the one before. */
  readonly version?: number
  readonly withdrawn?: true
  /** A DOI or a journal, of which it had neither. */
  readonly published?: true
  /** Authors who were not among them. */
  readonly authors: readonly AuthorKey[]
  readonly categories: readonly string[]
  /** Organisations that were not known of it. */
  readonly orgs?: readonly string[]
}

/** Undefined where nothing of this is new: a longer abstract of the same version, more citations or upvotes, a summary. */
export function paperChange(before: PaperFields, after: PaperFields): PaperChange | undefined {
  const authors = added(before.authors, after.authors)
  const categories = (after.categories ?? []).filter((category) => !before.categories?.includes(category))
  const orgs = (after.orgs ?? []).filter((org) => !before.orgs?.includes(org))
  const isNewer = after.version !== undefined && after.version > (before.version ?? 1)
  const isPublished = hasPlace(after) && !hasPlace(before)
  const isWithdrawn = after.withdrawn === true && before.withdrawn !== true
  if (!isNewer && !isPublished && !isWithdrawn && authors.length + categories.length + orgs.length === 0) return undefined
  return {
    ...(isNewer && { version: after.version }),
    ...(isWithdrawn && { withdrawn: true }),
    ...(isPublished && { published: true }),
    authors,
    categories,
    ...(orgs.length > 0 && { orgs }),
  }
}

/** Of a paper that is as it was. */
export const NO_CHANGE: PaperChange = { authors: [], categories: [] }

export function isNoChange({ authors, categories, ...rest }: PaperChange): boolean {
  return authors.length + categories.length === 0 && Object.keys(rest).length === 0
}

/** What two changes come to, in either order. */
export function bothChanges(first: PaperChange, second: PaperChange): PaperChange {
  const orgs = [...new Set([...(first.orgs ?? []), ...(second.orgs ?? [])])]
  const versions = [first.version, second.version].filter((version) => version !== undefined)
  return {
    ...first,
    ...second,
    ...(versions.length > 0 && { version: Math.max(...versions) }),
    authors: [...new Set([...first.authors, ...second.authors])],
    categories: [...new Set([...first.categories, ...second.categories])],
    ...(orgs.length > 0 && { orgs }),
  }
}

function hasPlace({ doi, journalRef }: PaperFields): boolean {
  return doi !== undefined || journalRef !== undefined
}

function added(before: PaperFields['authors'], after: PaperFields['authors']): AuthorKey[] {
  const known = new Set(before.map(({ name }) => authorKey(name)))
  return [...new Set(after.map(({ name }) => authorKey(name)))].filter((key) => !known.has(key))
}
