// What can be wrong with a PostgreSQL database: each gets a sentence and a mend; and migrations, killed wherever they can be.
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createPostgresDatabase } from '#adapters/stores/postgres/database.ts'
import { asStoreError } from '#adapters/stores/postgres/errors.ts'
import { inspectDatabase } from '#adapters/stores/postgres/inspect.ts'
import { lifeOf } from '#adapters/stores/postgres/life.ts'
import { migrate } from '#adapters/stores/postgres/open.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { migrations } from '#adapters/stores/sql/migrations.ts'
import { ConfigError, PaperboyError, StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { testPostgres } from '#test/postgres.ts'
import { alert, NOON, putPapers } from './contract/opening.ts'

const postgres = await testPostgres()

async function refusal(url: string): Promise<PaperboyError> {
  const error = await openPostgresStore(url).then(
    (store) => store.close(),
    (error) => error as PaperboyError,
  )
  if (!(error instanceof PaperboyError)) throw new Error('It was opened.')
  expect(error.hint).toMatch(/\.$/)
  expect(error.message).not.toContain(new URL(url).password)
  return error
}

function changed(url: string, change: (parsed: URL) => void): string {
  const parsed = new URL(url)
  change(parsed)
  return parsed.href
}

describe.skipIf(postgres.isMissing)('opening a database', () => {
  const { emptyUrl, ask } = postgres

  test('makes a store where there is none, and finds it again with its id', async () => {
    const url = await emptyUrl()
    expect((await inspectDatabase(url)).version).toBe(0)
    const first = await openPostgresStore(url)
    await putPapers(first, ['2603.00001'])
    await first.close()
    const again = await openPostgresStore(url)
    expect([again.id, await again.papers.count()]).toEqual([first.id, 1])
    await again.close()
    expect(await inspectDatabase(url)).toMatchObject({ version: migrations.length, latest: migrations.length })
  })

  test('makes one store where many open at once', async () => {
    const url = await emptyUrl()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url)))
    expect(new Set(stores.map(({ id }) => id)).size).toBe(1)
    await stores[0]!.meta.set('from one', 'yes')
    expect(await stores[1]!.meta.get('from one')).toBe('yes')
    await Promise.all(stores.map((store) => store.close()))
  })

  test.for(['repeatable\\ read', 'serializable'])('makes one store, and one of each, where the server says %s', async (level) => {
    const url = changed(await emptyUrl(), ({ searchParams }) => {
      searchParams.set('options', `${searchParams.get('options')} -cdefault_transaction_isolation=${level}`)
    })
    const stores = await Promise.all(Array.from({ length: 3 }, () => openPostgresStore(url)))
    const putAndTell = async (store: Store, by: number) => {
      const [paper] = await putPapers(store, ['2603.00001'])
      return store.ledger.record([alert(paper!, { subject: `by ${by}` })], NOON)
    }
    const recorded = await Promise.all(stores.map(putAndTell))
    expect([recorded.flat().length, await stores[0]!.papers.count()]).toEqual([1, 1])
    await Promise.all(stores.map((store) => store.close()))
  })

  test('says who it is to the server', async () => {
    const url = await emptyUrl()
    const store = await openPostgresStore(url)
    const own = "SELECT count(*)::int AS many FROM pg_stat_activity WHERE application_name = 'paperboy'"
    expect((await ask(url, own))[0]?.many).toBeGreaterThan(0)
    await store.close()
  })

  test('refuses a database from a newer version, and leaves it as it is', async () => {
    const url = await emptyUrl()
    await (await openPostgresStore(url)).close()
    await ask(url, "UPDATE meta SET value = '999' WHERE key = 'version'")
    expect((await refusal(url)).message).toContain('newer Paperboy')
    expect(await ask(url, "SELECT value FROM meta WHERE key = 'version'")).toEqual([{ value: '999' }])
  })

  test.for([
    'CREATE TABLE meta (key TEXT, value TEXT)',
    'CREATE TABLE meta (something INT)',
    'CREATE TABLE papers (something INT)',
  ])('refuses another program’s tables: %s', async (statement) => {
    const url = await emptyUrl()
    await ask(url, statement)
    const error = await refusal(url)
    expect(error).toBeInstanceOf(StoreError)
    expect(error.message).toContain('another program')
    const tables = await ask(url, 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()')
    expect(tables).toHaveLength(1)
  })

  test('refuses a wrong address as wrong configuration', async () => {
    const url = await emptyUrl()
    const wrong = [
      changed(url, (parsed) => (parsed.username = 'nobody')),
      changed(url, (parsed) => (parsed.pathname = '/nowhere')),
      'postgres://a:b@c:d/e',
    ]
    for (const address of wrong) await expect(openPostgresStore(address)).rejects.toThrow(ConfigError)
  })

  test('says that a server cannot be reached, and which', async () => {
    const error = await refusal('postgres://ada:secret@127.0.0.1:1/papers')
    expect(error).toBeInstanceOf(StoreError)
    expect(error.message).toBe('The PostgreSQL database papers at 127.0.0.1:1 cannot be reached.')
  })

  test('refuses a database that cannot keep every text', async () => {
    const url = await emptyUrl()
    const name = `paperboy_${crypto.randomUUID().replaceAll('-', '')}`
    await ask(url, `CREATE DATABASE ${name} ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc`)
    try {
      const elsewhere = changed(url, (parsed) => {
        parsed.pathname = `/${name}`
        parsed.search = ''
      })
      const error = await refusal(elsewhere)
      expect(error).toBeInstanceOf(ConfigError)
      expect(error.message).toContain('LATIN1')
      await expect(inspectDatabase(elsewhere)).rejects.toThrow('LATIN1')
    } finally {
      await ask(url, `DROP DATABASE ${name}`)
    }
  })

  test('says what is wrong with encryption, and with files that the address names', async () => {
    const url = await emptyUrl()
    const encrypted = changed(url, ({ searchParams }) => searchParams.set('sslmode', 'verify-full'))
    const error = await refusal(encrypted)
    expect(error).toBeInstanceOf(ConfigError)
    expect(error.message).toContain('does not encrypt')
    const named = await refusal(changed(encrypted, ({ searchParams }) => searchParams.set('sslrootcert', '/nowhere/ca.pem')))
    expect(named).toBeInstanceOf(ConfigError)
    expect(named.message).toBe('The file /nowhere/ca.pem that DATABASE_URL names cannot be read.')
  })

  test('says that no connection was free, where all are at work', async () => {
    const pool = new pg.Pool({ connectionString: await emptyUrl(), max: 1, connectionTimeoutMillis: 20 })
    const database = createPostgresDatabase(pool, 'papers at db')
    const busy = await pool.connect()
    const error = await database.rows({ sql: 'SELECT 1', text: 'SELECT 1', values: [] }).catch((error) => error)
    expect(error).toBeInstanceOf(StoreError)
    expect(error.message).toBe('The PostgreSQL database papers at db had no connection free in time.')
    busy.release()
    await database.close()
  })

  test('has no backup of its own', async () => {
    const store = await postgres.emptyStore()
    await expect(store.backup('copy.db')).rejects.toMatchObject({ code: 'config', hint: expect.stringContaining('pg_dump') })
    await store.close()
  })
})

