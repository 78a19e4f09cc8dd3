// Empty PostgreSQL stores for tests: each in a schema of its own, all of which are dropped at the end of the test file.
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import type { Store } from '#core/ports/store.ts'

export interface TestPostgres {
  /** There is no server for this platform, which has been said: what needs one is to be skipped. */
  readonly isMissing: boolean
  /** DATABASE_URL of an empty database. */
  emptyUrl(): Promise<string>
  /** An empty store; its schema is emptied and used again once it is closed, since making one takes long. */
  emptyStore(): Promise<Store>
  /** Asks the server itself, in the database of `url`. */
  ask(url: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
}

/** To be called once a test file. */
export async function testPostgres(): Promise<TestPostgres> {
  const server = process.env.TEST_DATABASE_URL || (await toldUrl())
  const isMissing = server === ''
  if (isMissing) console.warn('No PostgreSQL can be started here: its tests are skipped. TEST_DATABASE_URL names another one.')
  const pool = new pg.Pool({ connectionString: server, max: 2 })
  pool.on('error', () => undefined)
  const schemas: string[] = []
  afterAll(async () => {
    for (const schema of schemas) await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await pool.end()
  })
  const used: string[] = []
  async function newSchema(): Promise<string> {
    const schema = `paperboy_${crypto.randomUUID().replaceAll('-', '')}`
    schemas.push(schema)
    await pool.query(`CREATE SCHEMA ${schema}`)
    return schema
  }
  function urlOf(schema: string): string {
    const url = new URL(server)
    url.searchParams.set('options', `-csearch_path=${schema}`)
    return url.href
  }
  return {
    isMissing,
    emptyUrl: async () => urlOf(await newSchema()),
    async emptyStore() {
      const again = used.pop()
      if (again !== undefined) await pool.query(emptying(again))
      const schema = again ?? (await newSchema())
      const store = await openPostgresStore(urlOf(schema))
      let isClosed = false
      return {
        ...store,
        async close() {
          await store.close()
          if (!isClosed) used.push(schema)
          isClosed = true
        },
      }
    },
    async ask(url, statement, values = []) {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        return (await client.query(statement, [...values])).rows
      } finally {
        await client.end()
      }
    },
  }
}

/** Makes a store as it was when it was new, but for the numbers that are never given again. */
function emptying(schema: string): string {
  return `DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' AND tablename NOT IN ('meta', 'counters') LOOP
      EXECUTE format('DELETE FROM ${schema}.%I', name);
    END LOOP;
    DELETE FROM ${schema}.meta WHERE key NOT IN ('id', 'version');
    UPDATE ${schema}.meta SET value = gen_random_uuid() WHERE key = 'id';
    UPDATE ${schema}.counters SET value = 0;
  END $$`
}

async function toldUrl(): Promise<string> {
  const socket = connect(inject('postgresAsk'), '127.0.0.1')
  await once(socket, 'connect')
  return text(socket)
}
