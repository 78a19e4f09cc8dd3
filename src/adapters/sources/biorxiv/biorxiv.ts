// bioRxiv and medRxiv: preprints by DOI with all their versions, and those of some days. https://api.biorxiv.org/
import { type Fields, jsonCount, jsonFields, jsonObjects, jsonText } from '#adapters/formats/json.ts'
import { addition } from '#adapters/sources/additions.ts'
import { type JsonSourceOptions, jsonApi } from '#adapters/sources/json-api.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Archive } from '#core/ports/archive.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup } from '#core/ports/lookup.ts'
import { readPreprint } from './preprint.ts'

const REQUEST = { lane: 'biorxiv', pause: 1000 } as const
/** Other DOIs of the same publisher are those of its journals. */
const PREPRINT = /^doi:(10\.(?:1101|64898)\/(?:\d{4}\.\d\d\.\d\d\.\d{6,8}|\d{6}))$/
const DAY = /^\d{4}-\d\d-\d\d$/
const SERVERS = ['biorxiv', 'medrxiv'] as const
/** What stands in place of `ok` where there is nothing. */
const NOTHING = /^no posts found/i
/** Pages of some days; one holds a hundred versions, or thirty. */
const MOST_PAGES = 200

interface Page {
  readonly versions: readonly Fields[]
  readonly total: number
}

export function biorxiv(options: JsonSourceOptions): {
  enricher: Enricher
  lookup: Lookup
  /** What appeared or changed on a server, `biorxiv` or `medrxiv`, in some days. */
  archive: Pick<Archive, 'changed'>
} {
  const api = jsonApi({ ...options, title: 'bioRxiv', request: REQUEST })

  async function page(path: string, signal: AbortSignal | undefined): Promise<Page> {
    const answer = jsonFields(await api.ask(`/details/${path}/json`, signal && { signal }))
    const [message] = jsonObjects(answer?.messages)
    const status = jsonText(message?.status)
    if (status !== undefined && NOTHING.test(status)) return { versions: [], total: 0 }
    const versions = jsonObjects(answer?.collection).filter(({ doi }) => typeof doi === 'string')
    const isEmpty = Array.isArray(answer?.collection) && answer.collection.length === 0
    if (versions.length === 0 && !(status === 'ok' && isEmpty)) throw api.changed()
    return { versions, total: jsonCount(Number(message?.total ?? versions.length)) ?? versions.length }
  }

  /** A DOI does not tell which of the two servers it is on. */
  async function preprint(id: PaperId, signal: AbortSignal | undefined): Promise<PaperRecord[]> {
    const doi = PREPRINT.exec(id)?.[1]
    if (doi === undefined) return []
    for (const server of SERVERS) {
      const { versions } = await page(`${server}/${doi}/na`, signal)
      const record = readPreprint(versions)
      if (record !== undefined) return [record]
    }
    return []
  }

  const preprintId = ({ ids }: Paper) => ids.find((id) => PREPRINT.test(id))
  return {
    lookup: { name: 'biorxiv', knows: (id) => PREPRINT.test(id), paper: preprint },
    enricher: {
      name: 'biorxiv',
      most: 1,
      knows: (paper) => preprintId(paper) !== undefined,
      async enrich([paper], signal) {
        const id = paper === undefined ? undefined : preprintId(paper)
        return paper === undefined || id === undefined
          ? []
          : (await preprint(id, signal)).flatMap((record) => addition(paper, record) ?? [])
      },
    },
    archive: {
      async *changed(server, from, until, signal) {
        if (!SERVERS.some((name) => name === server) || !DAY.test(from) || !DAY.test(until)) return
        let start = 0
        for (let pages = 0; pages < MOST_PAGES; pages++) {
          const { versions, total } = await page(`${server}/${from}/${until}/${start}`, signal)
          const preprints = Map.groupBy(versions, ({ doi }) => String(doi))
          yield { records: [...preprints.values()].flatMap((same) => announced(readPreprint(same)) ?? []), skipped: [] }
          start += versions.length
          if (versions.length === 0 || start >= total) return
        }
      },
    },
  }
}

/** Of a preprint that is new its first submission is among the versions of these days. */
function announced(record: PaperRecord | undefined): PaperRecord | undefined {
  return record && { ...record, announcement: record.published === undefined ? 'replace' : 'new' }
}
