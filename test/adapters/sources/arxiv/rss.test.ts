import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivRss } from '#adapters/sources/arxiv/rss.ts'
import { SourceError } from '#core/errors.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

const entry = (id: string, version = 1, type = 'new') => `<item><title>Paper ${id}</title><link>https://arxiv.org/abs/${id}</link>
<description>arXiv:${id}v${version} Announce Type: ${type} 
Abstract: In short.</description><guid>oai:arXiv.org:${id}v${version}</guid><category>cs.LG</category>
<pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate><arxiv:announce_type>${type}</arxiv:announce_type><dc:creator>A. One, B. Two</dc:creator></item>`
const channel = (...entries: string[]) => `<?xml version='1.0' encoding='UTF-8'?>
<rss version="2.0"><channel><title>cs.LG updates on arXiv.org</title><pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>${entries.join('\n')}</channel></rss>`

async function read(listener: RequestListener, feed = 'cs.LG', known = {}) {
  await using server = await aServer(listener)
  const batch = await arxivRss({ baseUrl: `${server.url}/`, http: createHttpClient(aTimer()) }).read(feed, known)
  return { batch, paths: server.requests.map(({ url }) => url), headers: server.requests[0]?.headers }
}

test('reads the announcements of a category with what identifies the batch', async () => {
  const answer = channel(entry('2609.10001'), entry('2609.10002', 3, 'replace'))
  const { batch, paths } = await read((_, response) => response.setHeader('etag', '"a"').end(answer))
  expect(paths).toEqual(['/rss/cs.LG'])
  expect(batch).toMatchObject({ kind: 'records', etag: '"a"', day: '2026-09-24', skipped: [] })
  expect(batch.records.map(({ ids, version, announcement }) => [ids[0], version, announcement])).toEqual([
    ['arxiv:2609.10001', 1, 'new'],
    ['arxiv:2609.10002', 3, 'replace'],
  ])
})

test('gives batches of the same content the same digest, in whatever order', async () => {
  const digest = async (...entries: string[]) => (await read((_, response) => response.end(channel(...entries)))).batch.digest
  const one = await digest(entry('2609.10001'), entry('2609.10002'))
  expect(await digest(entry('2609.10002'), entry('2609.10001'))).toBe(one)
  expect(await digest(entry('2609.10001'), entry('2609.10002', 2))).not.toBe(one)
  expect(await digest(entry('2609.10001'), entry('2609.10002', 1, 'cross'))).not.toBe(one)
})

test('takes the empty channel of a weekend for a batch without records, with its day', async () => {
  const { batch } = await read((_, response) => response.end(channel()))
  expect(batch).toMatchObject({ kind: 'records', records: [], skipped: [], day: '2026-09-24' })
})

test('says that nothing changed where arXiv does, and keeps what it knew of the last answer', async () => {
  const { batch, headers } = await read((_, response) => response.writeHead(304).end(), 'cs.LG', { etag: '"a"' })
  expect(headers).toMatchObject({ 'if-none-match': '"a"' })
  expect(batch).toMatchObject({ kind: 'same', records: [], etag: '"a"' })
})

test('counts what it cannot read and reads the rest', async () => {
  const { batch } = await read((_, response) => response.end(channel('<item><title></title></item>', entry('2609.10001'))))
  expect(batch.records).toHaveLength(1)
  expect(batch.skipped).toMatchObject([{ where: expect.stringMatching(/^cs\.LG:\d+$/), why: 'It has no title.' }])
})

test('takes two thousand records at most, and says so', async () => {
  const many = Array.from({ length: 2003 }, (_, at) => entry(`2609.${10_000 + at}`))
  const { batch } = await read((_, response) => response.end(channel(...many)))
  expect(batch.records).toHaveLength(2000)
  expect(batch.skipped).toEqual([{ where: 'cs.LG', why: '3 more than 2000 papers.' }])
})

test.for([
  ['a web page', '<!doctype html><html></html>', 'is a web page'],
  ['nothing', '', 'is empty'],
  ['a cut feed', channel(entry('2609.10001'), entry('2609.10002')).slice(0, -120), 'broke off'],
] as const)('rejects %s, so that no etag is kept of it', async ([, answer, message]) => {
  const error = await read((_, response) => response.setHeader('etag', '"a"').end(answer)).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(SourceError)
  expect((error as SourceError).message).toContain(message)
})

test.for(['../etc', 'cs.LG/../x', 'cs LG', '', 'https://example.org'])('asks for no such category as "%s"', async (feed) => {
  await expect(read((_, response) => response.end(channel()), feed)).rejects.toThrow('no category')
})
