// arXiv's API: papers by id, by author and by words, a page after the other until all that it says it has have come.
import type { HttpClient } from '#adapters/http/client.ts'
import { below } from '#adapters/sources/base-url.ts'
import { compatibleNames } from '#core/author-name.ts'
import { SourceError } from '#core/errors.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { PaperRecord } from '#core/paper.ts'
import { displayId, type PaperId, parsePaperId } from '#core/paper-id.ts'
import type { Archive, ArchivePage } from '#core/ports/archive.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Lookup, People, Words } from '#core/ports/lookup.ts'
import { parseQuery } from '#core/query/parse.ts'
import { type Answer, readAnswer, untilWhole } from './answer.ts'
import { LANE } from './lane.ts'
import { authorQueries, searchQuery } from './query.ts'

/** More make an address too long, and arXiv slow. */
const MOST_IDS = 100
const PAGE = 100
/** Papers of one query: who looks for more wants something else. */
const MOST_RECORDS = 2000
/** Requests of one query, however short the pages are that come. */
const MOST_PAGES = 60
/** Papers that are looked through for those of one person. */
const MOST_OF_NAMESAKES = 300

export interface ArxivApiOptions {
  /** `https://export.arxiv.org` */
  readonly baseUrl: string
  readonly http: HttpClient
  /** For what is said of dates in relation to now: `since:30d`. */
  readonly clock: Clock
  /** How often a page is asked for that does not come whole. */
  readonly tries?: number
}

/** Everything in it rejects with SourceError alone, but for a query that is none (UserInputError). */
export interface ArxivApi extends Lookup, People, Words, Pick<Archive, 'byAuthors'> {
  paper(id: PaperId, signal: AbortSignal): Promise<PaperRecord[]>
  /** Those of the papers that arXiv has, in no order; ids of other sources are passed over. */
  papers(ids: readonly PaperId[], signal?: AbortSignal): Promise<PaperRecord[]>
}

type Parameters = Readonly<Record<string, string>>
type Page = Answer & {
  /** Entries, whether they could be read or not. */
  readonly came: number
  readonly total: number
}

/** https://info.arxiv.org/help/api/user-manual.html */
export function arxivApi({ baseUrl, http, clock, tries }: ArxivApiOptions): ArxivApi {
  const address = below(baseUrl, '/api/query')

  /** One request. Rejects with SourceError where the answer is not whole, or not what was asked for. */
  async function ask(parameters: Parameters, signal: AbortSignal | undefined): Promise<Page> {
    const url = `${address}?${new URLSearchParams(parameters)}`
    const answer = await http.get(url, { ...LANE, takes: [400], ...(signal && { signal }) })
    const page = await readAnswer('a query', answer.bytes).catch((error: unknown) => {
      throw answer.status === 400 ? refused('an error (400)', error) : error
    })
    const { error, cut, total } = page.envelope
    if (error !== undefined) throw refused(error)
    if (cut) throw new SourceError("arXiv's answer to a query broke off before its end.")
    if (total === undefined) throw new SourceError("arXiv's answer to a query does not say how many papers there are.")
    return { ...page, total, came: page.records.length + page.skips.length }
  }

  /** One page from `start` on, which has papers unless there are no more. */
  async function askFrom(start: number, parameters: Parameters, most: number, signal?: AbortSignal): Promise<Page> {
    const page = await ask({ ...parameters, start: `${start}`, max_results: `${Math.min(PAGE, most - start)}` }, signal)
    if (page.came > 0 || (page.total <= start && (page.total > 0 || start === 0))) return page
    throw new SourceError(`arXiv says that it has ${Math.max(page.total, start)} papers, and gives none after ${start}.`)
  }

  /** Each paper once, `most` at most: papers move on to the next page where new ones come while the pages are read. */
  async function* pages(parameters: Parameters, most: number, signal?: AbortSignal): AsyncGenerator<ArchivePage, void> {
    const seen = new Set<PaperId>()
    let start = 0
    let total = most
    for (let page = 0; start < Math.min(total, most); page++) {
      if (page === MOST_PAGES) throw new SourceError("arXiv's answers to a query are too short to come to their end.")
      const {
        records,
        skips,
        came,
        total: said,
      } = await untilWhole(() => askFrom(start, parameters, most, signal), signal, tries)
      if (came === 0) return
      total = said
      start += came
      const fresh = records.filter(({ ids: [id] }) => !seen.has(id))
      for (const { ids } of fresh) seen.add(ids[0])
      yield { records: fresh, skipped: skips.map(({ line, why }) => ({ where: `arXiv's API:${line}`, why })) }
    }
  }

  async function papers(ids: readonly PaperId[], signal?: AbortSignal): Promise<PaperRecord[]> {
    const asked = [...new Set(ids.filter(isAskable))].map(displayId)
    const found: PaperRecord[] = []
    for (let at = 0; at < asked.length; at += MOST_IDS) {
      const some = asked.slice(at, at + MOST_IDS)
      for await (const { records } of pages({ id_list: some.join(',') }, some.length, signal)) found.push(...records)
    }
    return found
  }

  return {
    name: 'arxiv-api',
    knows: isAskable,
    papers,
    async paper(id, signal) {
      return (await papers([id], signal)).filter(({ ids }) => ids.includes(id))
    },

    async *byAuthors(names, since, signal) {
      for (const query of authorQueries(names)) {
        let count = 0
        const newest = { search_query: query, sortBy: 'submittedDate', sortOrder: 'descending' }
        for await (const { records, skipped } of pages(newest, MOST_RECORDS, signal)) {
          const recent = records.filter(({ published = since }) => published.slice(0, since.length) >= since)
          if (recent.length > 0 || skipped.length > 0) yield { records: recent, skipped }
          count += recent.length
          if (records.length > 0 && recent.length === 0) break
        }
        if (count >= MOST_RECORDS) yield { records: [], skipped: [{ where: query, why: `More than ${MOST_RECORDS} papers.` }] }
      }
    },

    async author(name, limit, signal) {
      const found: PaperRecord[] = []
      // arXiv does not find people by their ORCID.
      if (bareOrcid(name) !== undefined) return found
      for (const query of authorQueries([name])) {
        const newest = { search_query: query, sortBy: 'submittedDate', sortOrder: 'descending' }
        for await (const { records } of pages(newest, MOST_OF_NAMESAKES, signal)) {
          found.push(...records.filter(({ authors }) => authors.some((author) => isSame(author.name, name))))
          if (found.length >= limit) break
        }
      }
      return found.slice(0, limit)
    },

    async search(text, limit, signal) {
      const { expression, sort } = parseQuery(text)
      const query = expression && searchQuery(expression, clock.now())
      const found: PaperRecord[] = []
      if (!query) return found
      const sortBy = sort === 'recent' ? 'submittedDate' : 'relevance'
      const parameters = { search_query: query, sortBy, sortOrder: 'descending' }
      for await (const { records } of pages(parameters, Math.min(limit, MOST_RECORDS), signal)) found.push(...records)
      return found.slice(0, limit)
    },
  }
}

/** One id that arXiv does not take as one spoils the answer for all others. */
function isAskable(id: PaperId): boolean {
  return id.startsWith('arxiv:') && parsePaperId(displayId(id))?.id === id
}

function isSame(printed: string, name: string): boolean {
  return compatibleNames(printed, name) !== 'different'
}

/** Also where arXiv says so with the status 200. */
function refused(error: string, cause?: unknown): SourceError {
  return new SourceError(`arXiv does not take this query: ${error}.`, { cause, status: 400 })
}
