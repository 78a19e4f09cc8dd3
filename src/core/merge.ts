// Merges what sources say of one paper, field by field: a join, so that neither order nor repetition of records matters.
//
// Sources are trusted in this order: arXiv (API, then OAI-PMH, then RSS: one source, of which the latest version speaks),
// bioRxiv, Crossref, OpenAlex, Semantic Scholar, Hugging Face, NDJSON, BibTeX, any other feed, the bundled sample, whose
// abstracts are only summaries. A field is taken from the most trusted source that knows it, except:
// 1. authors: the longest list, counting no one left out, then a whole list, then trust, so that nobody is ever removed; who
//    they are (people.ts) is taken from the source that gives the most ORCIDs, then the most affiliations, and put to the list;
// 2. published: the earliest, the more exact of `2024` and `2024-03-15`; updated: the latest; version: the highest;
// 3. citations and upvotes: the highest; of 1 to 3 a feed, which anybody may write, is believed where nobody else says it;
// 4. ids, categories, organisations: united; the most trusted source's first category and organisation stay first.
// What is still equal then is decided by the text of the value, so that the answer is always the same.
import type { Author, MergedField, Paper, PaperFields, PaperRecord, SourceName } from '#core/paper.ts'
import { compareIds, type PaperId } from '#core/paper-id.ts'
import { knownOf, namesOf, withPeople } from '#core/people.ts'

/** A paper before the Store gives it a number. */
export type Merged = Omit<Paper, 'number' | 'firstSeen' | 'computedScore'>

type Field = MergedField
/** What one source says of one field, and as of when. */
interface Claim<Key extends Field = Field> {
  readonly value: NonNullable<Pick<Paper, Field>[Key]>
  readonly source: SourceName
  readonly revision: string
  /** With a list of authors: how many it leaves out. */
  readonly omitted?: number
}
type Order = (a: Claim, b: Claim) => number

const TRUST: readonly SourceName[] = [
  'arxiv-api',
  'arxiv-oai',
  'arxiv-rss',
  'biorxiv',
  'crossref',
  'openalex',
  'semantic-scholar',
  'hugging-face',
  'ndjson',
  'bibtex',
  'feed',
  'sample',
]

/** Negative where the first claim wins; absent fields go by trust alone. */
const ORDERS: Readonly<Partial<Record<Field, Order>>> = {
  authors: (a, b) => length(b) - length(a) || (a.omitted ?? 0) - (b.omitted ?? 0),
  people: (a, b) => orcids(b) - orcids(a) || length(b) - length(a),
  published: (a, b) => compareText(`${a.value}~`, `${b.value}~`),
  updated: (a, b) => compareText(String(b.value), String(a.value)),
  version: (a, b) => family(a.source) - family(b.source) || Number(b.value) - Number(a.value),
  citations: (a, b) => Number(b.value) - Number(a.value),
  upvotes: (a, b) => Number(b.value) - Number(a.value),
}

/** In the order in which a paper is written. `authorsOmitted` goes with the authors it belongs to. */
const FIELDS: readonly Exclude<Field, 'authorsOmitted'>[] = [
  'title',
  'authors',
  'people',
  'abstract',
  'published',
  'updated',
  'version',
  'categories',
  'orgs',
  'doi',
  'journalRef',
  'comment',
  'url',
  'pdf',
  'code',
  'tldr',
  'citations',
  'upvotes',
  'score',
  'rank',
  'withdrawn',
]

/** What one record says, as a paper of its own. */
export function fromRecord(record: PaperRecord): Merged {
  const revision = revisionOf(record)
  const claims = new Map<Field, Claim>()
  for (const field of FIELDS) {
    const value = said(record, field)
    if (value === undefined || isEmptyList(field, value)) continue
    const claim = { value: isUnited(field) ? united(value as readonly string[], []) : value, source: record.source, revision }
    claims.set(field, field === 'authors' ? withOmitted(claim, record.authorsOmitted) : claim)
  }
  return written(claims, unitedIds(record.ids, []), [record.source])
}

/** Commutative, associative and idempotent: records merge into the same paper in whatever order they come. */
export function merge(a: Merged, b: Merged): Merged {
  const [claimsA, claimsB] = [claimsOf(a), claimsOf(b)]
  const claims = new Map<Field, Claim>()
  for (const field of FIELDS) {
    const claim = best(field, claimsA.get(field), claimsB.get(field))
    if (claim !== undefined) claims.set(field, claim)
  }
  const sources = [...new Set([...a.sources, ...b.sources])].sort((x, y) => trust(x) - trust(y))
  return written(claims, unitedIds(a.ids, b.ids), sources)
}

function best(field: Field, a: Claim | undefined, b: Claim | undefined): Claim | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const order = (ORDERS[field] && (strangerLast(a, b) || ORDERS[field](a, b))) || compareClaims(a, b)
  const [winner, other] = order <= 0 ? [a, b] : [b, a]
  if (!isUnited(field)) return winner
  return { ...winner, value: united(winner.value as readonly string[], other.value as readonly string[]) }
}

