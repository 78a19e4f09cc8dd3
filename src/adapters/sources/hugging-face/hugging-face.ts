// Hugging Face: upvotes and code of arXiv's papers. What is new comes by the lists of its days, what is scattered paper by paper.
import { publicationDate } from '#adapters/formats/dates.ts'
import { jsonFields } from '#adapters/formats/json.ts'
import { additions } from '#adapters/sources/additions.ts'
import { pathSegment } from '#adapters/sources/dois.ts'
import { type JsonSourceOptions, jsonApi } from '#adapters/sources/json-api.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import type { Lookup } from '#core/ports/lookup.ts'
import { readPaper } from './paper.ts'

export interface HuggingFaceOptions extends JsonSourceOptions {
  readonly clock: Clock
}

const PAPER = { key: 'id', read: readPaper }
const REQUEST = { lane: 'hugging-face', pause: 1000 } as const
const MOST = 50
const MOST_A_DAY = 100
/** A paper is listed on the day it came out or some days later. */
const DAYS_LATER = 6
/** Seconds for which a day's list is taken as it was. */
const FRESH = 1800
const MOST_DAYS_KEPT = 60
/** `2026-06-12` */
const EXACT = 10
const ARXIV = /^arxiv:(.+)$/

interface Day {
  readonly at: number
  readonly records: readonly PaperRecord[]
}

export function huggingFace({ clock, ...options }: HuggingFaceOptions): {
  readonly enricher: Enricher
  readonly lookup: Lookup
} {
  const api = jsonApi({ ...options, title: 'Hugging Face', request: REQUEST })
  const kept = new Map<string, Day>()

  async function paper(id: PaperId, signal: AbortSignal | undefined): Promise<PaperRecord[]> {
    const arxiv = ARXIV.exec(id)?.[1]
    if (arxiv === undefined) return []
    const answer = await api.find(`/api/papers/${pathSegment(arxiv)}`, signal && { signal })
    return answer === undefined ? [] : api.record(answer, PAPER)
  }

  /** The papers that were listed on a day, `2026-06-12`. */
  async function listed(day: string, signal: AbortSignal | undefined): Promise<readonly PaperRecord[]> {
    const now = clock.now().epochMilliseconds / 1000
    const known = kept.get(day)
    if (known !== undefined && known.at > now - FRESH) return known.records
    const answer = await api.ask(`/api/daily_papers?date=${day}&limit=${MOST_A_DAY}`, signal && { signal })
    if (!Array.isArray(answer)) throw api.changed()
    const records = await api.records(
      answer.map((entry) => jsonFields(entry)?.paper ?? false),
      PAPER,
    )
    kept.delete(day)
    kept.set(day, { at: now, records })
    for (const oldest of kept.keys()) if (kept.size > MOST_DAYS_KEPT) kept.delete(oldest)
    return records
  }

  const enricher: Enricher = {
    name: 'hugging-face',
    most: MOST,
    knows: ({ ids }) => ids.some((id) => ARXIV.test(id)),
    async enrich(papers, signal) {
      const asked = papers.slice(0, MOST)
      const days = daysOf(asked, clock.now())
      const found: PaperRecord[] = []
      if (days.size < asked.length) {
        for (const day of days) found.push(...(await listed(day, signal)))
      } else {
        for (const { ids } of asked)
          for (const id of ids.filter((one) => ARXIV.test(one))) found.push(...(await paper(id, signal)))
      }
      return additions(asked, found)
    },
  }
  return { enricher, lookup: { name: 'hugging-face', knows: (id) => ARXIV.test(id), paper } }
}

/** On which the papers may be listed, none of them to come. */
function daysOf(papers: readonly Paper[], now: Temporal.Instant): Set<string> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const days = papers.flatMap(({ published }) => {
    const first = publicationDate(published?.slice(0, EXACT))
    if (first?.length !== EXACT) return []
    const from = Temporal.PlainDate.from(first)
    return Array.from({ length: DAYS_LATER + 1 }, (_, later) => from.add({ days: later }))
  })
  return new Set(days.filter((day) => Temporal.PlainDate.compare(day, today) <= 0).map(String))
}
