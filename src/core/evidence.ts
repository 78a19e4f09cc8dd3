// What a person is known by after their papers: co-authors, categories and organisations; and whether papers of one name
// are by several people.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import { isCommonName } from '#core/common-name.ts'
import { MOST_AUTHORS } from '#core/digest-only.ts'
import { bareOrcid } from '#core/orcid.ts'
import { orgSlugs } from '#core/org.ts'
import type { Author, Paper } from '#core/paper.ts'
import type { Evidence } from '#core/subscription.ts'

/** What of a paper tells people of one name apart. */
export type Traits = Pick<Paper, 'number' | 'authors' | 'categories' | 'orgs'>

const MOST_COAUTHORS = 50
const MOST_CATEGORIES = 10
const MOST_ORGS = 10
/** Papers of one name that are compared with each other. */
const MOST_COMPARED = 200
const ARCHIVE_END = /\..*$/

/** Somebody whom the papers of one name tell apart from others of that name. */
export interface Bearer {
  readonly orcid?: string
  /** In the order given. */
  readonly papers: readonly Paper[]
}

/**
 * The people who seem to have written these papers of one name, whoever wrote most first: one for each ORCID, one for each
 * group of papers that no ORCID is in. Papers that might be by two of them are nobody's.
 */
export function bearersOf(papers: readonly Paper[], key: AuthorKey): Bearer[] {
  const people = groupsOf(papers.slice(0, MOST_COMPARED), key).flatMap((group): Bearer[] => {
    const [orcid, ...more] = orcidsOf(group, key)
    if (orcid === undefined) return [{ papers: group }]
    if (more.length === 0) return [{ orcid, papers: group }]
    return [orcid, ...more].map((one) => ({ orcid: one, papers: group.filter((paper) => orcidsOf([paper], key).has(one)) }))
  })
  return people.toSorted((a, b) => b.papers.length - a.papers.length)
}

/**
 * What is kept of it with a subscription. Where the papers are by several people of a common name that is their field
 * alone: co-authors would let all of these people pass.
 */
export function evidenceToKeep(papers: readonly Paper[], key: AuthorKey, several: boolean): Evidence {
  const evidence = evidenceOf(papers, key)
  const tells = !several || !isCommonName(key)
  return {
    coauthors: tells ? evidence.coauthors.slice(0, MOST_COAUTHORS) : [],
    categories: evidence.categories.slice(0, MOST_CATEGORIES),
    orgs: tells ? evidence.orgs.slice(0, MOST_ORGS) : [],
    ...(several && { several: true }),
  }
}

/** The most frequent first, a co-author of few on a paper before one of many. */
export function evidenceOf(papers: readonly Traits[], key: AuthorKey): Evidence {
  const coauthors = new Map<AuthorKey, number>()
  const categories = new Map<string, number>()
  const orgs = new Map<string, number>()
  for (const paper of papers) {
    const keys = coauthorsOf(paper, key)
    for (const coauthor of keys.keys()) raise(coauthors, coauthor, 1 / keys.size)
    for (const category of new Set(paper.categories)) raise(categories, category, 1)
    for (const org of orgsOf(paper, key)) raise(orgs, org, 1)
  }
  return { coauthors: ranked(coauthors), categories: ranked(categories), orgs: ranked(orgs) }
}

/** What was known, and what is known besides: each once. */
export function bothEvidence(before: Evidence | undefined, more: Evidence): Evidence {
  if (before === undefined) return more
  return {
    coauthors: [...new Set([...before.coauthors, ...more.coauthors])],
    categories: [...new Set([...before.categories, ...more.categories])],
    orgs: [...new Set([...before.orgs, ...more.orgs])],
    ...(before.several && { several: true }),
  }
}

/** Who of the paper's authors has the name; seldom two. */
export function authorsOf(paper: Traits, key: AuthorKey): readonly Author[] {
  const keys = keysOf(paper)
  return paper.authors.filter((_, at) => keys[at] === key)
}

/** Everybody else on the paper: keys with the names as printed. */
export function coauthorsOf(paper: Traits, key: AuthorKey): ReadonlyMap<AuthorKey, string> {
  const keys = keysOf(paper)
  const coauthors = new Map(paper.authors.map(({ name }, at) => [keys[at] ?? key, name] as const))
  coauthors.delete(key)
  coauthors.delete('' as AuthorKey)
  return coauthors
}

/** The bearer's own organisations where the paper says whose they are, else all of the paper's. */
export function orgsOf(paper: Traits, key: AuthorKey): readonly string[] {
  const own = authorsOf(paper, key).flatMap(({ affiliations }) => affiliations ?? [])
  return own.length > 0 ? orgSlugs(own) : (paper.orgs ?? [])
}

/** `cs` of cs.LG, `astro-ph` of astro-ph.GA and `hep-th`. */
export function archivesOf(categories: readonly string[] = []): ReadonlySet<string> {
  return new Set(categories.map((category) => category.replace(ARCHIVE_END, '')))
}

/** The ORCIDs that the papers give of who has the name. */
export function orcidsOf(papers: readonly Traits[], key: AuthorKey): ReadonlySet<string> {
  return new Set(papers.flatMap((paper) => authorsOf(paper, key).flatMap(({ orcid }) => bareOrcid(orcid) ?? [])))
}

/**
 * Whether these co-authors are enough to know a person by: one whose name few bear or, on a paper of few authors, two
 * whose names are common.
 */
export function areEnough(shared: readonly AuthorKey[], paper: Traits): boolean {
  return (shared.length > 1 && paper.authors.length <= MOST_AUTHORS) || shared.some((key) => !isCommonName(key))
}

/**
 * Papers that are linked, directly or by others: all of a name that few bear, those of a common name by their co-authors;
 * two ORCIDs are never linked directly.
 */
function groupsOf(papers: readonly Paper[], key: AuthorKey): Paper[][] {
  const isCommon = isCommonName(key)
  const rest = new Set(papers)
  const groups: Paper[][] = []
  for (const paper of rest) {
    rest.delete(paper)
    const group = [paper]
    for (const reached of group) {
      for (const other of rest) {
        if (!areLinked(reached, other)) continue
        rest.delete(other)
        group.push(other)
      }
    }
    groups.push(group)
  }
  return groups

  function areLinked(a: Paper, b: Paper): boolean {
    const [orcids, others] = [orcidsOf([a], key), orcidsOf([b], key)]
    if (orcids.size > 0 && others.size > 0) return !orcids.isDisjointFrom(others)
    if (!isCommon) return true
    const coauthors = coauthorsOf(a, key)
    const shared = [...coauthorsOf(b, key).keys()].filter((one) => coauthors.has(one))
    return areEnough(shared, b)
  }
}

const known = new WeakMap<Traits, readonly AuthorKey[]>()

/** The authors' keys in their order; made once a paper, since everybody of a name who is followed asks for them. */
function keysOf(paper: Traits): readonly AuthorKey[] {
  let keys = known.get(paper)
  if (keys === undefined) {
    keys = paper.authors.map(({ name }) => authorKey(name))
    known.set(paper, keys)
  }
  return keys
}

function raise<T>(counts: Map<T, number>, value: T, by: number): void {
  counts.set(value, (counts.get(value) ?? 0) + by)
}

function ranked<T>(counts: ReadonlyMap<T, number>): T[] {
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value)
}
