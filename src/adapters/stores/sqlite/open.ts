// Opens a database file, refusing whatever is not a whole one of ours: nothing is begun anew where papers should be.
import { accessSync, closeSync, constants, linkSync, openSync, renameSync, rmSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { migrations, type Statement } from '#adapters/stores/sql/migrations.ts'
import { ConfigError, PaperboyError, StoreError } from '#core/errors.ts'
import { asStoreError } from './errors.ts'

/** "PBoy": the mark by which our files are known, https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x50426f79
/** Milliseconds in which SQLite itself waits for another process; longer waits are left to the event loop. */
const TIMEOUT = 50
const OPENING_TIMEOUT = 10_000
/** The tokens that workspaces granted are in it. */
const OWNER_ALONE = 0o600

/** A connection to a database of the current version, made where there is none. Throws ConfigError or StoreError. */
export function openDatabaseFile(path: string): SQLite.Database {
  try {
    if (path === ':memory:') return prepared(new SQLite(path), path, true)
    const file = statOf(path)
    if (file === undefined) createDatabaseFile(path)
    else checkFile(file, path)
    return prepared(new SQLite(path, { timeout: OPENING_TIMEOUT }), path, false)
  } catch (error) {
    throw fileError(error, path)
  }
}

/**
 * Runs the steps the database has not gone through, each in a transaction of its own: what is cut short has not
 * happened, and runs again the next time.
 */
export function migrate(connection: SQLite.Database, steps: readonly (readonly Statement[])[]): void {
  for (const [at, statements] of steps.entries()) {
    connection
      .transaction(() => {
        if (versionOf(connection) > at) return
        if (at === 0) connection.pragma(`application_id = ${APPLICATION_ID}`)
        for (const statement of statements) connection.exec(typeof statement === 'string' ? statement : statement.sqlite)
        if (at === 0) connection.prepare('INSERT INTO meta VALUES (?, ?)').run('id', crypto.randomUUID())
        connection.pragma(`user_version = ${at + 1}`)
      })
      .immediate()
  }
}

function prepared(connection: SQLite.Database, path: string, isNew: boolean): SQLite.Database {
  try {
    const version = isNew ? 0 : ourVersion(connection, path)
    connection.pragma('synchronous = FULL')
    connection.pragma('cache_size = -12000')
    // Pages written many times in an import reach the file once.
    connection.pragma('wal_autocheckpoint = 8000')
    if (version < migrations.length) migrate(connection, migrations)
    connection.pragma(`busy_timeout = ${TIMEOUT}`)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Which version of ours the database is. Throws StoreError where it is another program's, or a newer Paperboy's. */
export function ourVersion(connection: SQLite.Database, path: string): number {
  if (connection.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new StoreError(`${path} is a database of another program.`, { hint: 'Set DATABASE_URL to another file.' })
  }
  const version = versionOf(connection)
  if (version <= migrations.length) return version
  throw new StoreError(`The database ${path} was written by a newer Paperboy.`, {
    hint: `Update Paperboy: it knows version ${migrations.length} of the database, and this is version ${version}.`,
  })
}

/** Makes the file under another name first, so that under its own name there is a whole database or none. */
function createDatabaseFile(path: string): void {
  checkNothingLeft(path)
  const folder = dirname(path)
  if (statOf(folder) === undefined) {
    throw new ConfigError(`The folder ${folder} for the database does not exist.`, {
      hint: 'Make it, or set DATABASE_URL to a file in another folder.',
    })
  }
  checkWritable(folder, `The folder ${folder} of the database may not be written to.`)
  const unfinished = `${path}.${process.pid}.new`
  removeDatabaseFile(unfinished)
  try {
    // The log beside it gets the same permissions.
    closeSync(openSync(unfinished, 'wx', OWNER_ALONE))
    const connection = new SQLite(unfinished)
    // A paper takes some 2.5 kB: on larger pages fewer spill over.
    connection.pragma('page_size = 8192')
    connection.pragma('journal_mode = WAL')
    prepared(connection, unfinished, true).close()
    linkUnlessThere(unfinished, path)
  } finally {
    removeDatabaseFile(unfinished)
  }
}

/** What a database left behind belongs to it. Throws StoreError. */
export function checkNothingLeft(path: string): void {
  if ((statOf(`${path}-wal`)?.size ?? 0) === 0) return
  throw new StoreError(`The database ${path} is missing, but its log ${path}-wal is there.`, {
    hint: 'Put the database back beside it, or move the log away to begin anew.',
  })
}

/** Another process may have made it meanwhile: then that one counts. */
function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Some file systems have no links.
    if (statOf(to) === undefined) renameSync(from, to)
  }
}

/** The file and what SQLite keeps beside it. */
export function removeDatabaseFile(path: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${ending}`, { force: true })
}

/** Throws ConfigError or StoreError where this is no file that can be a store, or it may not be written to. */
export function checkFile(file: Stats, path: string): void {
  if (!file.isFile()) {
    throw new ConfigError(`${path} is not a file.`, { hint: 'Set DATABASE_URL to a file, for instance file:data/paperboy.db.' })
  }
  if (file.size === 0) {
    throw new StoreError(`The database ${path} is empty: what was in it is gone.`, {
      hint: 'Put a backup in its place, or delete the file to begin anew.',
    })
  }
  checkWritable(path, `The database ${path} may not be written to.`)
  checkWritable(dirname(path), `The folder ${dirname(path)} of the database may not be written to.`)
}

/** Throws StoreError with the problem. */
export function checkWritable(path: string, problem: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
  } catch (cause) {
    throw new StoreError(problem, { hint: 'Give Paperboy the right to write to the file and to its folder.', cause })
  }
}

export function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

function versionOf(connection: SQLite.Database): number {
  return connection.pragma('user_version', { simple: true }) as number
}

/** What the file system refuses is a StoreError too. */
export function fileError(error: unknown, path: string): unknown {
  const meant = asStoreError(error, path)
  if (meant instanceof PaperboyError) return meant
  return new StoreError(`The database ${path} cannot be opened.`, {
    hint: 'Check that DATABASE_URL names a file in a folder that Paperboy may read and write.',
    cause: error,
  })
}
