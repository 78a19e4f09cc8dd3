// Crossref: what publishers deposit of papers with a DOI. https://www.crossref.org/documentation/retrieve-metadata/rest-api/
import { jsonFields } from '#adapters/formats/json.ts'
import { additions } from '#adapters/sources/additions.ts'
import { doiOf, pathSegment } from '#adapters/sources/dois.ts'
import { type JsonSourceOptions, jsonApi } from '#adapters/sources/json-api.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup } from '#core/ports/lookup.ts'
import { readWork, SELECT } from './work.ts'

const WORK = { key: 'DOI', read: readWork }
/** Anybody may ask for one list a second. */
const REQUEST = { lane: 'crossref', pause: 1000 } as const
const MOST = 20
/** A comma begins the next filter. */
const LISTED = /^[^,]+$/

/** Knows papers by their DOIs, but not by arXiv's, which are registered elsewhere. */
export function crossref(options: JsonSourceOptions): { enricher: Enricher; lookup: Lookup } {
  const api = jsonApi({ ...options, title: 'Crossref', request: REQUEST })
  const isRegistered = (id: PaperId) => id.startsWith('doi:')

  const lookup: Lookup = {
    name: 'crossref',
    knows: isRegistered,
    async paper(id, signal) {
      const answer = await api.find(`/works/${pathSegment(doiOf(id) ?? '')}`, { signal })
      return answer === undefined ? [] : api.record(jsonFields(answer)?.message, WORK)
    },
  }
  const enricher: Enricher = {
    name: 'crossref',
    most: MOST,
    knows: ({ ids }) => ids.some((id) => isRegistered(id) && LISTED.test(id)),
    async enrich(papers, signal) {
      const asked = papers.slice(0, MOST).flatMap(({ ids }) => ids.find((id) => isRegistered(id) && LISTED.test(id)) ?? [])
      if (asked.length === 0) return []
      const filter = asked.map((id) => `doi:${doiOf(id)}`).join(',')
      const search = new URLSearchParams({ filter: filter.toWellFormed(), select: SELECT, rows: String(asked.length) })
      const answer = await api.ask(`/works?${search}`, signal && { signal })
      return additions(papers, await api.records(jsonFields(jsonFields(answer)?.message)?.items, WORK))
    },
  }
  return { enricher, lookup }
}
