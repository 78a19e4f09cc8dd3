// `paperboy backup`: a consistent copy of the store, while the bot may be running.
import { openApp } from './app.ts'
import { print } from './out.ts'

/** Writes a new file; one that exists already is refused. */
export async function backupCall(file: string): Promise<number> {
  await using app = await openApp()
  await app.store.backup(file)
  print(`Copied to ${file}. To go back to it, stop Paperboy and set DATABASE_URL=file:${file}.`)
  return 0
}
