// One paper as Semantic Scholar describes it → a record. https://api.semanticscholar.org/api-docs/graph
import { publicationDate } from '#adapters/formats/dates.ts'
import { type Fields, jsonCount, jsonFields, jsonLabel, jsonLabels, jsonLink, jsonText } from '#adapters/formats/json.ts'
import { toRecord } from '#adapters/formats/record.ts'
import { jatsText, withoutHeading } from '#adapters/sources/jats.ts'
import { authorsOf, orgsOf } from '#adapters/sources/people.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Author, PaperRecord } from '#core/paper.ts'
import { arxivId, parsePaperId } from '#core/paper-id.ts'

/** What is asked for of papers that are known. */
export const ADDED = 'title,externalIds,citationCount,tldr'
/** What is asked for of papers that may be new. */
export const WHOLE = `${ADDED},abstract,authors,year,publicationDate,openAccessPdf,journal`

const FIRST_OF_YEAR = /-01-01$/

/** Undefined where the paper has no title. */
export function readPaper(fields: Fields): PaperRecord | undefined {
  const ids = jsonFields(fields.externalIds)
  const own = parsePaperId(jsonLabel(fields.paperId) ?? '')?.id
  const arxiv = arxivId(jsonLabel(ids?.ArXiv) ?? '')
  const doi = parsePaperId(jsonLabel(ids?.DOI) ?? '')?.id
  const authors = authorsOf(fields.authors, authorOf)
  return toRecord({
    source: 'semantic-scholar',
    arxiv: arxiv && { id: arxiv.id },
    own: own?.startsWith('s2:') ? own : undefined,
    title: jatsText(jsonText(fields.title)),
    authors,
    abstract: withoutHeading(jatsText(jsonText(fields.abstract))),
    tldr: jsonText(jsonFields(fields.tldr)?.text),
    published: dateOf(fields),
    orgs: orgsOf(authors),
    doi: doi?.startsWith('doi:') ? doi.slice('doi:'.length) : undefined,
    journalRef: jsonLabel(jsonFields(fields.journal)?.name),
    pdf: jsonLink(jsonFields(fields.openAccessPdf)?.url),
    citations: jsonCount(fields.citationCount),
  })
}

function authorOf(fields: Fields): Author | undefined {
  const name = jsonLabel(fields.name)
  if (name === undefined) return undefined
  const orcid = bareOrcid(jsonLabel(jsonFields(fields.externalIds)?.ORCID))
  const affiliations = jsonLabels(fields.affiliations)
  return { name, ...(orcid !== undefined && { orcid }), ...(affiliations.length > 0 && { affiliations }) }
}

/** The first of January stands where only the year is known. */
function dateOf(fields: Fields): string | undefined {
  const date = publicationDate(jsonLabel(fields.publicationDate))
  const year = jsonCount(fields.year)
  if (date === undefined) return year === undefined ? undefined : publicationDate(String(year))
  return FIRST_OF_YEAR.test(date) ? date.slice(0, 4) : date
}
