// The versions of one preprint as bioRxiv and medRxiv list them → a record. https://api.biorxiv.org/
import { publicationDate } from '#adapters/formats/dates.ts'
import { type Fields, jsonLabel, jsonText } from '#adapters/formats/json.ts'
import { saysWithdrawn, toRecord } from '#adapters/formats/record.ts'
import { givenFirst } from '#core/author-name.ts'
import type { Author, PaperRecord } from '#core/paper.ts'
import { compareIds, parsePaperId } from '#core/paper-id.ts'

/** What is known of nobody: `published: "NA"`. */
const UNKNOWN = 'NA'
const WHOLE = /^\d{1,4}$/
const WITHDRAWN = /withdraw/i
/** Pictures, lists and small capitals, of whose tags these marks are left. */
const [PICTURE, PICTURE_END] = ['O_FIG', 'C_FIG']
const SMALL_CAPITALS = /O_SCPLOW([^_]{0,200}?)C_SCPLOW/g
const LIST_MARK = /[OC]_LI/g
const HEADING = /^abstract(?=\p{Lu})/iu
const GREEK = /\{(?:var)?([a-z]{2,7})\}/g
const LETTERS = new Map(
  (
    'alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ pi:π rho:ρ sigma:σ ' +
    'tau:τ upsilon:υ phi:φ chi:χ psi:ψ omega:ω micro:μ'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

/**
 * What the latest of a preprint's versions says, first submitted with the earliest that is listed. Undefined where none has a
 * title. Of one version alone, other than the first, it is not known when the preprint was submitted.
 */
export function readPreprint(versions: readonly Fields[]): PaperRecord | undefined {
  const inOrder = versions.toSorted((a, b) => (versionOf(a) ?? 0) - (versionOf(b) ?? 0))
  const [first, latest] = [inOrder[0], inOrder.at(-1)]
  const doi = jsonLabel(latest?.doi)
  const own = doi === undefined ? undefined : parsePaperId(doi)?.id
  if (first === undefined || latest === undefined || own === undefined) return undefined
  const published = known(latest.published)
  const abstract = plain(jsonText(latest.abstract))
  const category = known(latest.category)?.toLowerCase()
  const [submitted, changed] = [publicationDate(jsonLabel(first.date)), publicationDate(jsonLabel(latest.date))]
  const record = toRecord({
    source: 'biorxiv',
    own,
    title: plain(jsonText(latest.title)),
    authors: authorsOf(jsonText(latest.authors) ?? ''),
    abstract,
    published: (versionOf(first) ?? 1) === 1 ? submitted : undefined,
    updated: (versionOf(latest) ?? 1) === 1 ? undefined : changed,
    version: versionOf(latest),
    categories: category === undefined ? undefined : [category],
    doi: published ?? doi,
    withdrawn: WITHDRAWN.test(jsonLabel(latest.type) ?? '') || saysWithdrawn(undefined, abstract),
  })
  return record && { ...record, ids: record.ids.toSorted(compareIds) as [typeof own, ...(typeof own)[]] }
}

function known(value: unknown): string | undefined {
  const text = jsonLabel(value)
  return text === UNKNOWN ? undefined : text
}

function versionOf({ version }: Fields): number | undefined {
  const text = String(version)
  return WHOLE.test(text) ? Number(text) : undefined
}

/** `Lee, W. H.; Lu, Z.` */
function authorsOf(text: string): Author[] {
  return text.split(';').flatMap((name) => {
    const printed = givenFirst(name.trim())
    return printed === '' ? [] : [{ name: printed }]
  })
}

function plain(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return withoutPictures(text)
    .replace(SMALL_CAPITALS, '$1')
    .replace(LIST_MARK, ' ')
    .replace(HEADING, '')
    .replace(GREEK, (whole, name: string) => LETTERS.get(name) ?? whole)
}

/** A mark that nothing ends stands for nothing. */
function withoutPictures(text: string): string {
  const [before = '', ...after] = text.split(PICTURE)
  const rests = after.map((part) => {
    const end = part.indexOf(PICTURE_END)
    return end === -1 ? part : part.slice(end + PICTURE_END.length)
  })
  return [before, ...rests].join(' ')
}
