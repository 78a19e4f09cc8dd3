// Whether a paper by somebody of a followed name is by the person who is followed.
// The order: a person's word on this paper; the ORCID, theirs or another one; what the paper shares with papers that are
// theirs (co-authors, organisations) and with papers that were refused (co-authors); else the name, which is enough where
// few bear it and the paper's field is theirs. What is left is possible, and is asked about.
// A co-author of both kinds of papers tells nothing. What a source leaves out speaks for nobody and against nobody.
import type { AuthorKey } from '#core/author-name.ts'
import { isCommonName } from '#core/common-name.ts'
import {
  archivesOf,
  areEnough,
  authorsOf,
  bothEvidence,
  coauthorsOf,
  evidenceOf,
  orcidsOf,
  orgsOf,
  type Traits,
} from '#core/evidence.ts'
import type { AuthorTarget, Evidence } from '#core/subscription.ts'

/** A paper of the name, and whether a person said that it is by the one who is followed. */
export interface Said {
  readonly paper: Traits
  readonly isThem: boolean
}

export interface Judgement {
  readonly answer: 'them' | 'possibly' | 'not-them'
  /** What decided; `early`: followed before any evidence was kept. */
  readonly by: 'word' | 'orcid' | 'coauthors' | 'orgs' | 'name' | 'early' | 'nothing'
  /** The co-authors, as the paper prints them, or the organisations that decided. */
  readonly shared: readonly string[]
}

/** See the order above; `said` is what people said of the subscription's papers, perhaps of this one. */
export function judge(target: AuthorTarget, paper: Traits, said: readonly Said[]): Judgement {
  const word = said.find((one) => one.paper.number === paper.number)
  if (word) return { answer: word.isThem ? 'them' : 'not-them', by: 'word', shared: [] }
  const theirs = said.filter(({ isThem }) => isThem).map((one) => one.paper)
  const refused = said.filter(({ isThem }) => !isThem).map((one) => one.paper)
  const known = bothEvidence(target.evidence, evidenceOf(theirs, target.key))
  return (
    byOrcid(target, paper, { theirs, refused }) ??
    byShared(target, paper, known, evidenceOf(refused, target.key).coauthors) ??
    byName(target, paper, known, refused.length > 0)
  )
}

function byOrcid(
  { key, orcid }: AuthorTarget,
  paper: Traits,
  { theirs, refused }: { theirs: readonly Traits[]; refused: readonly Traits[] },
): Judgement | undefined {
  const own = orcidsOf([paper], key)
  if (own.size === 0) return undefined
  const known = orcidsOf(theirs, key).union(new Set(orcid === undefined ? [] : [orcid]))
  if (!own.isDisjointFrom(known)) return { answer: 'them', by: 'orcid', shared: [] }
  const isAnother = (known.size > 0 || own.isSubsetOf(orcidsOf(refused, key))) && authorsOf(paper, key).length === own.size
  return isAnother ? { answer: 'not-them', by: 'orcid', shared: [] } : undefined
}

function byShared(
  { key, name }: AuthorTarget,
  paper: Traits,
  known: Evidence,
  refused: readonly AuthorKey[],
): Judgement | undefined {
  const coauthors = coauthorsOf(paper, key)
  const [withThem, withOthers] = [new Set(known.coauthors), new Set(refused)]
  const [shared, against] = [withThem.difference(withOthers), withOthers.difference(withThem)].map((keys) => {
    const both = [...coauthors.keys()].filter((coauthor) => keys.has(coauthor))
    return areEnough(both, paper) ? both.map((coauthor) => coauthors.get(coauthor) ?? coauthor) : []
  }) as [string[], string[]]
  // People of a common name work at one place too: there the field has to be theirs as well.
  const isPlaceEnough = !isCommonName(name) || isSomeOf(paper.categories ?? [], known.categories)
  const places = isPlaceEnough ? orgsOf(paper, key).filter((org) => known.orgs.includes(org)) : []
  if (against.length > 0) {
    return shared.length + places.length > 0
      ? { answer: 'possibly', by: 'nothing', shared: [] }
      : { answer: 'not-them', by: 'coauthors', shared: against }
  }
  if (shared.length > 0) return { answer: 'them', by: 'coauthors', shared }
  return places.length > 0 ? { answer: 'them', by: 'orgs', shared: places } : undefined
}

function byName(target: AuthorTarget, paper: Traits, known: Evidence, isRefused: boolean): Judgement {
  if (target.evidence === undefined && !isRefused) return { answer: 'them', by: 'early', shared: [] }
  const isKnown = known.coauthors.length + known.categories.length + known.orgs.length > 0
  const isRare = !isCommonName(target.name) && known.several !== true && !isRefused
  const [archives, theirs] = [archivesOf(paper.categories), archivesOf(known.categories)]
  const isTheirField = archives.size === 0 || theirs.size === 0 || !archives.isDisjointFrom(theirs)
  return isKnown && isRare && isTheirField
    ? { answer: 'them', by: 'name', shared: [] }
    : { answer: 'possibly', by: 'nothing', shared: [] }
}

function isSomeOf<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.some((one) => others.includes(one))
}
