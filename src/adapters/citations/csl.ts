// A paper as an entry of CSL-JSON. https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
import { parseName } from '#core/author-name.ts'
import type { Author, Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { paperUrl } from '#core/paper-view.ts'
import { texToText } from '#core/text/tex.ts'

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/

type CslName = { readonly literal: string } | { readonly family: string; readonly given: string; readonly suffix?: string }

export interface CslEntry {
  readonly id: string
  /** `article` is a preprint. */
  readonly type: 'article' | 'article-journal'
  readonly title: string
  readonly author?: readonly CslName[]
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] }
  readonly 'container-title'?: string
  readonly number?: string
  readonly publisher?: string
  readonly DOI?: string
  readonly URL?: string
  readonly abstract?: string
  readonly note?: string
}

/** TeX has become plain text: citation-js escapes for each format by itself. */
export function toCsl(paper: Paper, key: string): CslEntry {
  const arxiv = paper.ids.find((id) => id.startsWith('arxiv:'))
  const url = paperUrl(paper)
  const issued = dateParts(paper.published)
  return {
    id: key,
    type: paper.journalRef === undefined ? 'article' : 'article-journal',
    title: texToText(paper.title),
    ...(paper.authors.length > 0 && { author: paper.authors.map(cslName) }),
    ...(issued && { issued: { 'date-parts': [issued] } }),
    ...(paper.journalRef !== undefined && { 'container-title': texToText(paper.journalRef) }),
    ...(arxiv && paper.journalRef === undefined && { number: `arXiv:${displayId(arxiv)}`, publisher: 'arXiv' }),
    ...(paper.doi !== undefined && { DOI: paper.doi }),
    ...(url !== undefined && { URL: url }),
    ...(paper.abstract !== undefined && { abstract: texToText(paper.abstract) }),
    ...(paper.comment !== undefined && { note: texToText(paper.comment) }),
  }
}

function cslName({ name }: Author): CslName {
  const { given, family, suffix, collaboration } = parseName(name)
  if (collaboration || given.length === 0) return { literal: name }
  return { family, given: given.join(' '), ...(suffix !== undefined && { suffix }) }
}

function dateParts(published: string | undefined): number[] | undefined {
  const parts = DATE.exec(published ?? '')?.slice(1)
  return parts?.filter((part) => part !== undefined).map(Number)
}
