// Every recorded feed of other projects, read and compared with the facts its manifest states; skipped where there are none.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeText } from '#adapters/formats/decode.ts'
import { markupText } from '#adapters/sources/feed/markup.ts'
import { readFeed } from '#adapters/sources/feed/read-feed.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'feeds')
const manifest = join(folder, 'MANIFEST.tsv')
const present = existsSync(manifest)
const FEED = /root=(?:rss|feed|RDF); items=(\d+)(?:.*?; first_title="(.*?)"(?:;|$))?/
const SPACES = /\s+/g

const recordings = (present ? readFileSync(manifest, 'utf8') : '').split('\n').flatMap((line) => {
  const [file = '', , , , , , facts = ''] = line.split('\t')
  const [, entries, title] = FEED.exec(facts) ?? []
  return file.endsWith('.xml') && entries !== undefined ? [{ file, entries: Number(entries), title }] : []
})

const plain = (html: string) => markupText(html).replace(SPACES, ' ').trim()

describe.skipIf(!present)('recorded feeds', () => {
  test('are all there', () => {
    expect(recordings.length).toBeGreaterThan(500)
  })

  test.for(['library', 'parts'] as const)('have their entries and first titles, read by the way of %s', async (way) => {
    const place = {
      feed: 'https://example.org/feed',
      url: 'https://example.org/feed',
      latest: Date.parse('2026-11-22T09:00:00Z'),
    }
    const wrong: string[] = []
    for (const { file, entries, title } of recordings) {
      const reading = await readFeed({ ...place, text: decodeText(readFileSync(join(folder, file))), way })
      if (reading.kind !== 'feed' || reading.records.length + reading.skipped.length !== entries)
        wrong.push(`${file}: ${entries} entries`)
      else if (title !== undefined && (reading.records[0]?.title ?? '') !== plain(title)) wrong.push(`${file}: ${title}`)
    }
    expect(wrong).toEqual([])
  })
})
