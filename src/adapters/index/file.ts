// The index file: its tables, what it says of itself, and when it is of no use any more.
import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Raised whenever the tables, the tokens or the terms of a paper change: an older file is then built anew. */
const VERSION = '1'

/**
 * Milliseconds to wait for another process that writes: a thread that waits cannot be ended, and a process that is told to stop has
 * to be out within ten seconds.
 */
const PATIENCE = 5000

/** `ERROR`: the tables are not what they should be. */
const DAMAGED = /^(?:MISSING$|SQLITE_(?:NOTADB|ERROR|CORRUPT|IOERR_SHORT))/

/**
 * `terms` keeps postings alone, under the rows of rows.ts; `values` weighs nothing in the ranking. `papers` finds the row of
 * a number, and tells by `digest` whether the texts behind it have changed at all.
 */
const TABLES = `
  DROP TABLE IF EXISTS term_papers;
  DROP TABLE IF EXISTS terms;
  DROP TABLE IF EXISTS papers;
  DROP TABLE IF EXISTS about;
  CREATE VIRTUAL TABLE terms USING fts5(
    title, authors, abstract, "values", content='', contentless_delete=1, tokenize='ascii'
  );
  CREATE VIRTUAL TABLE term_papers USING fts5vocab(terms, row);
  CREATE TABLE papers (row INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, score REAL, digest BLOB NOT NULL);
  CREATE INDEX papers_by_score ON papers (score);
  CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

export interface IndexFile {
  /** Prepared once a text. Throws the `SqliteError` of better-sqlite3, or `MISSING` where there is no file. */
  prepare(sql: string): Database.Statement<unknown[], unknown>
  /** Runs `work` on one state of the file. */
  snapshot<T>(work: () => T): T
  close(): void
}

/** An error's code that says why the file could not be read. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}

/** Whether the code says that the file is not there or not sound, so that building it anew mends it. */
export function isDamage(code: string): boolean {
  return DAMAGED.test(code)
}

/** Reads the file at a path, also after another file took its place there. */
export function openForReading(path: string): IndexFile {
  let open: { database: Database.Database; file: number; statements: Map<string, Database.Statement> } | undefined

  function current() {
    const file = fileAt(path)
    if (open !== undefined && open.file === file) return open
    close()
    if (file === undefined) throw Object.assign(new Error('There is no index file.'), { code: 'MISSING' })
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: PATIENCE })
    open = { database, file, statements: new Map() }
    return open
  }

  function close() {
    open?.database.close()
    open = undefined
  }

  return {
    prepare(sql) {
      const { database, statements } = current()
      const statement = statements.get(sql) ?? database.prepare(sql)
      if (statements.size > 200) statements.clear()
      statements.set(sql, statement)
      return statement
    },
    snapshot(work) {
      return current().database.transaction(work).deferred()
    },
    close,
  }
}

/** The cursor up to which the file holds this store's papers; undefined where it is another's, of another version, or unreadable. */
export function cursorOf(file: Pick<IndexFile, 'prepare'>, storeId: string): string | undefined {
  try {
    const about = file.prepare(`SELECT name || '=' || value FROM about`).pluck().all()
    if (!about.includes(`version=${VERSION}`) || !about.includes(`store=${storeId}`)) return undefined
    const cursor = about.find((line): line is string => typeof line === 'string' && line.startsWith('cursor='))
    return cursor?.slice('cursor='.length)
  } catch (error) {
    if (isDamage(codeOf(error))) return undefined
    throw error
  }
}

/** Opens the file for the one that writes it; one that is not sound goes. */
export function openForWriting(path: string): Database.Database {
  try {
    return writable(path)
  } catch (error) {
    if (!isDamage(codeOf(error))) throw error
    removeFile(path)
    return writable(path)
  }
}

/** Which file is at the path, since another may take its place; undefined for none. */
export function fileAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}

export function removeFile(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true })
}

/** Empties the file for a store, whatever it held. */
export function makeTables(database: Database.Database, storeId: string): void {
  database.exec(TABLES)
  const say = database.prepare('INSERT INTO about (name, value) VALUES (?, ?)')
  say.run('version', VERSION)
  say.run('store', storeId)
  say.run('cursor', '')
}

function writable(path: string): Database.Database {
  const database = new Database(path, { timeout: PATIENCE })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma('cache_size = -16000')
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