test.for([
  ['with a slash in the password', 'postgres://ada:12/secret@127.0.0.1:1/papers'],
  ['with a lone percent sign', 'postgres://ada:12@127.0.0.1:1/100%'],
])('an address %s is wrong configuration, and nothing of it is shown', async ([, url]) => {
  const error = await openPostgresStore(url!).catch((error) => error)
  expect(error).toBeInstanceOf(ConfigError)
  expect(error.message).toBe('DATABASE_URL is no address that can be read.')
  expect(error.hint).toContain('%-encoded')
})

test.for([
  ['08P01', 'pooler'],
  ['28000', 'pg_hba.conf'],
  ['42704', 'options'],
])('the server’s %s is a mistake in the configuration, with a mend', ([code, mend]) => {
  const refused = Object.assign(new pg.DatabaseError('no', 2, 'error'), { code })
  const error = asStoreError(refused, 'papers at db')
  expect(error).toBeInstanceOf(ConfigError)
  expect(error.hint).toContain(mend)
})

test('a certificate that is not trusted is not taken for a server that is away', () => {
  const error = asStoreError(Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'papers at db')
  expect(error).toBeInstanceOf(ConfigError)
  expect(error.message).toBe('The PostgreSQL database papers at db shows a certificate that is not trusted.')
  expect(error.hint).toContain('sslrootcert')
})

