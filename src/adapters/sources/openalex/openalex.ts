// OpenAlex: affiliations, people and citations of works. Single look-ups are free for anybody; lists and searches need a key,
// which is free too. https://developers.openalex.org/api-reference/authentication
import { type Fields, jsonFields, jsonLabel, jsonObjects } from '#adapters/formats/json.ts'
import type { HttpRequest } from '#adapters/http/client.ts'
import { addition, additions } from '#adapters/sources/additions.ts'
import { doiOf, pathSegment } from '#adapters/sources/dois.ts'
import { type JsonSourceOptions, jsonApi } from '#adapters/sources/json-api.ts'
import { authorKey } from '#core/author-name.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup, People, Recommender } from '#core/ports/lookup.ts'
import { personId, readWork, SELECT } from './work.ts'

export interface OpenAlexOptions extends JsonSourceOptions {
  readonly key?: string | undefined
}

const WORK = { key: 'id', read: readWork }
const REQUEST = { lane: 'openalex', pause: 100 } as const
/** Papers a list; each may go by two DOIs, and a filter takes a hundred values. */
const MOST = 50
const MOST_A_PAGE = 100
const MOST_NAMES = 3
/** Bearers of one name whose works are asked for together. */
const MOST_BEARERS = 10
const CANDIDATES = 25
const WORK_ID = /^openalex:(W\d{1,15})$/
/** These separate a filter's values and filters. */
const UNLISTED = /[,|]/
const NOT_WORDS = /[^\p{L}\p{M}\p{N}' .-]+/gu

export function openAlex({ key, ...options }: OpenAlexOptions): {
  readonly enricher: Enricher
  readonly lookup: Lookup
  /** Only with a key. */
  readonly people?: People & Recommender
} {
  const api = jsonApi({ ...options, title: 'OpenAlex', request: REQUEST })

  function address(path: string, search: Readonly<Record<string, string>>): string {
    return `${path}?${new URLSearchParams({ ...search, ...(key !== undefined && { api_key: key }) })}`
  }

  /** The address of a work that was merged into another leads there. */
  async function work(name: string, request: HttpRequest): Promise<PaperRecord[]> {
    const answer = await api.find(address(`/works/${name}`, { select: SELECT }), request)
    return answer === undefined ? [] : api.record(answer, WORK)
  }

  async function works(search: Readonly<Record<string, string>>, most: number, request: HttpRequest): Promise<PaperRecord[]> {
    const page = { per_page: String(Math.min(most, MOST_A_PAGE)), select: SELECT }
    const answer = jsonFields(await api.ask(address('/works', { ...search, ...page }), request))
    return (await api.records(answer?.results, WORK)).slice(0, most)
  }

  /** By the first of its ids that leads to it. */
  async function alone(paper: Paper, request: HttpRequest): Promise<PaperRecord[]> {
    for (const name of paper.ids.flatMap((id) => nameOf(id) ?? []).slice(0, MOST_NAMES)) {
      const [record] = await work(name, request)
      const added = record && addition(paper, record)
      if (added !== undefined) return [added]
    }
    return []
  }

  const enricher: Enricher = {
    name: 'openalex',
    most: key === undefined ? 1 : MOST,
    knows: ({ ids }) => ids.some((id) => nameOf(id) !== undefined),
    async enrich(papers, signal) {
      const request = signal ? { signal } : {}
      const [listed, single] = key === undefined ? [[], papers] : parted(papers)
      const found: PaperRecord[] = []
      if (listed.length > 0) {
        const filter = `doi:${listed.flatMap(({ ids }) => listedDois(ids)).join('|')}`
        found.push(...additions(listed, await works({ filter }, MOST_A_PAGE, request)))
      }
      for (const paper of single) found.push(...(await alone(paper, request)))
      return found
    },
  }

  const lookup: Lookup = {
    name: 'openalex',
    knows: (id) => nameOf(id) !== undefined,
    async paper(id, signal) {
      const name = nameOf(id)
      return name === undefined ? [] : work(name, { signal })
    },
  }

  /** Who bears the name, or has the ORCID: their ids, those that OpenAlex now holds them by. */
  async function persons(name: string, request: HttpRequest): Promise<string[]> {
    const orcid = bareOrcid(name)
    if (orcid !== undefined) {
      const answer = jsonFields(await api.find(address(`/authors/orcid:${orcid}`, { select: 'id' }), request))
      if (answer === undefined) return []
      const id = personId(answer.id)
      if (id === undefined) throw api.changed()
      return [id]
    }
    const words = name.replace(NOT_WORDS, ' ').trim()
    if (words === '') return []
    const search = { search: words, per_page: String(CANDIDATES), select: 'id,display_name,display_name_alternatives' }
    const answer = jsonFields(await api.ask(address('/authors', search), request))
    if (!Array.isArray(answer?.results)) throw api.changed()
    return jsonObjects(answer.results)
      .filter((person) => bears(person, name))
      .flatMap(({ id }) => personId(id) ?? [])
      .slice(0, MOST_BEARERS)
  }

  const people: People & Recommender = {
    async author(name, limit, signal) {
      const ids = await persons(name, { signal })
      if (ids.length === 0) return []
      const search = { filter: `authorships.author.id:${ids.join('|')}`, sort: 'publication_date:desc' }
      return works(search, limit, { signal })
    },
    async related(paper, limit, signal) {
      const id = paper.ids.map((known) => WORK_ID.exec(known)?.[1]).find((known) => known !== undefined)
      return id === undefined ? [] : works({ filter: `related_to:${id}` }, limit, { signal })
    },
  }

  return { enricher, lookup, ...(key !== undefined && { people }) }
}

/** As a work is asked for: by OpenAlex's own id, else by a DOI, of which arXiv gives one to each of its papers. */
function nameOf(id: PaperId): string | undefined {
  const doi = doiOf(id)
  return WORK_ID.exec(id)?.[1] ?? (doi === undefined ? undefined : `doi:${pathSegment(doi)}`)
}

function listedDois(ids: readonly PaperId[]): string[] {
  return ids
    .flatMap((id) => doiOf(id) ?? [])
    .filter((doi) => !UNLISTED.test(doi))
    .slice(0, 2)
}

/** Those that a list can ask for, and those that are asked for alone. */
function parted(papers: readonly Paper[]): [Paper[], Paper[]] {
  const { listed = [], single = [] } = Object.groupBy(papers.slice(0, MOST), ({ ids }) =>
    listedDois(ids).length > 0 ? 'listed' : 'single',
  )
  return [listed, single]
}

function bears(person: Fields, name: string): boolean {
  const names = [
    person.display_name,
    ...(Array.isArray(person.display_name_alternatives) ? person.display_name_alternatives : []),
  ]
  const wanted = authorKey(name)
  return names.some((known) => authorKey(jsonLabel(known) ?? '') === wanted)
}
