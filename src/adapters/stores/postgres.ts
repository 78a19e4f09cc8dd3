// The store for several processes at once: a database of a PostgreSQL server.
import { ConfigError, StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { createPostgresDatabase } from './postgres/database.ts'
import { bringUp, createPool, nameOf } from './postgres/open.ts'
import { createParts } from './sql/parts.ts'

/**
 * Opens the store in a database that exists, or makes it there; `url` begins with postgres:// and may name a schema by
 * `options=-csearch_path=…`. Any number of processes may use it. Rejects with ConfigError or StoreError where the database
 * cannot be used, is another program's or a newer Paperboy's; an older one is brought up to this version.
 *
 * What writes runs in the order in which it was asked; asking the store itself, not the parts, within `transaction` is
 * rejected with StoreError, as on SQLite. While the server is away calls are rejected with StoreError, and once it is back
 * they are not.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const name = nameOf(url)
  await bringUp(url, name)
  const database = createPostgresDatabase(createPool(url), name)
  const parts = createParts(database)
  try {
    const id = await parts.meta.get('id')
    if (id === undefined) {
      throw new StoreError(`The PostgreSQL database ${name} is damaged: it has lost its id.`, {
        hint: 'Put a backup in its place.',
      })
    }
    return {
      ...parts,
      id,
      transaction: (work) => database.atomically((inner) => work(createParts(inner))),
      // Nobody but the server knows; it refuses what finds none.
      hasRoom: async () => true,
      async backup() {
        throw new ConfigError('A database on a PostgreSQL server is not copied by Paperboy.', {
          hint: 'Use pg_dump, which copies it while the bot goes on.',
        })
      },
      close: () => database.close(),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
