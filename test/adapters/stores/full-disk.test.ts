// A disk that is full: what was posted is written down in the ballast's room, nothing is lost, and all goes on once there is room.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBallast } from '#adapters/stores/sqlite/ballast.ts'
import { createSqliteDatabase } from '#adapters/stores/sqlite/database.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'

const CHILD = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url))
const MEGABYTES = 64

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-full-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command where `folder` is a disk of so many megabytes; it is gone with the command. */
function onSmallDisk(folder: string, ...command: readonly string[]) {
  const script = `mount -t tmpfs -o size=${MEGABYTES}m none "$1" && shift && exec "$@"`
  return spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', folder, ...command], { encoding: 'utf8' })
}

const mayMount = onSmallDisk(tmpdir(), 'true').status === 0

describe.skipIf(!mayMount)('on a disk of 64 MB (skipped where nothing may be mounted)', () => {
  test('outcomes are recorded while it is full, nothing is read, and once there is room all of it is', () => {
    const { stdout, stderr } = onSmallDisk(folder, process.execPath, CHILD, folder)
    expect(stderr).toBe('')
    const found = JSON.parse(stdout)
    expect(found.posted.deliveries).toEqual({ sent: 1, pending: 0, uncertain: 0, dead: 0 })
    expect(found.counts.sent).toBe(1)
    expect(found.hadRoom).toBe(false)
    expect(found.full.feeds).toEqual([])
    expect(found.warnings).toContain('the disk is full: nothing is read or matched until there is room')
    expect(found.refused).toMatch(/^StoreError: The database .* cannot grow: the disk is full\.$/)
    expect(found.hasRoom).toBe(true)
    expect(found.papers).toBe(401)
    expect(found.after.deliveries).toMatchObject({ uncertain: 0, dead: 0 })
  })
})

test('a write that finds no room is a StoreError with a mend, changes nothing, and throws the ballast away', async () => {
  const connection = new SQLite(':memory:')
  let dropped = 0
  const database = createSqliteDatabase(connection, 'paperboy.db', { hasRoom: async () => dropped === 0, drop: () => dropped++ })
  await database.run(sql`CREATE TABLE papers (title TEXT)`)
  connection.pragma(`max_page_count = ${connection.pragma('page_count', { simple: true })}`)
  const filled = database.atomically(async (inner) => {
    for (let at = 0; at < 100; at++) await inner.run(sql`INSERT INTO papers VALUES (${'x'.repeat(1000)})`)
  })
  await expect(filled).rejects.toThrow(StoreError)
  await expect(filled).rejects.toMatchObject({ message: expect.stringContaining('the disk is full'), hint: expect.any(String) })
  expect(dropped).toBe(1)
  expect(await database.rows(sql`SELECT * FROM papers`)).toEqual([])
  await database.close()
})

describe('the ballast', () => {
  test('lies beside the database of a process that posts, and of no other', async () => {
    const path = join(folder, 'paperboy.db')
    const visitor = await openSqliteStore(path)
    expect(await visitor.hasRoom()).toBe(true)
    await visitor.close()
    expect(existsSync(`${path}-ballast`)).toBe(false)
    const bot = await openSqliteStore(path, { hasBallast: true })
    expect(await bot.hasRoom()).toBe(true)
    await bot.close()
    expect(statSync(`${path}-ballast`).size).toBe(16 * 1024 * 1024)
  })

  test('cannot be laid in where nothing can be written, and then there is no room', async () => {
    expect(await createBallast(join(folder, 'missing', 'paperboy.db')).hasRoom()).toBe(false)
  })
})