/** A list without anybody counts least of all. */
function strangerLast(a: Claim, b: Claim): number {
  const rank = ({ source, value }: Claim) => (Array.isArray(value) && value.length === 0 ? 2 : source === 'feed' ? 1 : 0)
  return rank(a) - rank(b)
}

/** The more trusted first; of one source the latest revision. */
function compareClaims(a: Claim, b: Claim): number {
  return (
    family(a.source) - family(b.source) ||
    compareText(b.revision, a.revision) ||
    trust(a.source) - trust(b.source) ||
    compareText(decisive(a), decisive(b))
  )
}

/** The text that decides between equals: of united lists their first alone, as the rest is kept anyway. */
function decisive({ value }: Claim): string {
  return JSON.stringify(Array.isArray(value) && typeof value[0] === 'string' ? value[0] : value)
}

function claimsOf(paper: Merged): Map<Field, Claim> {
  const revision = revisionOf(paper)
  const claims = new Map<Field, Claim>()
  for (const field of FIELDS) {
    const value = said(paper, field)
    if (value === undefined || isEmptyList(field, value)) continue
    const from = field === 'people' && paper.people === undefined ? 'authors' : field
    const source = paper.origins[from] ?? paper.sources[0] ?? 'feed'
    const claim = { value, source, revision: paper.revisions?.[from] ?? revision }
    claims.set(field, field === 'authors' ? withOmitted(claim, paper.authorsOmitted) : claim)
  }
  return claims
}

/** Who the authors are is told with their names, and apart only where it is another's word. */
function said(of: PaperFields & Pick<Paper, 'people'>, field: Exclude<Field, 'authorsOmitted'>): Claim['value'] | undefined {
  if (field === 'authors') return namesOf(of.authors)
  return field === 'people' ? (of.people ?? knownOf(of.authors)) : of[field]
}

function written(all: ReadonlyMap<Field, Claim>, ids: Merged['ids'], sources: readonly SourceName[]): Merged {
  const claims = withAuthors(all)
  const fields: Partial<Record<Field, unknown>> = {}
  const origins: Partial<Record<Field, SourceName>> = {}
  for (const [field, claim] of claims) {
    fields[field] = claim.value
    origins[field] = claim.source
    if (claim.omitted === undefined) continue
    fields.authorsOmitted = claim.omitted
    origins.authorsOmitted = claim.source
  }
  const paper = { ids, ...(fields as unknown as PaperFields), origins, sources }
  const usual = revisionOf(paper)
  const unusual = [...claims].filter(([, { revision }]) => revision !== usual)
  if (unusual.length === 0) return paper
  return { ...paper, revisions: Object.fromEntries(unusual.map(([field, { revision }]) => [field, revision])) }
}

/** The authors with who they are, which is kept apart only where it cannot be read from them. */
function withAuthors(all: ReadonlyMap<Field, Claim>): ReadonlyMap<Field, Claim> {
  const [names, people] = [all.get('authors'), all.get('people')] as [Claim<'authors'> | undefined, Claim<'people'> | undefined]
  if (names === undefined || people === undefined) return all
  const isStranger = people.source === 'feed' && names.source !== 'feed'
  const authors = { ...names, value: isStranger ? names.value : withPeople(names.value, people.value) }
  const claims = new Map([...all, ['authors', authors] as const])
  const isOne = names.source === people.source && names.revision === people.revision
  if (isOne && decisive({ ...people, value: knownOf(authors.value) }) === decisive(people)) claims.delete('people')
  return claims
}

function withOmitted(claim: Claim, omitted: number | undefined): Claim {
  return omitted === undefined ? claim : { ...claim, omitted }
}

/** `0003 2024-03-15`: sorts by version, then by date; records without either are the oldest. */
function revisionOf({ version, updated }: Pick<PaperFields, 'version' | 'updated'>): string {
  return `${String(version ?? 0).padStart(4, '0')} ${updated ?? ''}`.trimEnd()
}

function isUnited(field: Field): boolean {
  return field === 'categories' || field === 'orgs'
}

function isEmptyList(field: Field, value: unknown): boolean {
  return (isUnited(field) || field === 'people') && (value as readonly unknown[]).length === 0
}

/** The first stays first, the rest goes by text: where it came from is forgotten, so nothing else would be the same always. */
function united(winner: readonly string[], other: readonly string[]): readonly string[] {
  const [first = '', ...rest] = [...winner, ...other]
  return [first, ...[...new Set(rest)].filter((word) => word !== first).sort(compareText)]
}

function unitedIds(a: readonly PaperId[], b: readonly PaperId[]): Merged['ids'] {
  return [...new Set([...a, ...b])].sort(compareIds) as unknown as Merged['ids']
}

function trust(source: SourceName): number {
  return TRUST.indexOf(source)
}

/** Trust with arXiv's three services as one source. */
function family(source: SourceName): number {
  return source.startsWith('arxiv-') ? 0 : trust(source)
}

function length({ value }: Claim): number {
  return (value as readonly unknown[]).length
}

function orcids({ value }: Claim): number {
  return (value as readonly Author[]).filter(({ orcid }) => orcid !== undefined).length
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
