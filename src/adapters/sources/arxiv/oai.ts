// arXiv's archive by OAI-PMH: all that appeared or changed in a category in some days, with every version's date.
import type { HttpClient, Limits } from '#adapters/http/client.ts'
import { below } from '#adapters/sources/base-url.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Archive } from '#core/ports/archive.ts'
import { announcementOf } from './announcement.ts'
import { type Answer, readAnswer, untilWhole } from './answer.ts'
import { LANE } from './lane.ts'

/** Its form with the versions: without them what is new cannot be told from what is replaced. */
const FORM = 'arXivRaw'
/** A page is some two thousand papers, which arXiv needs its time for. */
const LIMITS: Partial<Limits> = { milliseconds: 120_000, bytes: 30_000_000 }
const MOST_PAGES = 500
/** How often a list that went stale is begun again. */
const MOST_RESTARTS = 5
const CATEGORY = /^([a-z-]{1,20})(?:\.([A-Za-z-]{1,20}))?$/
const DAY = /^\d{4}-\d\d-\d\d$/
/** The archives that are groups of their own; all others belong to physics. */
const GROUPS = new Set(['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat'])

export interface ArxivOaiOptions {
  /** `https://oaipmh.arxiv.org` */
  readonly baseUrl: string
  readonly http: HttpClient
}

type Parameters = Readonly<Record<string, string>>

/** https://info.arxiv.org/help/oa/ and https://www.openarchives.org/OAI/openarchivesprotocol.html */
export function arxivOai({ baseUrl, http }: ArxivOaiOptions): Pick<Archive, 'changed'> {
  const address = below(baseUrl, '/oai')

  async function ask(category: string, parameters: Parameters, signal: AbortSignal | undefined): Promise<Answer> {
    const url = `${address}?${new URLSearchParams({ verb: 'ListRecords', ...parameters })}`
    const { bytes } = await http.get(url, { ...LANE, limits: LIMITS, ...(signal && { signal }) })
    const answer = await readAnswer(category, bytes)
    if (answer.envelope.cut) throw new SourceError(`arXiv's list of ${category} broke off before its end.`)
    const isEmpty = answer.records.length + answer.skips.length === 0 && answer.envelope.error === undefined
    if (isEmpty) throw new SourceError(`arXiv's list of ${category} holds neither papers nor a reason why.`)
    return answer
  }

  return {
    async *changed(category, from, until, signal) {
      const set = setOf(category)
      if (set === undefined) throw new SourceError(`${category} is no category of arXiv.`)
      if (!DAY.test(from) || !DAY.test(until)) throw new SourceError(`${from} to ${until} are no days.`)
      const seen = new Set<PaperId>()
      const tokens = new Set<string>()
      let reached = from
      let restarts = 0
      let parameters: Parameters = { metadataPrefix: FORM, set, from, until }
      for (let page = 0; page < MOST_PAGES; page++) {
        const { records, skips, envelope } = await untilWhole(() => ask(category, parameters, signal), signal)
        if (envelope.errorCode === 'noRecordsMatch') return
        if (envelope.errorCode === 'badResumptionToken' && 'resumptionToken' in parameters && restarts++ < MOST_RESTARTS) {
          parameters = { metadataPrefix: FORM, set, from: reached, until }
          tokens.clear()
          continue
        }
        if (envelope.error !== undefined) {
          throw new SourceError(`arXiv does not list what changed in ${category}: ${envelope.error}`)
        }
        const fresh = records.filter(({ ids: [id] }) => !seen.has(id))
        for (const { ids } of fresh) seen.add(ids[0])
        yield {
          records: fresh.map((record) => announced(record, category, from)),
          skipped: skips.map(({ line, why }) => ({ where: `${category}:${line}`, why })),
        }
        const token = envelope.resumptionToken
        if (token === undefined) return
        if (tokens.has(token)) throw new SourceError(`arXiv's list of ${category} leads in circles.`)
        tokens.add(token)
        // Only a list in the order of its days can be begun again in the middle.
        reached = envelope.reached !== undefined && envelope.reached >= reached ? envelope.reached : from
        parameters = { resumptionToken: token }
      }
      throw new SourceError(`arXiv's list of ${category} goes on without end.`)
    },
  }
}

function announced(record: Answer['records'][number], category: string, from: string): Answer['records'][number] {
  const announcement = announcementOf(record, category, from)
  return announcement === undefined ? record : { ...record, announcement }
}

/** `cs.LG` → `cs:cs:LG`, `hep-th` → `physics:hep-th`, `cond-mat.str-el` → `physics:cond-mat:str-el`. */
function setOf(category: string): string | undefined {
  const [, archive, name] = CATEGORY.exec(category) ?? []
  if (archive === undefined) return undefined
  const set = `${GROUPS.has(archive) ? archive : 'physics'}:${archive}`
  return name === undefined ? set : `${set}:${name}`
}
