// By what a followed author is recognised, in words.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import { isCommonName } from '#core/common-name.ts'
import type { Paper } from '#core/paper.ts'
import type { AuthorTarget, Evidence } from '#core/subscription.ts'
import { enumerate } from './blocks.ts'

const SHOWN = 3

/** A sentence for the follow: `papers` are those that the evidence comes from, for the names as they print them. */
export function recognisedBy({ name, orcid, evidence }: AuthorTarget, papers: readonly Paper[]): string {
  if (!evidence || isEmpty(evidence)) return 'Recognised by the name alone so far: the first papers are asked about.'
  const people = namesOf(evidence.coauthors.slice(0, SHOWN), papers)
  const signs = [
    ...(orcid === undefined ? [] : [`by the ORCID ${orcid}`]),
    ...(people.length > 0 ? [`by co-authors like ${enumerate(people)}`] : []),
    ...(evidence.orgs.length > 0 ? [`by where they work (${evidence.orgs.slice(0, SHOWN).join(', ')})`] : []),
    ...(isNameEnough(name, evidence) ? [`by the name in ${enumerate(evidence.categories.slice(0, SHOWN))}`] : []),
  ]
  if (signs.length === 0) return 'Recognised by the name alone, which several people may have: each paper is asked about.'
  return `Recognised ${enumerate(signs, 'or')}; what fits less is asked about.`
}

/** The same in a few words, for a list. */
export function recognisedBriefly({ name, orcid, evidence }: AuthorTarget): string {
  if (!evidence) return 'known by the name'
  const signs = [
    ...(orcid === undefined ? [] : ['the ORCID']),
    ...(evidence.coauthors.length > 0 ? ['co-authors'] : []),
    ...(isNameEnough(name, evidence) ? ['the name'] : []),
  ]
  return signs.length === 0 ? 'asked about, paper by paper' : `known by ${enumerate(signs, 'or')}`
}

function isEmpty({ coauthors, categories, orgs }: Evidence): boolean {
  return coauthors.length + categories.length + orgs.length === 0
}

function isNameEnough(name: string, { several, categories }: Evidence): boolean {
  return several !== true && categories.length > 0 && !isCommonName(name)
}

function namesOf(keys: readonly AuthorKey[], papers: readonly Paper[]): string[] {
  const names = new Map(papers.flatMap((paper) => paper.authors.map(({ name }) => [authorKey(name), name] as const)))
  return keys.map((key) => names.get(key) ?? key)
}
