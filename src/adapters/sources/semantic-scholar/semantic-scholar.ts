// Semantic Scholar: citations, a summary in a sentence, and papers that are alike. https://api.semanticscholar.org/api-docs/
import { jsonFields, jsonLabel } from '#adapters/formats/json.ts'
import { addition } from '#adapters/sources/additions.ts'
import { type JsonSourceOptions, jsonApi } from '#adapters/sources/json-api.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup, Recommender } from '#core/ports/lookup.ts'
import { ADDED, readPaper, WHOLE } from './paper.ts'

export interface SemanticScholarOptions extends JsonSourceOptions {
  readonly key?: string | undefined
}

const PAPER = { key: 'paperId', read: readPaper }
/** One request a second with a key; without one all who have none share what there is. */
const PAUSE_WITH_KEY = 1000
const PAUSE_WITHOUT_KEY = 3000
/** Of 500 that it allows. */
const MOST = 100
const MOST_RELATED = 100
/** What it says, by 400, of a list in which it knows no paper at all. */
const NONE_KNOWN = /no valid paper ids/i
/** An id that it cannot read at all would spoil the list it stands in. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^s2:([0-9a-f]{40})$/, ''],
  [/^arxiv:(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/, 'ARXIV:'],
  [/^doi:(10\.\d{4,9}\/[!-~]+)$/, 'DOI:'],
]

export function semanticScholar({ key, ...options }: SemanticScholarOptions): {
  readonly enricher: Enricher
  readonly lookup: Lookup
  readonly recommender: Recommender
} {
  const api = jsonApi({
    ...options,
    title: 'Semantic Scholar',
    request: {
      lane: 'semantic-scholar',
      pause: key === undefined ? PAUSE_WITHOUT_KEY : PAUSE_WITH_KEY,
      ...(key !== undefined && { headers: { 'x-api-key': key } }),
    },
  })

  /** What it says of each that is asked for, in that order; null where it does not know it. */
  async function batch(ids: readonly string[], fields: string, signal: AbortSignal | undefined) {
    const answer = await api.ask(`/graph/v1/paper/batch?fields=${fields}`, {
      json: { ids },
      takes: [400],
      ...(signal && { signal }),
    })
    if (NONE_KNOWN.test(jsonLabel(jsonFields(answer)?.error) ?? '')) return []
    if (!Array.isArray(answer) || answer.length !== ids.length) throw api.changed()
    return api.each(answer, PAPER)
  }

  const enricher: Enricher = {
    name: 'semantic-scholar',
    most: MOST,
    knows: ({ ids }) => nameOf(ids) !== undefined,
    async enrich(papers, signal) {
      const asked = papers.slice(0, MOST).flatMap((paper) => {
        const name = nameOf(paper.ids)
        return name === undefined ? [] : [{ paper, name }]
      })
      if (asked.length === 0) return []
      const names = asked.map(({ name }) => name)
      return (await batch(names, ADDED, signal)).flatMap((record, at): PaperRecord | PaperRecord[] => {
        const paper = asked[at]?.paper
        return paper === undefined || record === undefined ? [] : (addition(paper, record) ?? [])
      })
    },
  }

  const lookup: Lookup = {
    name: 'semantic-scholar',
    knows: (id) => nameOf([id]) !== undefined,
    async paper(id, signal) {
      const name = nameOf([id])
      return name === undefined ? [] : (await batch([name], WHOLE, signal)).filter((record) => record !== undefined)
    },
  }

  const recommender: Recommender = {
    async related(paper, limit, signal) {
      const name = nameOf(paper.ids)
      if (name === undefined) return []
      const path = `/recommendations/v1/papers/?limit=${Math.min(limit, MOST_RELATED)}&fields=${WHOLE.replace(',tldr', '')}`
      const answer = await api.find(path, { json: { positivePaperIds: [name], negativePaperIds: [] }, signal })
      return answer === undefined ? [] : (await api.records(jsonFields(answer)?.recommendedPapers, PAPER)).slice(0, limit)
    },
  }

  return { enricher, lookup, recommender }
}

/** As it is asked for: by its own id where that is known. */
function nameOf(ids: readonly PaperId[]): string | undefined {
  for (const [form, prefix] of NAMES) {
    const key = ids.map((id) => form.exec(id)?.[1]).find((known) => known !== undefined)
    if (key !== undefined) return `${prefix}${key}`
  }
  return undefined
}
