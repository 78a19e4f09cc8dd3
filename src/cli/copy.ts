// `paperboy copy`: everything from one store into another, a file or PostgreSQL, which has to be empty.
import { existsSync } from 'node:fs'
import { type CopySide, copyStore } from '#adapters/stores/copy.ts'
import { counted } from '#core/commands/blocks.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { grouped } from '#core/text/grouped.ts'
import { complain, isTerminal, print } from './out.ts'
import { isFile, pathOf } from './store.ts'

const FILE_OR_POSTGRES = /^(?:file:.|postgres(?:ql)?:\/\/)/
const ERASE_LINE = '\r\u001B[2K'

/** All or nothing. Rejects with UserInputError for addresses that are none, NotFoundError, ConfigError or StoreError. */
export async function copyCall(from: string, to: string): Promise<number> {
  for (const url of [from, to]) {
    if (!FILE_OR_POSTGRES.test(url)) {
      throw new UserInputError('An address of a store begins with file: or postgres://.', {
        hint: 'For instance: paperboy copy file:data/paperboy.db postgres://paperboy:password@localhost:5432/paperboy',
      })
    }
  }
  if (from === to) throw new UserInputError('Both addresses are the same.')
  if (isFile(from) && !existsSync(pathOf(from))) throw new NotFoundError(`There is no file ${pathOf(from)}.`)
  await using sides = new AsyncDisposableStack()
  const source = sides.adopt(await sideOf(from), (side) => side.close())
  const target = sides.adopt(await sideOf(to), (side) => side.close())
  const isWatched = isTerminal(process.stderr)
  const copied = await copyStore(source, target, (table, rows) => {
    if (isWatched) process.stderr.write(`${ERASE_LINE}${table}: ${grouped(rows)} …`)
  })
  if (isWatched) process.stderr.write(ERASE_LINE)
  for (const [table, rows] of copied) if (rows > 0) print(`${table}: ${counted(rows, 'row')}`)
  print('Copied and counted. Set DATABASE_URL to the new address before you start Paperboy.')
  complain('Do not start it on the old one again: what the new one posts the old one does not know.')
  return 0
}

async function sideOf(url: string): Promise<CopySide> {
  if (isFile(url)) return (await import('#adapters/stores/sqlite/copy-side.ts')).sqliteSide(pathOf(url))
  return (await import('#adapters/stores/postgres/copy-side.ts')).postgresSide(url)
}
