// Whether the store can be opened, is ours, and has room to grow.
import { statfs } from 'node:fs/promises'
import { type Inspected, inspectDatabaseFile } from '#adapters/stores/sqlite/inspect.ts'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { grouped } from '#core/text/grouped.ts'

const MEGABYTE = 1_000_000
/** A year of a group's papers, with their index. */
const ROOM = 500 * MEGABYTE
/** Less than one day's announcements and the log they are written through. */
const HARDLY_ROOM = 50 * MEGABYTE

/** `store`: the open one, where there is one of this version. Rejects with ConfigError or StoreError where it cannot be opened. */
export async function checkStore(path: string, store: Store | undefined): Promise<Check[]> {
  const inspected = inspectDatabaseFile(path)
  const papers = await store?.papers.count()
  const mend = 'Papers come from what is watched and by paperboy import; to try things out: paperboy import --sample.'
  const found = inWords(path, inspected, papers)
  return [{ about: 'store', state: 'fine', found, ...(papers === 0 && { mend }) }, await checkRoom(inspected.folder)]
}

function inWords(path: string, { version, latest }: Inspected, papers: number | undefined): string {
  if (version === undefined) return `There is no ${path} yet; it is made at the first start.`
  if (version < latest) return `${path} is of version ${version}, and is brought to version ${latest} at the next start.`
  return `${path} is of version ${version}, the latest${papers === undefined ? '' : `, with ${counted(papers, 'paper')}`}.`
}

async function checkRoom(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const found = `${grouped(Math.floor(free / MEGABYTE))} MB are free for the data.`
  if (free >= ROOM) return { about: 'disk', state: 'fine', found }
  const mend = 'Free some room on the disk, or set DATABASE_URL to a file on another one.'
  return { about: 'disk', state: free < HARDLY_ROOM ? 'wrong' : 'warning', found, mend }
}
