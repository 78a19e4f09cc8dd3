// What a database file is, without making it, changing it or bringing it up to a newer version.
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { migrations } from '#adapters/stores/sql/migrations.ts'
import { checkFile, checkNothingLeft, checkWritable, fileError, ourVersion, statOf } from './open.ts'

export interface Inspected {
  /** Undefined where there is no database yet, and it could be made. */
  readonly version: number | undefined
  /** What this Paperboy brings it to. */
  readonly latest: number
  /** The folder that is there: the file's own, or the nearest above it. */
  readonly folder: string
}

/** Throws ConfigError or StoreError where openSqliteStore would refuse the file, as far as can be told without writing. */
export function inspectDatabaseFile(path: string): Inspected {
  const latest = migrations.length
  const folder = nearestFolder(path)
  try {
    const file = statOf(path)
    if (file === undefined) {
      checkNothingLeft(path)
      checkWritable(folder, `The folder ${folder} for the database may not be written to.`)
      return { version: undefined, latest, folder }
    }
    checkFile(file, path)
    return { version: versionIn(path), latest, folder }
  } catch (error) {
    throw fileError(error, path)
  }
}

/** Reads all of a database of ours. Throws StoreError where it is damaged anywhere; what it takes is a second or so for 500 MB. */
export function readWholeDatabaseFile(path: string): void {
  const connection = new SQLite(path, { readonly: true, fileMustExist: true })
  try {
    if (connection.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new SQLite.SqliteError('quick_check', 'SQLITE_CORRUPT')
  } catch (error) {
    throw fileError(error, path)
  } finally {
    connection.close()
  }
}

function versionIn(path: string): number {
  const connection = new SQLite(path, { fileMustExist: true })
  try {
    connection.pragma('query_only = ON')
    return ourVersion(connection, path)
  } finally {
    connection.close()
  }
}

function nearestFolder(path: string): string {
  let folder = dirname(path)
  while (statOf(folder) === undefined && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}
