// One work as Crossref describes it → a record. https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
import { publicationDate } from '#adapters/formats/dates.ts'
import { type Fields, jsonCount, jsonFields, jsonLabel, jsonList, jsonObjects, jsonText } from '#adapters/formats/json.ts'
import { toRecord } from '#adapters/formats/record.ts'
import { jatsAbstract, jatsText } from '#adapters/sources/jats.ts'
import { authorsOf, orgsOf } from '#adapters/sources/people.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Author, PaperRecord } from '#core/paper.ts'
import { parsePaperId } from '#core/paper-id.ts'

/** What is asked for of each work of a list. */
export const SELECT =
  'DOI,title,author,abstract,issued,published,posted,container-title,volume,page,article-number,is-referenced-by-count,type'

/** `issued` is the earlier of online and print. */
const DATES = ['issued', 'published', 'posted'] as const
/** What carries a DOI and is no text of its own. */
const NO_PAPERS = new Set(['component', 'journal', 'journal-issue', 'journal-volume', 'book-series', 'proceedings-series'])

/** Undefined where the work has no title, or is no paper but a part or a series of them. */
export function readWork(fields: Fields): PaperRecord | undefined {
  const doi = jsonLabel(fields.DOI)
  if (NO_PAPERS.has(jsonLabel(fields.type) ?? '')) return undefined
  const authors = authorsOf(fields.author, authorOf)
  const known = doi === undefined ? undefined : parsePaperId(doi)
  return toRecord({
    source: 'crossref',
    arxiv: known?.id.startsWith('arxiv:') ? known : undefined,
    title: jsonList(fields.title)
      .map((title) => jatsText(jsonText(title)))
      .find((title) => title !== undefined),
    authors,
    abstract: jatsAbstract(jsonText(fields.abstract)),
    published: dateOf(fields),
    orgs: orgsOf(authors),
    doi,
    journalRef: journalOf(fields),
    citations: jsonCount(fields['is-referenced-by-count']),
  })
}

/** A person by given and family name, or a group by its name. */
function authorOf(fields: Fields): Author | undefined {
  const [given, family, suffix] = [jsonLabel(fields.given), jsonLabel(fields.family), jsonLabel(fields.suffix)]
  const name =
    jatsText([given, family, suffix].filter((part) => part !== undefined).join(' ')) ?? jatsText(jsonLabel(fields.name))
  if (name === undefined) return undefined
  const orcid = bareOrcid(jsonLabel(fields.ORCID))
  const affiliations = jsonObjects(fields.affiliation).flatMap((place) => jatsText(jsonLabel(place.name)) ?? [])
  return { name, ...(orcid !== undefined && { orcid }), ...(affiliations.length > 0 && { affiliations }) }
}

/** Parts of a date, of which the later may be missing: `[[2014, 11]]`, and `[[null]]` where nothing is known. */
function dateOf(fields: Fields): string | undefined {
  return DATES.map((name) => publicationDate(joined(fields[name]))).find((date) => date !== undefined)
}

function joined(date: unknown): string | undefined {
  const [parts] = jsonList(jsonFields(date)?.['date-parts'])
  const [year, ...rest] = jsonList(parts).slice(0, 3)
  if (jsonCount(year) === undefined) return undefined
  const known = rest.filter((part) => jsonCount(part) !== undefined)
  return [String(year).padStart(4, '0'), ...known.map((part) => String(part).padStart(2, '0'))].join('-')
}

/** `Nature Nanotechnology 10, 22-24 (2015)` as far as it is known. */
function journalOf(fields: Fields): string | undefined {
  const journal = jatsText(jsonLabel(jsonList(fields['container-title'])[0]))
  if (journal === undefined) return undefined
  const [volume, pages] = [jsonLabel(fields.volume), jsonLabel(fields.page) ?? jsonLabel(fields['article-number'])]
  const year = joined(fields.issued)?.slice(0, 4)
  const place = [[journal, volume].filter((part) => part !== undefined).join(' '), pages].filter((part) => part !== undefined)
  return `${place.join(', ')}${year === undefined ? '' : ` (${year})`}`
}