describe.skipIf(postgres.isMissing)('migrations', () => {
  const { emptyUrl, ask } = postgres

  async function connected(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  /** What there is: tables with their columns, and indexes with theirs. */
  async function schemaOf(client: pg.Client) {
    const { rows } = await client.query(`SELECT relname, attnum, attname, atttypid, attcollation
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE relnamespace = current_schema()::regnamespace AND attnum > 0 ORDER BY relname, attnum`)
    return rows
  }

  test('killed at any statement leave the database as it was, and go through the next time', { timeout: 120_000 }, async () => {
    const url = await emptyUrl()
    const killer = await connected(url)
    for (const step of migrations.keys()) {
      const before = await schemaOf(killer)
      let at = 0
      while (await isKilledAt(at, step, url, killer)) {
        at++
        expect(await schemaOf(killer)).toEqual(before)
      }
      expect(at).toBeGreaterThan(migrations[step]!.length)
    }
    const clean = await connected(await emptyUrl())
    await migrate(clean, migrations)
    expect(await schemaOf(killer)).toEqual(await schemaOf(clean))
    await Promise.all([clean.end(), killer.end()])
    await (await openPostgresStore(url)).close()
  })

  /** Kills the session before the statement of that number in the step; false where there is none, and the step went through. */
  async function isKilledAt(at: number, step: number, url: string, killer: pg.Client): Promise<boolean> {
    const client = await connected(url)
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
    const query = client.query.bind(client)
    let begun = -1
    client.query = (async (text: string, values?: unknown[]) => {
      if (text.startsWith('BEGIN')) begun++
      if (begun === step && at-- === 0) await killer.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      return query(text, values)
    }) as typeof client.query
    const isKilled = await migrate(client, migrations.slice(0, step + 1)).then(
      () => false,
      () => true,
    )
    await client.end().catch(() => undefined)
    return isKilled
  }

  test('run once where several processes start at the same time', async () => {
    const url = await emptyUrl()
    const clients = await Promise.all(Array.from({ length: 4 }, () => connected(url)))
    await Promise.all(clients.map((client) => migrate(client, migrations)))
    await Promise.all(clients.map((client) => client.end()))
    expect(await ask(url, "SELECT value FROM meta WHERE key = 'version'")).toEqual([{ value: String(migrations.length) }])
  })

  test('take as long as they have to, but from a process that stands still', async () => {
    const url = await emptyUrl()
    const hasty = changed(url, ({ searchParams }) => {
      const quick = ['statement_timeout', 'lock_timeout'].map((name) => `-c${name}=9s`)
      searchParams.set('options', [searchParams.get('options'), ...quick, '-cidle_in_transaction_session_timeout=0'].join(' '))
    })
    const client = await connected(hasty)
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_isolation']
    const settings = names.map((name) => `current_setting('${name}') AS ${name}`)
    await migrate(client, [
      ['CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)', `CREATE TABLE found AS SELECT ${settings}`],
    ])
    expect((await client.query('SELECT * FROM found')).rows).toEqual([
      {
        statement_timeout: '0',
        lock_timeout: '0',
        idle_in_transaction_session_timeout: '10s',
        transaction_isolation: 'read committed',
      },
    ])
    await client.end()
  })

  test('find the ORCIDs of papers that are stored already', async () => {
    const url = await emptyUrl()
    const client = await connected(url)
    await migrate(client, migrations.slice(0, 1))
    const insert = "INSERT INTO papers VALUES ($1, $1, '2026-03-02T12:00:00', '', '', NULL, NULL, NULL, $2)"
    const authors = [{ name: 'Ada Lovelace', orcid: 'https://orcid.org/0000-0002-1825-009x' }]
    await client.query(insert, [1, JSON.stringify({ title: 'With', authors })])
    await client.query(insert, [2, JSON.stringify({ title: 'Without', authors: [{ name: 'Ada Lovelace' }] })])
    await client.end()
    const store = await openPostgresStore(url)
    expect(await store.papers.byOrcid('0000-0002-1825-009X')).toMatchObject([{ title: 'With' }])
    await store.close()
  })
})

describe.skipIf(postgres.isMissing)('the life of a database', () => {
  test('goes on from process to process, and is another one once a dump is restored', async () => {
    const url = await postgres.emptyUrl()
    await (await openPostgresStore(url)).close()
    const life = await lifeOf(url)
    expect(await lifeOf(url)).toBe(life)
    await postgres.ask(
      url,
      'CREATE TABLE restored (LIKE deliveries INCLUDING ALL); DROP TABLE deliveries; ALTER TABLE restored RENAME TO deliveries',
    )
    expect(await lifeOf(url)).not.toBe(life)
  })
})
