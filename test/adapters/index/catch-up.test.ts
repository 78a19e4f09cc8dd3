import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { now, openLibrary, text } from './library.ts'

const PAPERS = Array.from({ length: 900 }, (_, at) => ({
  id: `2401.${String(at + 1).padStart(5, '0')}`,
  title: `Lanterns of the harbour, part ${at}`,
  published: `2024-01-${String(1 + (at % 28)).padStart(2, '0')}`,
}))

describe('catching up', () => {
  test('takes in what is new, and nothing when nothing changed', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 3))
    expect(await library.index.catchUp()).toBe(3)
    expect(await library.index.catchUp()).toBe(0)
    expect(await library.index.isCaughtUp()).toBe(true)
    await library.put(PAPERS[3]!)
    expect(await library.index.isCaughtUp()).toBe(false)
    expect(await library.index.catchUp()).toBe(1)
    expect(await library.index.isCaughtUp()).toBe(true)
    expect(await library.found(text('lanterns'))).toHaveLength(4)
  })

  test('tells how far it is, up to the last paper', async () => {
    await using library = await openLibrary(PAPERS)
    const steps: number[] = []
    await library.index.catchUp((indexed) => steps.push(indexed))
    expect(steps.length).toBeGreaterThan(1)
    expect(steps.at(-1)).toBe(PAPERS.length)
  })

  test('forgets the old words and the old date of a changed paper', async () => {
    await using library = await openLibrary([{ id: '2401.00001', title: 'Old harbour', updated: '2024-01-01' }])
    await library.index.catchUp()
    await library.put({
      id: '2401.00001',
      source: 'arxiv-api',
      title: 'New harbour',
      published: '2024-05-01',
      updated: '2024-05-02',
    })
    await library.index.catchUp()
    expect(await library.found(text('old'))).toEqual([])
    expect(await library.found(text('new'))).toEqual(['2401.00001'])
    expect(await library.found({ kind: 'since', date: '2024-05' })).toEqual(['2401.00001'])
  })

  test('takes over a score without taking in the paper anew', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 2))
    await library.index.catchUp()
    const [first] = await library.store.papers.newest({}, { offset: 0, limit: 1 })
    await library.store.papers.setScores(new Map([[first!.number, { value: 77, parts: [] }]]))
    await library.index.catchUp()
    expect(await library.found({ kind: 'score', comparison: '=', value: 77 })).toEqual([first!.ids[0].replace('arxiv:', '')])
    expect(await library.found(text('lanterns'))).toHaveLength(2)
  })

  test('loses a paper that was joined into another', async () => {
    await using library = await openLibrary([{ id: '2401.00001', title: 'Twin one' }])
    await library.put({ id: '2401.00002', title: 'Twin two' })
    await library.index.catchUp()
    expect(await library.found(text('twin'))).toHaveLength(2)
    await library.put({ id: '2401.00001', ids: ['arxiv:2401.00001', 'arxiv:2401.00002'] as never, title: 'Twin one' })
    await library.index.catchUp()
    expect(await library.found(text('twin'))).toHaveLength(1)
  })

  test('is asked for by the first search itself', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 3))
    expect(await library.found(text('harbour'))).toHaveLength(3)
  })

  test('is not begun any more once the index is closed, however many asked for it', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 5))
    let begun = 0
    const papers = {
      ...library.store.papers,
      latestCursor() {
        begun++
        return library.store.papers.latestCursor()
      },
    }
    const index = await openPaperIndex({ path: `${library.path}-other`, store: { ...library.store, papers } })
    const asked = [index.catchUp(), index.catchUp(), index.catchUp()]
    await index.close()
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect(begun).toBeLessThanOrEqual(1)
  })

  test('may be asked for twice at once', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 5))
    expect(await Promise.all([library.index.catchUp(), library.index.catchUp()])).toEqual([5, 0])
  })

  test('works on an empty store, without building again', async () => {
    await using library = await openLibrary()
    expect(await library.index.catchUp()).toBe(0)
    expect(await library.found(null)).toEqual([])
    await library.index.catchUp()
    expect(library.logged.filter((line) => line.includes('building'))).toHaveLength(1)
  })
})

describe('two indexes on one file', () => {
  test('take in each paper once and see what the other took in', async () => {
    await using library = await openLibrary(PAPERS)
    const other = await openPaperIndex({ path: library.path, store: library.store })
    try {
      await Promise.all([library.index.catchUp(), other.catchUp()])
      await library.put({ id: '2402.00001', title: 'A late lantern' })
      expect(await other.catchUp()).toBe(1)
      expect(await library.index.catchUp()).toBe(0)
      const query = { expression: text('lantern'), sort: 'relevance' as const }
      expect(await library.index.select(query, now)).toHaveLength(PAPERS.length + 1)
    } finally {
      await other.close()
    }
  })
})

describe('a file of no use', () => {
  const MORE = `INSERT INTO papers (row, number, digest) VALUES (7, 7777, x'00')`
  const broken: readonly [string, (path: string) => void][] = [
    ['is no database', (path) => writeFileSync(path, 'nothing of the kind')],
    ['is empty', (path) => truncateSync(path, 0)],
    ['is cut off', (path) => truncateSync(path, statSync(path).size >> 1)],
    ['has another version', (path) => run(path, `UPDATE about SET value = '0' WHERE name = 'version'`)],
    ['is another store’s', (path) => run(path, `UPDATE about SET value = 'another' WHERE name = 'store'`)],
    ['is ahead of the store', (path) => run(path, `UPDATE about SET value = '999999' WHERE name = 'cursor'`)],
    ['has lost its tables', (path) => run(path, 'DROP TABLE terms')],
    ['holds papers the store does not', (path) => run(path, `UPDATE about SET value = '2' WHERE name = 'cursor'; ${MORE}`)],
    ['is scribbled over', scribble],
  ]

  for (const [what, spoil] of broken) {
    test(`is built anew when it ${what}`, async () => {
      await using before = await openLibrary(PAPERS)
      await before.index.catchUp()
      await before.index.close()
      run(before.path, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
      spoil(before.path)
      const after = await openPaperIndex({ path: before.path, store: before.store })
      try {
        const query = { expression: text('lanterns'), sort: 'relevance' as const }
        const { total } = await after.search(query, { offset: 0, limit: 5 }, now)
        expect(total).toBe(PAPERS.length)
      } finally {
        await after.close()
      }
    })
  }

  test('is built anew while it is being read', async () => {
    await using library = await openLibrary(PAPERS)
    expect(await library.found(text('lanterns'))).toHaveLength(100)
    run(library.path, 'DROP TABLE terms')
    expect(await library.found(text('lanterns'))).toHaveLength(100)
    expect(library.logged).toContain('the paper index is damaged')
  })

  test('gives a StoreError where its folder is not there', async () => {
    await using library = await openLibrary(PAPERS.slice(0, 1))
    const index = await openPaperIndex({ path: `${dirname(library.path)}/missing/index.db`, store: library.store })
    await expect(index.catchUp()).rejects.toMatchObject({ code: 'store' })
    await index.close()
  })
})

function run(path: string, sql: string): void {
  const database = new Database(path)
  database.exec(sql)
  database.close()
}

/** Keeps the first pages, so that the damage shows only when postings are read. */
function scribble(path: string): void {
  const size = readFileSync(path).length
  const file = openSync(path, 'r+')
  for (let at = 4096 * 3; at < size; at += 4096) writeSync(file, 'scribble'.repeat(256), at)
  closeSync(file)
}
