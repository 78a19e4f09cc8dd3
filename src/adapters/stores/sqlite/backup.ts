// A consistent copy of a database file into a new one, taken page by page while others go on reading and writing.
import { closeSync, existsSync, linkSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { ConfigError, PaperboyError, StoreError } from '#core/errors.ts'
import { asStoreError } from './errors.ts'
import { removeDatabaseFile } from './open.ts'

const PERMISSIONS = 0o777

/**
 * The copy is of the moment it was begun, and is a store of its own: it gets an id of its own. It may be read by nobody who
 * may not read the original. Under the name `to` there
 * is a whole copy or none. Rejects with ConfigError where `to` exists or its folder does not.
 */
export async function backupDatabaseFile(path: string, to: string): Promise<void> {
  if (existsSync(to))
    throw new ConfigError(`${to} exists already.`, { hint: 'Give the backup another name: nothing is overwritten.' })
  if (!statSync(dirname(to), { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigError(`The folder ${dirname(to)} for the backup does not exist.`, {
      hint: 'Make it, or name another folder.',
    })
  }
  const unfinished = `${to}.${process.pid}.new`
  removeDatabaseFile(unfinished)
  try {
    await copy(path, unfinished)
    giveId(unfinished)
    publish(unfinished, to)
  } catch (error) {
    throw backupError(error, to)
  } finally {
    removeDatabaseFile(unfinished)
  }
}

/** The open transaction holds the moment fast: without it every write of others would begin the copy anew. */
async function copy(from: string, to: string): Promise<void> {
  const reader = new SQLite(from, { readonly: true })
  try {
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM meta').get()
    closeSync(openSync(to, 'wx', statSync(from).mode & PERMISSIONS))
    await reader.backup(to)
  } finally {
    reader.close()
  }
}

function giveId(path: string): void {
  const copied = new SQLite(path)
  try {
    copied.prepare("UPDATE meta SET value = ? WHERE key = 'id'").run(crypto.randomUUID())
  } finally {
    copied.close()
  }
}

function publish(unfinished: string, to: string): void {
  try {
    linkSync(unfinished, to)
  } catch (error) {
    if (existsSync(to)) throw error
    renameSync(unfinished, to)
  }
}

function backupError(error: unknown, to: string): unknown {
  const meant = asStoreError(error, to)
  if (meant instanceof PaperboyError) return meant
  return new StoreError(`The backup ${to} cannot be written.`, {
    hint: 'Check that its folder may be written to and that the disk has room.',
    cause: error,
  })
}
