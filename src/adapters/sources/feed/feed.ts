// Any RSS or Atom feed at an address that people give: watched feeds as batches, and a first look at one before it is followed.
import type { HttpAnswer, HttpClient, HttpRequest } from '#adapters/http/client.ts'
import { LANE } from '#adapters/sources/arxiv/lane.ts'
import { digestOf, unchanged, validatorsOf } from '#adapters/sources/batch.ts'
import { SourceError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { FeedPreview, Feeds } from '#core/ports/feeds.ts'
import type { FeedBatch, FeedSource } from '#core/ports/source.ts'
import type { Reading } from './read-feed.ts'
import { createFeedReader } from './reading.ts'

/** Milliseconds between two feeds of one host that are read without anybody waiting for them. */
const PAUSE = 1000
const ARXIV_HOST = /(?:^|\.)arxiv\.org\.?$/

export interface FeedSourceOptions {
  /** A client with a guard: the addresses are strangers'. */
  readonly http: HttpClient
  readonly clock: Clock
}

/** Feeds are addresses. What is no feed, or breaks off, rejects with SourceError, and is asked for whole the next time. */
export function feedSource({ http, clock }: FeedSourceOptions): FeedSource & Feeds {
  const readBytes = createFeedReader()

  async function readingOf({ bytes, charset, url }: HttpAnswer, feed: string): Promise<Reading> {
    return readBytes({ feed, url, latest: clock.now().epochMilliseconds, bytes, charset })
  }

  async function ask(url: string, request: HttpRequest = {}) {
    const answer = await http.get(url, { ...request, ...paceOf(url) })
    return { answer, reading: answer.kind === 'same' ? undefined : await readingOf(answer, url) }
  }

  return {
    name: 'feed',
    async read(url, known) {
      const { answer, reading } = await ask(url, { ...known, pause: PAUSE })
      if (reading === undefined) return unchanged(known, answer)
      if (reading.kind !== 'feed') throw noFeed(url, reading)
      return batchOf(reading, answer)
    },
    async look(url) {
      const { reading } = await ask(url)
      if (reading?.kind !== 'page') return previewOf(url, reading)
      // Of the feeds that a page names the first counts: the others are those of its comments and categories.
      const [feed = url] = reading.feeds
      return previewOf(feed, (await ask(feed)).reading)
    },
  }
}

/** arXiv's own feeds are asked in turn with all else that arXiv is asked. */
function paceOf(url: string): HttpRequest {
  return ARXIV_HOST.test(URL.parse(url)?.hostname ?? '') ? LANE : {}
}

function previewOf(url: string, reading: Reading | undefined): FeedPreview {
  if (reading?.kind !== 'feed') throw noFeed(url, reading)
  const { title, records, skipped } = reading
  return { url, ...(title !== undefined && { title }), records, skipped: skipped.length }
}

function batchOf({ records, contents, skipped }: Extract<Reading, { kind: 'feed' }>, answer: HttpAnswer): FeedBatch {
  return { kind: 'records', records, contents, skipped, digest: digestOf(contents), ...validatorsOf(answer) }
}

function noFeed(url: string, reading: Reading | undefined): SourceError {
  const what = reading?.kind === 'unknown' ? reading.why : 'is a web page, not a feed'
  return new SourceError(`What ${URL.parse(url)?.host ?? url} answered ${what}.`, {
    hint: 'Give the address of an RSS or Atom feed, or of a page that names its feed.',
  })
}
