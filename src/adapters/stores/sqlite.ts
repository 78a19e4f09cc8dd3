// The embedded store: one SQLite file and no server.

import { ConfigError, StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { createParts } from './sql/parts.ts'
import { createSqliteDatabase } from './sqlite/database.ts'
import { openDatabaseFile } from './sqlite/open.ts'

/**
 * Opens the store in a file, or makes it where there is none in a folder that exists; `:memory:` is gone with the process.
 * Other processes may use the same file. Rejects with ConfigError or StoreError where the file is not a whole store of
 * this version or an older one, which is brought up to this one.
 *
 * Calls run one after another, and those outside of a transaction wait for it to end; asking the store itself, not the
 * parts, within `transaction` is rejected with StoreError, since it would wait for itself.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const connection = openDatabaseFile(path)
  const database = createSqliteDatabase(connection, path)
  const parts = createParts(database)
  const id = await parts.meta.get('id')
  if (id === undefined) {
    await database.close()
    throw new StoreError(`The database ${path} is damaged: it has lost its id.`, { hint: 'Put a backup in its place.' })
  }
  return {
    ...parts,
    id,
    transaction: (work) => database.atomically((inner) => work(createParts(inner))),
    async backup(to) {
      if (path === ':memory:') throw new ConfigError('A store in memory has no backup.', { hint: 'Keep the store in a file.' })
      const { backupDatabaseFile } = await import('./sqlite/backup.ts')
      await backupDatabaseFile(path, to)
    },
    close: () => database.close(),
  }
}
