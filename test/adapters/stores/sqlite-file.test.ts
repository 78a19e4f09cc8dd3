// What can be wrong with a file: each gets a sentence and a mend, and nothing is begun anew where a store should be.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '#adapters/stores/sql/migrations.ts'
import { migrate } from '#adapters/stores/sqlite/open.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { ConfigError, type PaperboyError, StoreError } from '#core/errors.ts'
import { alert, NOON, OURS, putPapers, schedule, subscription } from './contract/opening.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-file-'))
  path = join(folder, 'paperboy.db')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function refusal(at = path): Promise<PaperboyError> {
  const error = await openSqliteStore(at).then(
    async (store) => {
      await store.close()
      return undefined
    },
    (error) => error as PaperboyError,
  )
  expect(error?.hint).toMatch(/\.$/)
  return error!
}

async function makeStore(): Promise<void> {
  const store = await openSqliteStore(path)
  await putPapers(store, ['2603.00001'])
  await store.close()
}

function withFile(work: (connection: SQLite.Database) => void): void {
  const connection = new SQLite(path)
  work(connection)
  connection.close()
}

describe('opening a file', () => {
  test('makes a store where there is none, and finds it again with its id', async () => {
    const first = await openSqliteStore(path)
    await putPapers(first, ['2603.00001'])
    await first.close()
    const again = await openSqliteStore(path)
    expect([again.id, await again.papers.count()]).toEqual([first.id, 1])
    await again.close()
    expect(readdirSync(folder)).toEqual(['paperboy.db'])
  })

  test('makes a file that its owner alone may read: the tokens that workspaces granted are in it', async () => {
    const store = await openSqliteStore(path)
    await putPapers(store, ['2603.00001'])
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual([0, 0, 0])
    await store.close()
  })

  test('keeps a write-ahead log and a full sync', async () => {
    await makeStore()
    withFile((connection) => expect(connection.pragma('journal_mode', { simple: true })).toBe('wal'))
  })

  test('refuses another program’s database', async () => {
    withFile((connection) => connection.exec('CREATE TABLE shopping (bread TEXT)'))
    const error = await refusal()
    expect(error).toBeInstanceOf(StoreError)
    expect(error.message).toContain('another program')
  })

  test('refuses what is no database', async () => {
    writeFileSync(path, 'Dear diary, '.repeat(1000))
    expect((await refusal()).message).toContain('is not a database')
  })

  test('refuses a database from a newer version, and leaves it as it is', async () => {
    await makeStore()
    withFile((connection) => connection.pragma('user_version = 999'))
    expect((await refusal()).message).toContain('newer Paperboy')
    withFile((connection) => expect(connection.pragma('user_version', { simple: true })).toBe(999))
  })

  test('refuses an empty file where a store should be', async () => {
    writeFileSync(path, '')
    expect((await refusal()).message).toContain('is empty')
  })

  test('refuses a log whose database is missing', async () => {
    writeFileSync(`${path}-wal`, 'left over')
    expect((await refusal()).message).toContain('is missing')
    expect(existsSync(path)).toBe(false)
  })

  test('refuses a folder that is missing, and a folder in place of a file, as wrong configuration', async () => {
    expect(await refusal(join(folder, 'none', 'paperboy.db'))).toBeInstanceOf(ConfigError)
    mkdirSync(path)
    expect(await refusal()).toBeInstanceOf(ConfigError)
  })

  test('refuses a damaged database with a StoreError, at the latest when it is read', async () => {
    await makeStore()
    truncateSync(path, 8192)
    const broken = openSqliteStore(path).then(async (store) => {
      try {
        await store.papers.changesAfter('', 9)
        await store.subscriptions.all()
      } finally {
        await store.close()
      }
    })
    await expect(broken).rejects.toThrow(StoreError)
  })

  test.skipIf(process.getuid?.() === 0)('refuses a file and a folder that may not be written to', async () => {
    await makeStore()
    chmodSync(path, 0o400)
    expect((await refusal()).message).toContain('may not be written to')
    chmodSync(path, 0o600)
    chmodSync(folder, 0o500)
    expect((await refusal()).message).toContain('may not be written to')
    chmodSync(folder, 0o700)
  })

  test('makes one store where two open at once', async () => {
    const [a, b] = await Promise.all([openSqliteStore(path), openSqliteStore(path)])
    expect(a.id).toBe(b.id)
    await a.meta.set('from a', 'yes')
    expect(await b.meta.get('from a')).toBe('yes')
    await Promise.all([a.close(), b.close()])
  })

  test('begins a creation that was cut short again, whatever it left', async () => {
    writeFileSync(`${path}.${process.pid}.new`, 'half a database')
    await makeStore()
    expect(readdirSync(folder)).toEqual(['paperboy.db'])
  })
})

describe('two connections', () => {
  test('wait for each other’s transactions', async () => {
    const [a, b] = [await openSqliteStore(path), await openSqliteStore(path)]
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = a.transaction(async (parts) => {
      await parts.meta.set('order', 'a')
      await held
    })
    const waiting = b.meta.set('order', 'b')
    release()
    await Promise.all([slow, waiting])
    expect(await a.meta.get('order')).toBe('b')
    await Promise.all([a.close(), b.close()])
  })
})

