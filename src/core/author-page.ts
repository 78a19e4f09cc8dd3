// An author's page: whom a name means, and that person's papers with a profile.
// The order: the exact name, then names that may be the same person's, then "Family Given", then names that begin so.
import { type AuthorKey, authorKey, compatibleNames, familyKey } from '#core/author-name.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Paper } from '#core/paper.ts'
import { firstDay } from '#core/paper-view.ts'
import type { AuthorAnswer, AuthorProfile } from '#core/papers.ts'
import type { KnownAuthor, Store } from '#core/ports/store.ts'
import { fold } from '#core/text/fold.ts'
import { nearest } from '#core/text/nearest.ts'

/** Bare or as a link; https://support.orcid.org/hc/en-us/articles/360006897674 */
const ORCID = /^(?:https?:\/\/)?(?:orcid(?:\.org\/|:\s*))?(\d{4}-\d{4}-\d{4}-\d{3}[\dx])$/i
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu
const NAMESAKES = 500
const CANDIDATES = 20
const COAUTHORS = 5
const ORGS = 5

/** Whom the name, or the ORCID, means; see Papers.author. */
export async function findAuthor(store: Store, name: string, order: 'impact' | 'date'): Promise<AuthorAnswer> {
  const orcid = ORCID.exec(name.trim())?.[1]?.toUpperCase()
  if (orcid !== undefined)
    return { kind: 'author', profile: await profileOf(store, await byOrcid(store, orcid), { order, orcid }), others: [] }
  const key = authorKey(name)
  if (key === '') throw new UserInputError(`“${name}” has no letters of a name.`, { hint: 'For example: author Eric J. Michaud' })
  const candidates = await candidatesFor(store, name)
  const exact = candidates.find((candidate) => candidate.key === key)
  const [only, ...more] = exact ? [exact, ...candidates.filter((candidate) => candidate !== exact)] : candidates
  if (only === undefined) throw await nobody(store, name)
  if (!exact && more.length > 0) return { kind: 'candidates', candidates: candidates.slice(0, CANDIDATES) }
  return { kind: 'author', profile: await profileOf(store, [only], { order }), others: more.slice(0, CANDIDATES) }
}

/** The beginning of a name as the store compares it: folded, words with one space between them, one at the end kept. */
export function nameStart(text: string): string {
  return fold(text).replace(NOT_WORD, ' ').trimStart()
}

async function candidatesFor(store: Store, name: string): Promise<readonly KnownAuthor[]> {
  const compatible = await compatibleWith(store, name)
  if (compatible.length > 0) return compatible
  const [first, ...rest] = name.trim().split(' ')
  const turned = rest.length > 0 && !name.includes(',') ? await compatibleWith(store, `${first}, ${rest.join(' ')}`) : []
  if (turned.length > 0) return turned
  return store.papers.authorsByPrefix(nameStart(name).trim(), CANDIDATES)
}

async function compatibleWith(store: Store, name: string): Promise<KnownAuthor[]> {
  const family = await store.papers.authorsByFamily(familyKey(name), NAMESAKES)
  return family.filter((author) => compatibleNames(author.name, name) !== 'different')
}

async function nobody(store: Store, name: string): Promise<NotFoundError> {
  const family = familyKey(name)
  const around = await store.papers.authorsByPrefix(family.slice(0, 3), NAMESAKES)
  const byFamily = new Map(around.map((author) => [familyKey(author.name), author.name] as const))
  const near = nearest(family, byFamily.keys(), 3).map((key) => byFamily.get(key) ?? key)
  return new NotFoundError(`No paper here is by “${name}”.`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : `Check the spelling, or look for the name in full text: search ${name}`,
  })
}

/** The names under which the bearer of the ORCID wrote, the most frequent first. */
async function byOrcid(store: Store, orcid: string): Promise<KnownAuthor[]> {
  const found = new Map<AuthorKey, KnownAuthor>()
  for (const author of (await store.papers.byOrcid(orcid)).flatMap((paper) => paper.authors)) {
    if (!author.orcid?.toUpperCase().endsWith(orcid)) continue
    const key = authorKey(author.name)
    found.set(key, { key, name: author.name, papers: (found.get(key)?.papers ?? 0) + 1 })
  }
  if (found.size > 0) return [...found.values()].sort((a, b) => b.papers - a.papers)
  throw new NotFoundError(`No paper here carries the ORCID ${orcid}.`, {
    hint: 'Most papers carry names alone: try author and the name.',
  })
}

async function profileOf(
  store: Store,
  authors: readonly KnownAuthor[],
  { order, orcid: theirs }: { order: 'impact' | 'date'; orcid?: string },
): Promise<AuthorProfile> {
  const keys = authors.map((author) => author.key)
  const all = await store.papers.byAuthors(keys)
  const found = theirs === undefined ? all : all.filter((paper) => !isByAnother(paper, keys, theirs))
  return profileFrom(authors[0]?.name ?? '', keys, found.toSorted(order === 'impact' ? byImpact : byDate))
}

/** What these papers, in their order, tell of whoever has these names. */
export function profileFrom(name: string, keys: readonly AuthorKey[], papers: readonly Paper[]): AuthorProfile {
  const own = papers.flatMap((paper) => paper.authors.filter((author) => keys.includes(authorKey(author.name))))
  const orcids = new Set(own.flatMap((author) => bareOrcid(author.orcid) ?? []))
  const [orcid] = orcids
  const years = papers.flatMap((paper) => (paper.published === undefined ? [] : [Number(paper.published.slice(0, 4))]))
  const categories = count(papers.flatMap((paper) => paper.categories?.[0] ?? []))
  const names = new Map(papers.flatMap((paper) => paper.authors.map((author) => [authorKey(author.name), author.name] as const)))
  const coauthors = count([...papers.flatMap((paper) => [...new Set(paper.authors.map((author) => authorKey(author.name)))])])
  return {
    name,
    keys,
    ...(orcid !== undefined && orcids.size === 1 ? { orcid } : {}),
    papers,
    years: years.length === 0 ? null : { first: Math.min(...years), last: Math.max(...years) },
    categories: categories.map(([category, papers]) => ({ category, papers })),
    orgs: count(papers.flatMap((paper) => paper.orgs ?? []))
      .slice(0, ORGS)
      .map(([org]) => org),
    coauthors: coauthors
      .filter(([key]) => !keys.includes(key))
      .slice(0, COAUTHORS)
      .map(([key, papers]) => ({ name: names.get(key) ?? key, papers })),
  }
}

/** Whether everybody on the paper who has the name has an ORCID, and none has this one. */
function isByAnother(paper: Paper, keys: readonly AuthorKey[], orcid: string): boolean {
  const bearers = paper.authors.filter(({ name }) => keys.includes(authorKey(name)))
  return bearers.every((bearer) => bearer.orcid !== undefined && bareOrcid(bearer.orcid) !== orcid)
}

/** How often each occurs, most often first; ties in the order of first occurrence. */
function count<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

/** By citations where known, then by a source's own rank, then the newest. */
function byImpact(a: Paper, b: Paper): number {
  return (b.citations ?? -1) - (a.citations ?? -1) || (a.rank ?? 1e9) - (b.rank ?? 1e9) || byDate(a, b)
}

function byDate(a: Paper, b: Paper): number {
  const [dayA, dayB] = [a, b].map((paper) => firstDay(paper.published ?? '') ?? '')
  return dayA === dayB ? b.number - a.number : (dayA ?? '') < (dayB ?? '') ? 1 : -1
}
