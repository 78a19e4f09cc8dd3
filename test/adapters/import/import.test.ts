import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { importPapers, importSample } from '#adapters/import/import.ts'
import { UserInputError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperStore, Store } from '#core/ports/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperboy-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const now = Temporal.Instant.from('2026-09-24T12:00:00Z')

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const lines = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, at) => `${JSON.stringify({ id: `2401.${10000 + from + at}`, title: `Paper ${from + at}` })}\n`,
  ).join('')

/** Knows a record again by its first id; tells what each call brought. */
function aStore() {
  const known = new Set<string>()
  const batches: (readonly PaperRecord[])[] = []
  const stamps: string[] = []
  const put: PaperStore['put'] = async (records, at) => {
    batches.push(records)
    stamps.push(at)
    return records.map(({ ids: [id] }) => {
      const outcome = known.has(id) ? 'unchanged' : 'added'
      known.add(id)
      return { number: known.size, outcome }
    })
  }
  const papers: Pick<PaperStore, 'put'> = { put }
  return { store: { papers } as Pick<Store, 'papers'>, batches, stamps }
}

describe('importing', () => {
  test('puts batches of a thousand and reports the sums and the progress', async () => {
    const { store, batches, stamps } = aStore()
    const progress: number[] = []
    const path = file('many.ndjson', lines(0, 2500))
    const report = await importPapers([path], { store, now, onProgress: ({ read }) => progress.push(read) })
    expect(report).toEqual({ read: 2500, added: 2500, merged: 0, unchanged: 0, skipped: [] })
    expect(batches.map((batch) => batch.length)).toEqual([1000, 1000, 500])
    expect(new Set(stamps)).toEqual(new Set(['2026-09-24T12:00:00Z']))
    expect(progress).toEqual([1000, 2000, 2500])
  })

  test('takes several files of different formats, gzipped or not', async () => {
    const { store } = aStore()
    const files = [
      file('a.ndjson.gz', gzipSync(lines(0, 10))),
      file('b.bib', '@misc{x, title={A paper}, eprint={2401.10003}}'),
      file('c.gz', Buffer.concat([gzipSync(lines(20, 25)), gzipSync(lines(25, 30))])),
    ]
    expect(await importPapers(files, { store, now })).toMatchObject({ read: 21, added: 20, unchanged: 1 })
  })

  test('names the file and the line of what it skips', async () => {
    const { store } = aStore()
    const path = file('some.ndjson', `${lines(0, 2)}nonsense\n${lines(2, 3)}`)
    expect(await importPapers([path], { store, now })).toMatchObject({
      read: 3,
      skipped: [{ where: `${path}:3`, why: 'The line is not one JSON object.' }],
    })
  })

  test('keeps what came before the cut of a gzip file', async () => {
    const { store } = aStore()
    const whole = gzipSync(lines(0, 20_000))
    const path = file('cut.ndjson.gz', whole.subarray(0, Math.floor(whole.length / 2)))
    const { read, skipped } = await importPapers([path], { store, now })
    expect(read).toBeGreaterThan(1000)
    expect(skipped.at(-1)).toEqual({ where: path, why: 'The gzip file is cut or damaged; what came before was read.' })
  })

  test('is content with a feed that has no papers today', async () => {
    const { store } = aStore()
    const path = file('empty.xml', '<rss version="2.0"><channel><title>Weekend</title></channel></rss>')
    expect(await importPapers([path], { store, now })).toEqual({ read: 0, added: 0, merged: 0, unchanged: 0, skipped: [] })
  })
})

describe('wrong input is refused before anything is written:', () => {
  test.for([
    ['a missing file', () => join(folder, 'nothing.xml'), 'There is no file'],
    ['a folder', () => folder, 'is a folder'],
    ['an empty file', () => file('empty', ''), 'is empty'],
    ['a web page', () => file('page.xml', '<!doctype html><html></html>'), 'is a web page, not a feed'],
    ['a binary file', () => file('some.pdf', Buffer.from([0x25, 0x50, 0, 1, 2, 3])), 'is not a text file'],
    ['a damaged gzip file', () => file('bad.gz', Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9])), 'gzip is damaged'],
    ['a file with nothing readable', () => file('bad.ndjson', '{"title":""}\n{"id":"x"}\n'), 'No paper could be read'],
    [
      "arXiv's own error",
      () => file('error.xml', '<feed><entry><id>http://arxiv.org/api/errors#x</id><summary>no such id</summary></entry></feed>'),
      'no such id',
    ],
  ] as const)('%s', async ([, make, message]) => {
    const { store, batches } = aStore()
    const good = file('good.ndjson', lines(0, 1))
    const files = message.startsWith('No paper') || message === 'no such id' ? [make()] : [good, make()]
    const error = await importPapers(files, { store, now }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(UserInputError)
    expect((error as UserInputError).message).toContain(message)
    expect((error as UserInputError).hint).toBeTruthy()
    expect(batches).toEqual([])
  })
})

describe('the bundled sample', () => {
  test('has fifteen papers under their own source', async () => {
    const { store, batches } = aStore()
    expect(await importSample(store, now)).toEqual({ read: 15, added: 15, merged: 0, unchanged: 0, skipped: [] })
    expect(batches.flat().every(({ source }) => source === 'sample')).toBe(true)
    expect(batches.flat().map(({ rank }) => rank)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1))
    expect(batches.flat().filter(({ score }) => score !== undefined)).toMatchObject([{ ids: ['arxiv:2604.21691'], score: 85.2 }])
  })

  test('has nothing the reader leaves out', async () => {
    const { store, batches } = aStore()
    await importSample(store, now)
    const given = readFileSync(new URL('../../../samples/papers.ndjson', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const [at, record] of batches.flat().entries()) {
      const { id, title, abstract, date, authors, orgs, version } = given[at] ?? {}
      expect({ id: `arxiv:${id}`, title, abstract, date, authors, orgs, version }).toEqual({
        id: record.ids[0],
        title: record.title,
        abstract: record.abstract,
        date: record.published,
        authors: record.authors.map(({ name }) => name),
        orgs: record.orgs,
        version: record.version,
      })
    }
  })
})
