// What other sources add to papers, from outside: sources on loopback that answer, that hang, and that are not there.
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { aServer, type TestServer } from '#test/adapters/http/server.ts'
import { install } from '#test/paperboy.ts'

const BEFORE = '2026-01-15T09:00:00Z'
const ORCID = '0000-0002-1825-0097'
const PAPERS = [
  { id: '2601.00001', title: 'Quanta of skill', authors: ['A. Lovelace', 'E. Noether'], abstract: 'Long.', date: '2026-01-14' },
  { id: '2601.00002', title: 'An older thought', authors: ['A. Lovelace'], abstract: 'Long too.', date: '2025-11-02' },
].map((paper) => ({ ...paper, categories: ['cs.LG'] }))

const titleOf = (id: string) => PAPERS.find((paper) => id.endsWith(paper.id))?.title

/** Each source knows the papers it is asked about; the citations are the day's. */
const answers: RequestListener = async (request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  if (url.pathname.startsWith('/works/doi:')) {
    const doi = decodeURIComponent(url.pathname.slice('/works/doi:'.length))
    const author = {
      author: { display_name: 'Ada Lovelace', orcid: `https://orcid.org/${ORCID}` },
      institutions: [{ display_name: 'ETH Zurich' }],
    }
    const work = { id: `https://openalex.org/W100000${doi.at(-1)}`, doi: `https://doi.org/${doi}`, title: titleOf(doi) }
    return response.end(JSON.stringify({ ...work, cited_by_count: 4, authorships: [author] }))
  }
  if (url.pathname === '/graph/v1/paper/batch') {
    const { ids } = (await json(request)) as { ids: string[] }
    const known = ids.map((id, at) => ({
      paperId: String(at).repeat(40),
      title: titleOf(id),
      externalIds: { ArXiv: id.replace('ARXIV:', '') },
      citationCount: 7,
      tldr: { text: 'Skills come in quanta.' },
    }))
    return response.end(JSON.stringify(known))
  }
  const listed = { id: '2601.00001', title: 'Quanta of skill', upvotes: 31 }
  if (url.pathname === '/api/papers/2601.00001') return response.end(JSON.stringify(listed))
  if (url.pathname === '/api/daily_papers') return response.end(JSON.stringify([{ paper: listed }]))
  response.writeHead(404).end()
}

async function aLab(sources: TestServer | undefined) {
  const nowhere = sources?.url ?? 'http://127.0.0.1:9'
  const paperboy = install({
    OPENALEX_API_URL: nowhere,
    SEMANTIC_SCHOLAR_API_URL: nowhere,
    HUGGING_FACE_API_URL: nowhere,
    CROSSREF_API_URL: nowhere,
    BIORXIV_API_URL: nowhere,
  })
  writeFileSync(join(paperboy.folder, 'papers.ndjson'), PAPERS.map((paper) => JSON.stringify(paper)).join('\n'))
  await paperboy.run(['import', 'papers.ndjson', '--at', BEFORE])
  await paperboy.ask('follow topic org:eth-zurich --cadence now', '--at', '2026-01-14T00:00:00Z')
  const tick = async (at: string) => {
    const { code, stdout, stderr } = await paperboy.run(['tick', '--json', '--at', at])
    expect(code).toBe(0)
    return { report: JSON.parse(stdout), told: stderr }
  }
  return { ...paperboy, tick }
}

test('papers get citations, a summary, upvotes, organisations and people, and only what is news is told', async () => {
  await using sources = await aServer(answers)
  const { ask, tick } = await aLab(sources)
  expect((await tick(BEFORE)).report).toMatchObject({ matched: 0, deliveries: { sent: 0 } })
  const full = await ask('paper 2601.00001', '--at', BEFORE)
  expect(full.text).toContain('Skills come in quanta.')
  expect(full.text).toMatch(/Citations\W+7/)
  expect(full.text).toMatch(/Upvotes\W+31/)
  expect(full.papers[0]).toMatchObject({ title: 'Quanta of skill', authors: ['A. Lovelace', 'E. Noether'], orgs: ['eth-zurich'] })
  const page = await ask(`author ${ORCID}`, '--at', BEFORE)
  expect(page.papers.map(({ id }: { id: string }) => id)).toEqual(['2601.00001', '2601.00002'])
  expect((await ask('search org:eth-zurich', '--at', BEFORE)).page.total).toBe(2)

  const asked = sources.requests.length
  const next = await tick('2026-01-15T09:20:00Z')
  expect(next.report).toMatchObject({ matched: 1, deliveries: { sent: 1, pending: 0, dead: 0 } })
  expect(next.told).toContain('Quanta of skill')
  expect(next.told).not.toContain('An older thought')
  expect(sources.requests.length).toBe(asked)
  const later = await tick('2026-01-17T09:00:00Z')
  expect(later.report).toMatchObject({ matched: 0, deliveries: { sent: 0 } })
  expect(sources.requests.length).toBeGreaterThan(asked)
})

test('sources that hang keep nobody from an answer, and a tick from nothing that it posts', async () => {
  const hung = Promise.withResolvers<void>()
  await using sources = await aServer(() => hung.resolve())
  const { ask, run, start, folder } = await aLab(sources)
  writeFileSync(join(folder, 'more.ndjson'), JSON.stringify({ ...PAPERS[0], id: '2601.00003', title: 'Told at once' }))
  await ask('follow topic told --cadence now', '--at', BEFORE)
  await run(['import', 'more.ndjson', '--at', '2026-01-15T10:00:00Z'])
  const child = start('tick', '--json', '--at', '2026-01-15T10:01:00Z')
  const told = text(child.stderr)
  const [report] = await once(child.stdout.setEncoding('utf8'), 'data')
  expect(JSON.parse(report)).toMatchObject({ matched: 1, deliveries: { sent: 1 } })
  await hung.promise
  expect(child.exitCode).toBeNull()
  expect((await ask('search quanta', '--at', BEFORE)).page.total).toBe(1)
  child.kill()
  expect(await told).toContain('Told at once')
})

test('without any source a tick says nothing of it, however often', async () => {
  const { tick, ask } = await aLab(undefined)
  for (const at of ['10:00', '10:10', '10:20', '10:30']) {
    expect(await tick(`2026-01-15T${at}:00Z`)).toMatchObject({ report: { deliveries: { sent: 0 } } })
  }
  expect((await ask('paper 2601.00001', '--at', BEFORE)).ok).toBe(true)
})
