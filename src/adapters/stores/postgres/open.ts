// Connections to a PostgreSQL database of ours, which is brought up to the current version, by one process at a time.
import pg from 'pg'
import { migrations, type Statement } from '#adapters/stores/sql/migrations.ts'
import { ConfigError, StoreError } from '#core/errors.ts'
import { asStoreError } from './errors.ts'
import { inPostgres } from './words.ts'

/** "PBoy": the first half of the advisory lock under which the schema is changed; the other half is the schema's name. */
const MIGRATING = 0x50426f79
const MOST_CONNECTIONS = 8
/** Milliseconds. */
const CONNECTING = 10_000
/** What PostgreSQL allows a statement, the wait for others' changes in it included. */
const STATEMENT = 30_000
/** A process that stands still within a transaction keeps others waiting no longer than this. */
const IDLE_IN_TRANSACTION = 10_000
/** For changes of the schema, whatever the server says for its users: they take as long as they have to. */
const MIGRATION = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION}`
/** Longer than the server allows: an answer that has not come by then does not come any more. */
const ANSWER = STATEMENT + 5000
const INT8 = 20
/** The latter takes texts as they come. */
const KEEPS_ALL = ['UTF8', 'SQL_ASCII']

const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Which database it is, for people: without user and password. */
export function nameOf(url: string): string {
  const parsed = URL.parse(url)
  const database = parsed === null ? undefined : decoded(parsed.pathname.slice(1))
  // What follows a slash in a password is no name to be shown.
  if (parsed === null || database === undefined || database.includes('@')) throw unreadable()
  return `${database || 'of the user'} at ${parsed.host || 'localhost'}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function unreadable(cause?: unknown): ConfigError {
  return new ConfigError('DATABASE_URL is no address that can be read.', {
    hint: 'For instance postgres://paperboy:password@localhost:5432/paperboy; other characters in a password are %-encoded.',
    cause,
  })
}

const HASTE = {
  statement_timeout: STATEMENT,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
  query_timeout: ANSWER,
}

/** A bounded pool; connections that are lost are replaced when they are needed. `isHasty`: nobody else waits long for what they do. */
export function createPool(url: string, { isHasty = true } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'paperboy',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECTING,
    ...(isHasty && HASTE),
    keepAlive: true,
    types,
  })
  // A connection that is lost while nothing is asked is no failure of anything; whoever asks next gets another, or hears of it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Makes the schema where there is none, and brings it up to this version. Rejects with ConfigError or StoreError. */
export function bringUp(url: string, name: string): Promise<void> {
  return connected(url, name, async (client) => {
    if ((await ourVersion(client, name)) < migrations.length) await migrate(client, migrations)
  })
}

/** Works with a connection of its own, which may wait as long as it has to. */
export async function connected<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientFor(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    throw asStoreError(error, name)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Throws ConfigError where the address cannot be read, or a file that it names. */
function clientFor(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      application_name: 'paperboy',
      connectionTimeoutMillis: CONNECTING,
      keepAlive: true,
      types,
    })
  } catch (cause) {
    const path = cause instanceof Error && 'path' in cause ? cause.path : undefined
    if (typeof path !== 'string') throw unreadable(cause)
    throw new ConfigError(`The file ${path} that DATABASE_URL names cannot be read.`, {
      hint: 'Check sslrootcert, sslcert and sslkey in DATABASE_URL.',
      cause,
    })
  }
}

/**
 * Runs the steps the database has not gone through, each in a transaction of its own, while no other process does: what is
 * cut short has not happened, and runs again the next time.
 */
export async function migrate(client: pg.ClientBase, steps: readonly (readonly Statement[])[]): Promise<void> {
  for (const [at, statements] of steps.entries()) {
    await client.query(MIGRATION)
    try {
      await client.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [MIGRATING])
      if ((await versionOf(client)) <= at) {
        for (const statement of statements) await client.query(inPostgres(statement))
        if (at === 0) await client.query("INSERT INTO meta VALUES ('id', $1)", [crypto.randomUUID()])
        await client.query(SET_VERSION, [String(at + 1)])
      }
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined)
      throw error
    }
  }
}

/** Read from the table of tables: to_regclass('meta') may answer as it was before the wait for the lock. */
const META_TABLE = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'meta'"
const SET_VERSION = `INSERT INTO meta VALUES ('version', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`

/**
 * Which version of ours the database is, 0 where there is nothing. Rejects with StoreError where a newer Paperboy wrote it, with
 * ConfigError where it cannot keep every text.
 */
export async function ourVersion(client: pg.ClientBase, name: string): Promise<number> {
  const { rows } = await client.query('SELECT getdatabaseencoding() AS encoding')
  if (!KEEPS_ALL.includes(rows[0].encoding)) {
    throw new ConfigError(`The PostgreSQL database ${name} keeps texts as ${rows[0].encoding}, which lacks letters.`, {
      hint: 'Make it anew, for instance by createdb --encoding=UTF8 --locale=C --template=template0.',
    })
  }
  const version = await versionOf(client)
  if (version <= migrations.length) return version
  throw new StoreError(`The PostgreSQL database ${name} was written by a newer Paperboy.`, {
    hint: `Update Paperboy: it knows version ${migrations.length} of the database, and this is version ${version}.`,
  })
}

async function versionOf(client: pg.ClientBase): Promise<number> {
  const { rows: tables } = await client.query(META_TABLE)
  if (tables.length === 0) return 0
  const { rows } = await client.query("SELECT value FROM meta WHERE key = 'version'")
  if (rows[0] !== undefined) return Number(rows[0].value)
  throw new StoreError('The PostgreSQL database of DATABASE_URL has tables of another program.', {
    hint: 'Set DATABASE_URL to a database of its own.',
  })
}
