// What SQLite's errors mean for the person who runs Paperboy.
import SQLite from 'better-sqlite3'
import { StoreError } from '#core/errors.ts'

const MAKE_ROOM = 'Free some room on the disk; nothing that was saved is lost.'
const FULL = /^SQLITE_(?:FULL|IOERR_SHMSIZE)/
const MEANINGS: readonly (readonly [code: string, what: string, hint: string])[] = [
  ['SQLITE_BUSY', 'is in use by another process', 'Wait until that one is done, or stop it.'],
  ['SQLITE_LOCKED', 'is in use by another process', 'Wait until that one is done, or stop it.'],
  ['SQLITE_FULL', 'cannot grow: the disk is full', MAKE_ROOM],
  ['SQLITE_IOERR_SHMSIZE', 'cannot grow: the disk is full', MAKE_ROOM],
  ['SQLITE_READONLY', 'may not be written to', 'Give Paperboy the right to write to the file and to its folder.'],
  ['SQLITE_CANTOPEN', 'cannot be opened', 'Check that the folder exists and that Paperboy may read and write there.'],
  ['SQLITE_NOTADB', 'is not a database', 'Set DATABASE_URL to another file, or put a backup in its place.'],
  ['SQLITE_CORRUPT', 'is damaged', 'Stop Paperboy and put a backup in its place.'],
  ['SQLITE_IOERR', 'cannot be read or written: the disk reports an error', 'Check the disk, and keep a copy of the file.'],
]

/** SQLite's own errors become StoreErrors with a mend; any other error stays what it is. */
export function asStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof SQLite.SqliteError)) return error
  const meaning = MEANINGS.find(([code]) => error.code.startsWith(code))
  if (meaning === undefined) return new StoreError(`The database ${path} refused a request.`, { cause: error })
  const [, what, hint] = meaning
  return new StoreError(`The database ${path} ${what}.`, { hint, cause: error })
}

/** Whether there is no room on the disk, also where that was made a StoreError. */
export function isFull(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error
  return cause instanceof SQLite.SqliteError && FULL.test(cause.code)
}

/** Whether trying again a moment later may help. */
export function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
