// One work as OpenAlex describes it → a record. https://developers.openalex.org/api-reference/works
import { publicationDate } from '#adapters/formats/dates.ts'
import {
  type Fields,
  jsonCount,
  jsonFields,
  jsonLabel,
  jsonLabels,
  jsonLink,
  jsonList,
  jsonObjects,
  jsonText,
} from '#adapters/formats/json.ts'
import { toRecord } from '#adapters/formats/record.ts'
import { withoutHeading } from '#adapters/sources/jats.ts'
import { authorsOf, orgsOf } from '#adapters/sources/people.ts'
import { givenFirst } from '#core/author-name.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Author, PaperRecord } from '#core/paper.ts'
import { arxivId, type ParsedId, parsePaperId } from '#core/paper-id.ts'

/** What is asked for of each work. */
export const SELECT =
  'id,doi,title,publication_date,publication_year,locations,best_oa_location,authorships,abstract_inverted_index,cited_by_count'

const ARXIV_PAGE = /^https?:\/\/arxiv\.org\/(?:abs|pdf)\//i
const PERSON = /^https:\/\/openalex\.org\/(A\d{1,15})$/i
/** What stands where only the year is known. */
const FIRST_OF_YEAR = /-01-01$/
const MOST_LISTED = 100
const MOST_WORDS = 20_000
const LONGEST_WORD = 200

/** Undefined where the work has no title. */
export function readWork(fields: Fields): PaperRecord | undefined {
  const work = parsePaperId(jsonLabel(fields.id) ?? '')?.id
  const doi = jsonLabel(fields.doi)
  const byDoi = doi === undefined ? undefined : parsePaperId(doi)
  const isArxivs = byDoi?.id.startsWith('arxiv:') === true
  const authors = authorsOf(fields.authorships, authorOf)
  const record = toRecord({
    source: 'openalex',
    arxiv: isArxivs ? byDoi : arxivOf(fields),
    own: work?.startsWith('openalex:') ? work : undefined,
    title: jsonText(fields.title),
    authors,
    abstract: withoutHeading(abstractOf(fields.abstract_inverted_index)),
    published: dateOf(fields),
    orgs: orgsOf(authors),
    doi: isArxivs ? undefined : byDoi?.id.replace('doi:', ''),
    pdf: jsonLink(jsonFields(fields.best_oa_location)?.pdf_url),
    citations: jsonCount(fields.cited_by_count),
  })
  return record && isCut(fields.authorships) ? { ...record, authorsOmitted: 1 } : record
}

/** Lists of works name a hundred authors of each at most: then nobody among them is the last. */
function isCut(authorships: unknown): boolean {
  const named = jsonList(authorships)
  return named.length === MOST_LISTED && jsonFields(named.at(-1))?.author_position === 'middle'
}

/** The id among the places where the work is to be read; its version is not the work's. */
function arxivOf(fields: Fields): ParsedId | undefined {
  const pages = jsonObjects(fields.locations).flatMap((location) => jsonLabel(location.landing_page_url) ?? [])
  const id = pages.filter((page) => ARXIV_PAGE.test(page)).map(arxivId)[0]?.id
  return id === undefined ? undefined : { id }
}

/** The name as printed; the institutions by the names of the Research Organization Registry, else the affiliations as printed. */
function authorOf(fields: Fields): Author | undefined {
  const person = jsonFields(fields.author)
  const name = givenFirst(jsonLabel(fields.raw_author_name) ?? jsonLabel(person?.display_name) ?? '')
  if (name === '') return undefined
  const orcid = bareOrcid(jsonLabel(person?.orcid))
  const openAlex = personId(person?.id)
  const institutions = jsonObjects(fields.institutions).flatMap((place) => jsonLabel(place.display_name) ?? [])
  const affiliations = institutions.length > 0 ? institutions : jsonLabels(fields.raw_affiliation_strings)
  return {
    name,
    ...(orcid !== undefined && { orcid }),
    ...(openAlex !== undefined && { openAlex }),
    ...(affiliations.length > 0 && { affiliations }),
  }
}

/** `A5067011895`, as it stands at the end of a link. */
export function personId(id: unknown): string | undefined {
  return PERSON.exec(jsonLabel(id) ?? '')?.[1]?.toUpperCase()
}

/** The words at their places: `{"We": [0], "show": [1]}` → `We show`. */
function abstractOf(index: unknown): string | undefined {
  const words: string[] = []
  for (const [text, places] of Object.entries(jsonFields(index) ?? {})) {
    const word = text.slice(0, LONGEST_WORD)
    for (const place of jsonList(places)) if (isPlace(place)) words[place] = word
  }
  return jsonText(words.filter((word) => word !== undefined).join(' '))
}

function isPlace(place: unknown): place is number {
  return jsonCount(place) !== undefined && (place as number) < MOST_WORDS
}

function dateOf(fields: Fields): string | undefined {
  const date = publicationDate(jsonLabel(fields.publication_date))
  const year = jsonCount(fields.publication_year)
  if (date === undefined) return year === undefined ? undefined : publicationDate(String(year))
  return FIRST_OF_YEAR.test(date) ? date.slice(0, 4) : date
}
