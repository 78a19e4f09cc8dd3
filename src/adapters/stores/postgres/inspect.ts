// What a PostgreSQL database is, without making anything in it or bringing it up to a newer version.
import { migrations } from '#adapters/stores/sql/migrations.ts'
import { connected, nameOf, ourVersion } from './open.ts'

export interface InspectedDatabase {
  /** For people: without user and password. */
  readonly name: string
  /** 0 where there is nothing of ours yet. */
  readonly version: number
  /** What this Paperboy brings it to. */
  readonly latest: number
}

/** Rejects with ConfigError or StoreError where openPostgresStore would refuse the database, as far as can be told without writing. */
export async function inspectDatabase(url: string): Promise<InspectedDatabase> {
  const name = nameOf(url)
  const version = await connected(url, name, (client) => ourVersion(client, name))
  return { name, version, latest: migrations.length }
}
