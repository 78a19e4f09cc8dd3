// The writer's thread: takes papers into the file, many to a transaction, each transaction with the cursor it comes up to.
import { hash } from 'node:crypto'
import { workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import type { Paper } from '#core/paper.ts'
import { scoreOf, termsOf, textOf } from '#core/query/terms.ts'
import { codeOf, cursorOf, fileAt, isDamage, makeTables, openForWriting, removeFile } from './file.ts'
import { rowOf } from './rows.ts'
import { indexedTexts } from './tokens.ts'
import { answerRequests } from './worker-end.ts'

/** `changes` come after the cursor `from`. The answer is the cursor to go on from, and to `commit` how many papers there are. */
export type WriterRequest =
  | { kind: 'begin'; anew: boolean }
  | { kind: 'changes'; from: string; to: string; papers: readonly Paper[]; gone: readonly number[] }
  | { kind: 'commit' }

/** So long a transaction that FTS5 seldom merges, and short enough for another process to wait for. */
const TRANSACTION = 4000
const DIGEST_BYTES = 12

const { path, storeId } = workerData as { path: string; storeId: string }
let database = openForWriting(path)
let file = fileAt(path)
let uncommitted = 0

answerRequests((request: WriterRequest) => {
  try {
    if (request.kind === 'changes') return takeIn(request)
    if (request.kind === 'begin') return begin(request.anew)
    commit()
    return database.prepare('SELECT count(*) FROM papers').pluck().get()
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    if (request.kind === 'commit' || !isDamage(codeOf(error))) throw error
    removeFile(path)
    return begin(false)
  }
})

function begin(anew: boolean): string {
  if (fileAt(path) !== file) {
    database.close()
    database = openForWriting(path)
    file = fileAt(path)
  }
  database.exec('BEGIN IMMEDIATE')
  if (anew || cursorOf(database, storeId) === undefined) makeTables(database, storeId)
  database.exec('COMMIT')
  return cursorOf(database, storeId) ?? ''
}

/** Where another process was faster, nothing is taken in and the cursor of that process is the answer. */
function takeIn({ from, to, papers, gone }: Extract<WriterRequest, { kind: 'changes' }>): string {
  if (!database.inTransaction) {
    database.exec('BEGIN IMMEDIATE')
    const cursor = cursorOf(database, storeId)
    if (cursor !== from) {
      database.exec('ROLLBACK')
      return cursor ?? begin(false)
    }
  }
  write(papers, gone)
  database.prepare(`UPDATE about SET value = ? WHERE name = 'cursor'`).run(to)
  uncommitted += papers.length
  if (uncommitted >= TRANSACTION) commit()
  return to
}

function commit(): void {
  if (database.inTransaction) database.exec('COMMIT')
  uncommitted = 0
}

/** In the order of the rows, since FTS5 flushes whenever one comes before the last. */
function write(papers: readonly Paper[], gone: readonly number[]): void {
  const statements = writing(database)
  for (const number of gone) statements.remove(number)
  const changed = papers.flatMap((paper) => {
    const digest = hash('sha1', textOf(paper), 'buffer').subarray(0, DIGEST_BYTES)
    // Most changes are of counts and scores: then there is nothing to analyse.
    if (statements.keep(paper.number, digest, scoreOf(paper))) return []
    const terms = termsOf(paper)
    const row = rowOf(terms.published, paper.number)
    return [{ row, number: paper.number, score: terms.score, texts: indexedTexts(terms), digest }]
  })
  for (const paper of changed.sort((a, b) => a.row - b.row)) statements.put(paper)
}

interface IndexedPaper {
  readonly row: number
  readonly number: number
  readonly score: number | null
  readonly texts: ReturnType<typeof indexedTexts>
  readonly digest: Buffer
}

function writing(database: Database.Database) {
  const known = database.prepare<[number], { row: number; digest: Buffer }>('SELECT row, digest FROM papers WHERE number = ?')
  const addTerms = database.prepare('INSERT INTO terms (rowid, title, authors, abstract, "values") VALUES (?, ?, ?, ?, ?)')
  const addPaper = database.prepare('INSERT INTO papers (row, number, score, digest) VALUES (?, ?, ?, ?)')
  const setScore = database.prepare('UPDATE papers SET score = ? WHERE row = ? AND score IS NOT ?')
  const removeTerms = database.prepare('DELETE FROM terms WHERE rowid = ?')
  const removePaper = database.prepare('DELETE FROM papers WHERE row = ?')

  function remove(number: number): void {
    const before = known.get(number)
    if (before === undefined) return
    removeTerms.run(before.row)
    removePaper.run(before.row)
  }

  return {
    remove,
    /** Whether the paper stands there with these texts: then only its score is new. */
    keep(number: number, digest: Buffer, score: number | null): boolean {
      const before = known.get(number)
      if (before === undefined || !before.digest.equals(digest)) return false
      setScore.run(score, before.row, score)
      return true
    },
    put({ row, number, score, texts, digest }: IndexedPaper) {
      remove(number)
      addTerms.run(row, texts.title, texts.authors, texts.abstract, texts.values)
      addPaper.run(row, number, score, digest)
    },
  }
}
