// Operators' sources that answer what nobody means well with, in XML and in JSON: each answer ends in papers or in an error in words,
// and does not hold the event loop, for nothing of it is read in threads.
// Lost is an answer that did not end so; corrupt is a record that is not whole.
import { systemClock as clock } from '#adapters/clock.ts'
import { createHttpClient, type HttpClient } from '#adapters/http/client.ts'
import { arxivApi } from '#adapters/sources/arxiv/api.ts'
import { arxivOai } from '#adapters/sources/arxiv/oai.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import { biorxiv } from '#adapters/sources/biorxiv/biorxiv.ts'
import { crossref } from '#adapters/sources/crossref/crossref.ts'
import { huggingFace } from '#adapters/sources/hugging-face/hugging-face.ts'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import { semanticScholar } from '#adapters/sources/semantic-scholar/semantic-scholar.ts'
import { SourceError } from '#core/errors.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import { parsePaperId } from '#core/paper-id.ts'
import { hostileStandIn } from './hostile-stand-in.ts'
import { watchLoop } from './loop.ts'

const HELD_MS = 100
const DAYS = ['2026-09-01', '2026-09-02'] as const
const IDS = ['2609.10001', '10.1000/chaos.1'].flatMap((text) => parsePaperId(text)?.id ?? [])
const PAPER = {
  number: 1,
  ids: IDS,
  title: 'What Nobody Foresaw',
  authors: [],
  published: '2026-09-01',
  origins: {},
  sources: ['arxiv-rss'],
  firstSeen: '2026-09-02T00:00:00Z',
} as unknown as Paper

type Ask = (options: { readonly baseUrl: string; readonly http: HttpClient }) => Promise<readonly PaperRecord[]>

/** By name: what is asked of each. */
const sources: Readonly<Record<string, Ask>> = {
  'arxiv-rss': async (options) => (await arxivRss(options).read('cs.LG', {})).records,
  'arxiv-api': (options) => arxivApi({ ...options, clock }).papers(IDS.slice(0, 1)),
  'arxiv-oai': async (options) =>
    (await Array.fromAsync(arxivOai(options).changed('cs.LG', ...DAYS))).flatMap(({ records }) => records),
  openalex: (options) => openAlex({ ...options, key: 'chaos' }).enricher.enrich([PAPER]),
  'semantic-scholar': (options) => semanticScholar(options).enricher.enrich([PAPER]),
  'hugging-face': (options) => huggingFace({ ...options, clock }).enricher.enrich([PAPER]),
  biorxiv: (options) => biorxiv(options).enricher.enrich([PAPER]),
  crossref: (options) => crossref(options).enricher.enrich([PAPER]),
}

export async function hostileSources(seed: number, tries: number) {
  await using standIn = await hostileStandIn()
  const found = { tried: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  const names = Object.keys(sources)
  let longest = 0
  let records = 0
  using loop = watchLoop()
  for (; found.tried < tries; found.tried++) {
    const name = names[found.tried % names.length] ?? ''
    // A client of its own, so that nobody has to leave the source alone for what it answered before.
    const http = createHttpClient({ guard: standIn.guard, wait: async () => undefined })
    const where = `${name}, seed ${seed}, try ${found.tried}`
    loop.longest()
    try {
      for (const record of await (sources[name]?.({ baseUrl: `http://s${seed + found.tried}.${name}.hostile.example`, http }) ??
        [])) {
        records++
        if (record.title.trim() !== '' && record.ids.length > 0 && record.ids.every(Boolean)) continue
        found.corrupt++
        found.wrong.push(`${where}: ${JSON.stringify(record).slice(0, 200)}`)
      }
    } catch (error) {
      if (!(error instanceof SourceError)) {
        found.lost++
        found.wrong.push(`${where}: ${error}`)
      }
    }
    const held = loop.longest()
    // What is loaded on first use is not timed.
    if (found.tried < names.length) continue
    longest = Math.max(longest, held)
    if (held > HELD_MS) found.wrong.push(`${where}: ${Math.round(held)} ms of the loop`)
  }
  return {
    ...found,
    notes: [
      `${tries} hostile answers of sources gave ${records} records; the loop was held for at most ${Math.round(longest)} ms.`,
    ],
  }
}
