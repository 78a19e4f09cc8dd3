// The embedded store: one SQLite file and no server.
import { ConfigError, StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { createParts } from './sql/parts.ts'
import { createBallast, noBallast } from './sqlite/ballast.ts'
import { createSqliteDatabase } from './sqlite/database.ts'
import { isFull } from './sqlite/errors.ts'
import { openDatabaseFile } from './sqlite/open.ts'

/**
 * Opens the store in a file, or makes it where there is none in a folder that exists; `:memory:` is gone with the process.
 * Other processes may use the same file. Rejects with ConfigError or StoreError where the file is not a whole store of
 * this version or an older one, which is brought up to this one.
 *
 * Calls run one after another, and those outside of a transaction wait for it to end; asking the store itself, not the
 * parts, within `transaction` is rejected with StoreError, since it would wait for itself.
 *
 * `hasBallast`: room is kept for what becomes of deliveries under way once the disk is full, for a process that posts.
 */
export async function openSqliteStore(path: string, { hasBallast = false } = {}): Promise<Store> {
  const connection = openDatabaseFile(path)
  const ballast = hasBallast ? createBallast(path) : noBallast
  const database = createSqliteDatabase(connection, path, ballast)
  const parts = createParts(database)
  const id = await parts.meta.get('id')
  if (id === undefined) {
    await database.close()
    throw new StoreError(`The database ${path} is damaged: it has lost its id.`, { hint: 'Put a backup in its place.' })
  }
  const { settle } = parts.ledger
  return {
    ...parts,
    ledger: {
      ...parts.ledger,
      // Once it failed for want of room, there is some.
      settle: (...outcome) => settle(...outcome).catch((error) => (isFull(error) ? settle(...outcome) : Promise.reject(error))),
    },
    id,
    hasRoom: () => ballast.hasRoom(),
    transaction: (work) => database.atomically((inner) => work(createParts(inner))),
    async backup(to) {
      if (path === ':memory:') throw new ConfigError('A store in memory has no backup.', { hint: 'Keep the store in a file.' })
      const { backupDatabaseFile } = await import('./sqlite/backup.ts')
      await backupDatabaseFile(path, to)
    },
    close: () => database.close(),
  }
}