describe('migrations', () => {
  /** The file as a Paperboy wrote it that knew only so many steps. */
  function writtenBy(steps: number, fill: (connection: SQLite.Database) => void): void {
    const connection = new SQLite(path)
    connection.pragma('journal_mode = WAL')
    migrate(connection, migrations.slice(0, steps))
    fill(connection)
    connection.close()
  }

  test('find the ORCIDs of papers that are stored already', async () => {
    const authors = [{ name: 'Ada Lovelace', orcid: 'https://orcid.org/0000-0002-1825-009x' }]
    writtenBy(1, (connection) => {
      const insert = connection.prepare("INSERT INTO papers VALUES (?, ?, '2026-03-02T12:00:00', '', '', NULL, NULL, NULL, ?)")
      insert.run(1, 1, JSON.stringify({ title: 'With', authors }))
      insert.run(2, 2, JSON.stringify({ title: 'Without', authors: [{ name: 'Ada Lovelace' }] }))
    })
    const store = await openSqliteStore(path)
    expect(await store.papers.byOrcid('0000-0002-1825-009X')).toMatchObject([{ title: 'With' }])
    await store.close()
  })

  test('keep what channels follow, were told and have scheduled when threads come in', async () => {
    const ours = subscription('ours')
    const told = "'slack', 'T1', 'C1'"
    writtenBy(2, (connection) => {
      connection.exec(`
        INSERT INTO papers VALUES (1, 1, '2026-03-01T00:00:00', '', '', NULL, NULL, NULL, '{}');
        INSERT INTO subscriptions VALUES ('ours', ${told}, 'topic:topic of ours', '${JSON.stringify(ours.target)}', 'both', 'U1',
          'Ada', '2026-03-02T12:00:00', NULL);
        INSERT INTO matches VALUES ('ours', 1, ${told}, '{}', '2026-03-02T12:00:00');
        INSERT INTO schedules VALUES ('weekly', ${told}, 'weekly', 1, '09:00', 'Europe/Berlin', 'digest', 'U1', 'Ada',
          '2026-03-02T12:00:00', NULL, NULL);
        INSERT INTO messages VALUES ('hash', '[]');
        INSERT INTO deliveries (dedupe_key, platform, workspace, channel, kind, subject, part, message, state, not_before,
          created_at) VALUES ('key', ${told}, 'alert', '1', 0, 'hash', 'sent', '2026-03-02T12:00:00', '2026-03-02T12:00:00');
        INSERT INTO claims VALUES (${told}, 1, 'new', 1);`)
    })
    const store = await openSqliteStore(path)
    expect(await store.subscriptions.ofDestination(OURS)).toEqual([ours])
    expect(await store.subscriptions.matchesOfPaper(OURS, 1)).toMatchObject([{ seenAt: '2026-03-01T00:00:00Z' }])
    expect(await store.schedules.ofDestination(OURS)).toEqual(schedule('weekly'))
    expect(await store.ledger.ofPaper(OURS, 1)).toMatchObject([{ subject: '1', state: 'sent', destination: OURS }])
    expect(await store.ledger.record([alert(1, { subject: 'again' })], NOON)).toEqual([])
    await store.close()
  })

  test('cut short at any statement leave the database as it was, and go through the next time', () => {
    const steps = [...migrations, ['CREATE TABLE one (a TEXT)', 'CREATE TABLE two (a TEXT)', 'CREATE TABLE three (a TEXT)']]
    const last = steps.at(-1)!
    for (const at of last.keys()) {
      const connection = new SQLite(':memory:')
      migrate(connection, migrations)
      const tables = () => connection.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()
      const before = tables()
      const cut = [...migrations, [...last.slice(0, at), 'cut short here', ...last.slice(at)]]
      expect(() => migrate(connection, cut)).toThrow()
      expect(tables()).toEqual(before)
      expect(connection.pragma('user_version', { simple: true })).toBe(migrations.length)
      migrate(connection, steps)
      expect(tables()).toEqual([...before, 'one', 'three', 'two'].toSorted())
      expect(connection.pragma('user_version', { simple: true })).toBe(steps.length)
      connection.close()
    }
  })
})

describe('a backup', () => {
  test('is a whole store with an id of its own, taken while the store goes on', async () => {
    const store = await openSqliteStore(path)
    await putPapers(store, ['2603.00001', '2603.00002'])
    const to = join(folder, 'copy.db')
    await Promise.all([store.backup(to), store.meta.set('written', 'meanwhile')])
    const copy = await openSqliteStore(to)
    expect(await copy.papers.count()).toBe(2)
    expect(copy.id).not.toBe(store.id)
    expect((await copy.papers.firstSeenBetween(NOON, '2026-03-03T00:00:00Z', { limit: 9 })).map(({ title }) => title)).toEqual([
      'On 2603.00001',
      'On 2603.00002',
    ])
    await Promise.all([copy.close(), store.close()])
    expect(readdirSync(folder).toSorted()).toEqual(['copy.db', 'paperboy.db'])
  })

  test('never overwrites a file, and needs a folder that exists', async () => {
    const store = await openSqliteStore(path)
    const to = join(folder, 'precious.txt')
    writeFileSync(to, 'precious')
    await expect(store.backup(to)).rejects.toThrow(ConfigError)
    await expect(store.backup(join(folder, 'none', 'copy.db'))).rejects.toThrow(ConfigError)
    await store.close()
    expect(readdirSync(folder).toSorted()).toEqual(['paperboy.db', 'precious.txt'])
  })
})
