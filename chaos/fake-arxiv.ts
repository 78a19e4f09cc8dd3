// arXiv on loopback, playing a history by a clock that is moved by hand: RSS, OAI-PMH and API, with faults of every sort. It
// notes every request that came sooner after the last one than arXiv allows.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { announcementDays, arxivDay, daysAfter, publicAt } from '#core/announcement-days.ts'
import { authorKey } from '#core/author-name.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { AnnouncedPaper, History } from './announced-papers.ts'
import { type Announced, apiPage, noRecords, oaiPage, rss } from './arxiv-documents.ts'

/** Milliseconds: https://info.arxiv.org/help/api/tou.html */
const PACE = 3000
const OAI_PAGE = 150
const PHRASE = /au:"([^"]{1,100})"/g
/** How often each happens. */
const FAULTS = [
  ['busy', 0.04],
  ['unavailable', 0.02],
  ['reset', 0.04],
  ['cut', 0.03],
  ['nothing', 0.03],
  ['empty', 0.04],
  ['short', 0.05],
  ['old', 0.04],
  ['redated', 0.04],
] as const

type Fault = (typeof FAULTS)[number][0] | undefined

export interface FakeArxiv {
  readonly url: string
  /** Requests, and how many of them met a fault, by its name. */
  readonly seen: { requests: number; faults: Map<string, number>; tooSoon: number }
  close(): Promise<void>
}

export interface FakeArxivOptions {
  readonly history: History
  readonly clock: Clock
  readonly random: () => number
  /** Days on which nobody answers. */
  readonly down: ReadonlySet<string>
}

interface Answer {
  readonly body: string
  readonly etag?: string
}

export async function fakeArxiv({ history, clock, random, down }: FakeArxivOptions): Promise<FakeArxiv> {
  const seen = { requests: 0, faults: new Map<string, number>(), tooSoon: 0 }
  const batches = new Map<string, readonly Announced[]>()
  let last = Number.NEGATIVE_INFINITY

  function answer({ url = '' }: IncomingMessage, fault: Fault): Answer {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    if (fault === 'nothing') return { body: '' }
    if (pathname.startsWith('/rss/')) return announcements(pathname.slice('/rss/'.length), fault)
    return { body: pathname === '/oai' ? listed(searchParams, fault) : found(searchParams, fault) }
  }

  function announcements(category: string, fault: Fault): Answer {
    const today = arxivDay(clock.now())
    const before = announcementDays(daysAfter(today, -7), daysAfter(today, -1)).at(-1) ?? today
    const day = fault === 'old' ? before : today
    const batch = batchOf(category, fault === 'old' || fault === 'redated' ? before : today)
    const shown = fault === 'empty' ? [] : fault === 'short' ? batch.slice(0, Math.ceil(batch.length / 3)) : batch
    return { body: rss(category, day, shown), etag: `"${category} ${day} ${fault ?? ''}"` }
  }

  function batchOf(category: string, day: string): readonly Announced[] {
    const key = `${category} ${day}`
    const batch = batches.get(key) ?? history.papers.flatMap((paper) => announced(paper, category, day))
    batches.set(key, batch)
    return batch
  }

  /** All that is public, as it stands now: each paper once, under the day of its last change. */
  function changes() {
    const isPublic = (day: string | undefined) =>
      day !== undefined && publicAt(day).epochMilliseconds <= clock.now().epochMilliseconds
    return history.papers.flatMap((paper) => {
      if (paper.announced !== undefined && !isPublic(paper.announced)) return []
      const days = [paper.announced, paper.revised, paper.touched].filter(isPublic) as string[]
      const day = days.toSorted().at(-1) ?? daysAfter(history.days[0] ?? '', -40)
      const versions = isPublic(paper.revised) ? paper.versions : paper.versions.slice(0, 1)
      return [{ paper, day, versions }]
    })
  }

  function listed(asked: URLSearchParams, fault: Fault): string {
    const [set = '', from = '', until = '', start = '0'] =
      asked.get('resumptionToken')?.split('|') ?? ['set', 'from', 'until'].map((name) => asked.get(name) ?? '')
    const category = set.split(':').slice(1).join('.')
    const all = changes()
      .filter(({ paper, day }) => paper.categories.includes(category) && from <= day && day <= until)
      .toSorted((a, b) => (`${a.day} ${a.paper.id}` < `${b.day} ${b.paper.id}` ? -1 : 1))
    if (all.length === 0) return noRecords()
    const many = fault === 'short' ? Math.ceil(OAI_PAGE / 3) : OAI_PAGE
    const page = fault === 'empty' ? [] : all.slice(Number(start), Number(start) + many)
    const next = Number(start) + many
    return oaiPage(page, fault === 'empty' || next >= all.length ? undefined : [set, from, until, next].join('|'))
  }

  function found(asked: URLSearchParams, fault: Fault): string {
    const query = asked.get('search_query') ?? ''
    const keys = new Set([...query.matchAll(PHRASE)].map(([, name = '']) => authorKey(name)))
    const all = changes()
      .filter(({ paper }) => paper.authors.some((name) => keys.has(authorKey(name))))
      .map(({ paper, versions }) => ({ ...paper, versions }))
      .toSorted((a, b) => ((a.versions[0] ?? '') < (b.versions[0] ?? '') ? 1 : -1))
    const [start, many] = [Number(asked.get('start') ?? 0), Number(asked.get('max_results') ?? 10)]
    const page = all.slice(start, start + (fault === 'short' ? Math.ceil(many / 3) : many))
    return apiPage(fault === 'empty' ? [] : page, all.length, start)
  }

  function take(request: IncomingMessage, response: ServerResponse): void {
    const now = clock.now().epochMilliseconds
    seen.requests++
    if (now - last < PACE) seen.tooSoon++
    last = now
    const fault = down.has(arxivDay(clock.now())) ? 'reset' : diced(random())
    if (fault !== undefined) seen.faults.set(fault, (seen.faults.get(fault) ?? 0) + 1)
    if (fault === 'reset') request.socket.destroy()
    else if (fault === 'busy') response.writeHead(429, { 'content-type': 'text/html' }).end('Rate exceeded.')
    else if (fault === 'unavailable') response.writeHead(503, { 'retry-after': '300' }).end()
    else {
      const { body, etag } = answer(request, fault)
      if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else {
        response.writeHead(200, { 'content-type': 'text/xml', ...(etag !== undefined && { etag }) })
        response.end(fault === 'cut' ? body.slice(0, Math.floor(body.length * 0.6)) : body)
      }
    }
  }

  const server = createServer(take)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function announced(paper: AnnouncedPaper, category: string, day: string): Announced[] {
  if (!paper.categories.includes(category)) return []
  const isHome = paper.categories[0] === category
  if (paper.announced === day) return [{ paper, as: isHome ? 'new' : 'cross', version: 1 }]
  if (paper.revised === day) return [{ paper, as: isHome ? 'replace' : 'replace-cross', version: 2 }]
  return []
}

function diced(dice: number): Fault {
  let left = dice
  for (const [fault, share] of FAULTS) {
    if (left < share) return fault
    left -= share
  }
  return undefined
}
