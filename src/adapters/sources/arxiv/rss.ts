// arXiv's daily announcements of a category by RSS: one request, a batch of records, and a digest to know the batch by.
import type { HttpAnswer, HttpClient } from '#adapters/http/client.ts'
import { below } from '#adapters/sources/base-url.ts'
import { digestOf, unchanged, validatorsOf } from '#adapters/sources/batch.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedBatch, FeedSource } from '#core/ports/source.ts'
import { readAnswer } from './answer.ts'
import { LANE } from './lane.ts'

const CATEGORIES = /^[A-Za-z-]{1,20}(?:\.[A-Za-z-]{1,20})?(?:\+[A-Za-z-]{1,20}(?:\.[A-Za-z-]{1,20})?){0,99}$/
const MOST_RECORDS = 2000

export interface ArxivRssOptions {
  /** `https://rss.arxiv.org` */
  readonly baseUrl: string
  readonly http: HttpClient
}

/**
 * Feeds are categories: `cs.LG`. On days without announcements the batch has no records and its day. A batch that is cut
 * or no feed at all rejects with SourceError, so that it is asked for once more.
 */
export function arxivRss({ baseUrl, http }: ArxivRssOptions): FeedSource {
  return {
    name: 'arxiv-rss',
    async read(feed, known) {
      if (!CATEGORIES.test(feed)) throw new SourceError(`${feed} is no category of arXiv.`)
      const answer = await http.get(below(baseUrl, `/rss/${feed}`), { ...known, ...LANE })
      return answer.kind === 'same' ? unchanged(known, answer) : await batchOf(feed, answer)
    },
  }
}

async function batchOf(feed: string, answer: HttpAnswer): Promise<FeedBatch> {
  const { records, skips, envelope } = await readAnswer(feed, answer.bytes)
  if (envelope.cut) throw new SourceError(`arXiv's feed of ${feed} broke off before its end.`)
  const skipped = skips.map(({ line, why }) => ({ where: `${feed}:${line}`, why }))
  const left = records.length - MOST_RECORDS
  if (left > 0) skipped.push({ where: feed, why: `${left} more than ${MOST_RECORDS} papers.` })
  const taken = records.slice(0, MOST_RECORDS)
  return {
    kind: 'records',
    records: taken,
    skipped,
    digest: digestOf(taken.map(announced)),
    ...(envelope.day !== undefined && { day: envelope.day }),
    ...validatorsOf(answer),
  }
}

function announced({ ids, version, announcement }: PaperRecord): string {
  return `${ids[0]} v${version ?? ''} ${announcement ?? ''}`
}
