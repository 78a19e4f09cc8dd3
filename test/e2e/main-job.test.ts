// The main job on 24,500 real records, from outside: import, ask, follow, new papers, an alert and the weekly digest, once
// each; arXiv's announcements come from a server of the test's own, which answers with a recorded batch.
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

const CORPUS = '../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz'
const BATCH = '../shared/data/arxiv-rss/rss2_cs.LG+cs.AI+cs.CL+stat.ML_2026-09-24.xml'
const WEEKEND = '../shared/data/arxiv-rss/rss2_math.OC_spec_empty_weekend.xml'
/** The last records come in later, as the new ones. */
const NEW = 200

interface Line {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
}

describe.skipIf(!existsSync(CORPUS))('the main job', () => {
  let announced = WEEKEND
  const arxiv = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(readFileSync(announced))
  })
  let paperboy: ReturnType<typeof install>
  let lines: string[]
  let records: Line[]

  afterAll(() => arxiv.close())

  beforeAll(async () => {
    arxiv.listen(0, '127.0.0.1')
    await once(arxiv, 'listening')
    paperboy = install({ ARXIV_RSS_URL: `http://127.0.0.1:${(arxiv.address() as AddressInfo).port}` })
    lines = gunzipSync(readFileSync(CORPUS)).toString('utf8').trimEnd().split('\n')
    records = lines.map((line) => JSON.parse(line))
    writeFileSync(join(paperboy.folder, 'known.ndjson'), lines.slice(0, -NEW).join('\n'))
    writeFileSync(join(paperboy.folder, 'new.ndjson'), lines.slice(-NEW).join('\n'))
  })

  test('every record comes in, searchable', async () => {
    const { stdout } = await paperboy.run(['import', 'known.ndjson', '--json', '--at', '2026-09-01T00:00:00Z'])
    expect(JSON.parse(stdout)).toEqual({
      read: lines.length - NEW,
      added: lines.length - NEW,
      merged: 0,
      unchanged: 0,
      skipped: [],
    })
    for (const record of records.slice(0, 5)) {
      expect((await paperboy.ask(`paper ${record.id}`)).papers[0]).toMatchObject({ id: record.id })
      const asked = `search id:${record.id}`
      expect((await paperboy.ask(asked)).page.total).toBe(1)
    }
  })

  test('the same file again changes nothing', async () => {
    const { stdout } = await paperboy.run(['import', 'known.ndjson', '--json', '--at', '2026-09-01T01:00:00Z'])
    expect(JSON.parse(stdout)).toMatchObject({ added: 0, merged: 0, unchanged: lines.length - NEW })
  })

  test('following says the volume to expect, and is silent about what was there before', async () => {
    const at = '2026-09-10T00:00:00Z'
    const answer = await paperboy.ask('follow category cs.CL', '--at', at)
    expect(answer.text).toMatch(/a week|a day/)
    const author = records.at(-1)?.authors[0]
    await paperboy.ask(`follow author ${author}`, '--at', at)
    await paperboy.ask('digest weekly --day monday --time 09:00 --zone UTC', '--at', at)
    const { stdout, stderr } = await paperboy.run(['tick', '--json', '--at', '2026-09-10T01:00:00Z'])
    expect(JSON.parse(stdout)).toMatchObject({ matched: 0, deliveries: { sent: 0 } })
    expect(stderr).toBe('')
  })

  test('new papers are matched once each and told once', async () => {
    await paperboy.run(['import', 'new.ndjson', '--at', '2026-09-11T00:00:00Z'])
    const expected = records.slice(-NEW).filter(({ categories }) => categories.includes('cs.CL'))
    const first = await paperboy.run(['tick', '--json', '--at', '2026-09-11T01:00:00Z'])
    const report = JSON.parse(first.stdout)
    expect(report.matched).toBeGreaterThanOrEqual(expected.length)
    expect(report.deliveries.sent).toBeGreaterThan(0)
    const second = await paperboy.run(['tick', '--json', '--at', '2026-09-11T01:00:00Z'])
    expect(JSON.parse(second.stdout)).toMatchObject({ matched: 0, deliveries: { sent: 0, pending: 0 } })
    expect(second.stderr).toBe('')
  })

  test('the weekly digest comes at its slot and names every match, once', async () => {
    const digest = await paperboy.run(['tick', '--at', '2026-09-14T09:00:00Z'])
    expect(digest.stdout).toContain('digest')
    const again = await paperboy.run(['tick', '--at', '2026-09-14T09:20:00Z'])
    expect(again.stdout.toLowerCase()).not.toContain('weekly digest')
  })

  test('announced papers are read, matched and told once', async () => {
    announced = BATCH
    await paperboy.ask('follow category cs.LG', '--at', '2026-09-23T00:00:00Z')
    const first = JSON.parse((await paperboy.run(['tick', '--json', '--at', '2026-09-24T05:00:00Z'])).stdout)
    expect(first.feeds).toEqual([
      { feed: 'cs.CL', state: 'fresh', offered: 4, new: 4, merged: 0, skipped: 0, failed: 0 },
      { feed: 'cs.LG', state: 'fresh', offered: 4, new: 0, merged: 0, skipped: 4, failed: 0 },
    ])
    // Two of the four are new and in cs.LG; a replacement is no news.
    expect(first).toMatchObject({ matched: 2, deliveries: { sent: 2, pending: 0 } })
    const second = JSON.parse((await paperboy.run(['tick', '--json', '--at', '2026-09-24T05:20:00Z'])).stdout)
    expect(second).toMatchObject({ matched: 0, deliveries: { sent: 0, pending: 0 } })
  })

  test('why says which rule let a paper through', async () => {
    const paper = records.slice(-NEW).find(({ categories }) => categories.includes('cs.CL'))
    expect((await paperboy.ask(`why ${paper?.id}`, '--at', '2026-09-14T10:00:00Z')).text).toContain('cs.CL')
  })
})
