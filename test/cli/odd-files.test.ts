// A file that is not what it should be: the start is refused in a sentence with its mend, and the file stays as it is.
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'signing', SLACK_API_URL: 'http://127.0.0.1:9/' }

type Installed = ReturnType<typeof install>
type Make = (path: string, paperboy: Installed) => Promise<unknown> | unknown

const ODD: readonly (readonly [what: string, make: Make, said: string])[] = [
  ['an empty file', (path) => writeFileSync(path, ''), 'is empty: what was in it is gone.'],
  ['a letter', (path) => writeFileSync(path, 'Dear diary, '.repeat(2000)), 'is not a database.'],
  ['another program’s database', another, 'is a database of another program.'],
  ['a database that breaks off', brokenOff, 'is damaged.'],
  ['a database with foreign bytes in it', scribbledOver, 'is damaged.'],
  ['a database of a newer Paperboy', newer, 'was written by a newer Paperboy.'],
  ['a log without its database', (path) => writeFileSync(`${path}-wal`, 'left over'), 'is missing, but its log'],
  ['a folder', (path) => mkdirSync(path), 'is not a file.'],
]

describe.each(ODD)('%s where the database should be', (_what, make, said) => {
  test.each(['serve', 'tick'])('%s refuses it, and leaves it as it is', async (call) => {
    const paperboy = install(SLACK)
    const path = join(paperboy.folder, 'data', 'paperboy.db')
    mkdirSync(join(paperboy.folder, 'data'))
    await make(path, paperboy)
    const before = contentOf(path)
    const { code, stdout, stderr } = await paperboy.run([call])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(said)
    expect(stderr.trim().split('\n')).toHaveLength(2)
    expect(contentOf(path)).toEqual(before)
  })
})

function another(path: string): void {
  const connection = new SQLite(path)
  connection.exec('CREATE TABLE shopping (bread TEXT)')
  connection.close()
}

async function brokenOff(path: string, { run }: Installed): Promise<void> {
  await run(['import', '--sample'])
  truncateSync(path, 3 * 8192)
}

/** All but the first page, which says what it is. */
async function scribbledOver(path: string, { run }: Installed): Promise<void> {
  await run(['import', '--sample'])
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill('Dear diary, ', 8192))
}

async function newer(path: string, { run }: Installed): Promise<void> {
  await run(['import', '--sample'])
  const connection = new SQLite(path)
  connection.pragma('user_version = 999')
  connection.close()
}

function contentOf(path: string): Buffer | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined
}
