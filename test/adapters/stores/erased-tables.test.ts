// Every table there is, those of steps to come among them: what says whose it is goes with whoever is erased, or is named here
// as nobody's.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'

/** Papers are the public's; feeds are erased with their last follower; the others hold no word of whom they are of. */
const NOBODYS = new Set([
  ...['papers', 'paper_ids', 'paper_authors', 'paper_orcids', 'authors', 'author_middles', 'sightings', 'joined', 'unmatched'],
  ...['enrichments', 'enrichment_sources', 'meta', 'counters', 'phrases', 'leases', 'events'],
])
const PERSON = 'U-erased'
const NAME = 'Name-erased'

interface Column {
  readonly name: string
  readonly type: string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-erased-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A row of each table for each workspace, all of which speak of each other as they should. */
async function filled(workspaces: readonly string[]) {
  const path = join(folder, 'paperboy.db')
  const store = await openSqliteStore(path)
  const connection = new SQLite(path)
  const tables = connection
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
  const owned = (tables as string[]).filter((table) => !NOBODYS.has(table))
  for (const table of owned) {
    const columns = connection.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as Column[]
    const insert = connection.prepare(
      `INSERT INTO ${table} (${columns.map(({ name }) => name)}) VALUES (${columns.map(() => '?')})`,
    )
    for (const [at, workspace] of workspaces.entries())
      insert.run(columns.map((column) => columnValue(column, table, workspace, at + 1)))
  }
  const rows = () =>
    owned.flatMap((table) =>
      (connection.prepare(`SELECT * FROM ${table}`).all() as object[]).map((row) => JSON.stringify({ table, ...row })),
    )
  return { store, connection, owned, rows }
}

function columnValue({ name, type }: Column, table: string, workspace: string, number: number): string | number {
  if (type !== 'TEXT') return number
  if (name === 'platform') return 'slack'
  if (name === 'workspace') return workspace
  if (name === 'channel') return 'C1'
  if (name === 'id') return `${table} of ${workspace}`
  if (name === 'subscription' || name === 'schedule') return `${name}s of ${workspace}`
  if (table === 'edits' && name === 'message') return `edit of ${workspace}`
  if (name === 'message' || name === 'hash') return `message of ${workspace}`
  if (name === 'feed') return `https://${workspace}.example`
  if (name === 'target_key') return `feed:https://${workspace}.example`
  if (name === 'kind') return 'notice'
  if (name === 'state' && table === 'deliveries') return 'sent'
  if (name === 'blocks') return JSON.stringify([`Followed by ${NAME} of ${workspace}`])
  if (name === 'settings') return JSON.stringify({ pause: { since: '2026', by: { id: PERSON, name: NAME } } })
  if (/name$/.test(name) && table !== 'installations') return NAME
  if (/owner|person|^by_|_by$/.test(name)) return PERSON
  return `${name} of ${workspace}`
}

test('nothing of a workspace is left in any table, and everything of another', async () => {
  const { store, connection, owned, rows } = await filled(['T-erased', 'T-other'])
  const others = rows().filter((row) => row.includes('T-other'))
  expect(others.length).toBe(owned.length)
  await store.erasure.erase({ platform: 'slack', workspace: 'T-erased' })
  expect(rows().filter((row) => row.includes('T-erased'))).toEqual([])
  expect(rows().filter((row) => row.includes('T-other'))).toEqual(others)
  expect(owned.map((table) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get())).toEqual(owned.map(() => 1))
  connection.close()
  await store.close()
})

test('no word of a person is left in any table', async () => {
  const { store, connection, rows } = await filled(['T-erased', 'T-other'])
  const theirs = () => rows().filter((row) => !row.includes('T-other') && (row.includes(PERSON) || row.includes(NAME)))
  expect(theirs().length).toBeGreaterThan(6)
  await store.erasure.erase({ platform: 'slack', workspace: 'T-erased', person: PERSON })
  expect(theirs()).toEqual([])
  expect(rows().filter((row) => row.includes('T-other') && row.includes(PERSON)).length).toBeGreaterThan(6)
  connection.close()
  await store.close()
})
