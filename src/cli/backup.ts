// `paperboy backup`: a consistent copy of the store, while the bot may be running.
import { existsSync } from 'node:fs'
import { processEnvironment, readConfig } from '#config'
import { NotFoundError } from '#core/errors.ts'
import { print } from './out.ts'
import { isFile, openStore, pathOf } from './store.ts'

/** Writes a new file; one that exists already is refused. Rejects with NotFoundError where there is nothing to copy. */
export async function backupCall(file: string): Promise<number> {
  const { DATABASE_URL: url } = readConfig(processEnvironment())
  if (isFile(url) && !existsSync(pathOf(url))) {
    throw new NotFoundError(`There is no file ${pathOf(url)}.`, {
      hint: 'Run this in the folder Paperboy is started from, with the same DATABASE_URL.',
    })
  }
  const { store } = await openStore(url)
  try {
    await store.backup(file)
  } finally {
    await store.close()
  }
  print(`Copied to ${file}. To go back to it, stop Paperboy and set DATABASE_URL=file:${file}.`)
  return 0
}
