// Whether the store can be opened, is ours, has room to grow, and goes by the time that is here.
import { statfs } from 'node:fs/promises'
import { systemClock } from '#adapters/clock.ts'
import { type Inspected, inspectDatabaseFile, readWholeDatabaseFile } from '#adapters/stores/sqlite/inspect.ts'
import { isFile, pathOf } from '#cli/store.ts'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { grouped } from '#core/text/grouped.ts'

const MEGABYTE = 1_000_000
/** A year of a group's papers, with their index. */
const ROOM = 500 * MEGABYTE
/** Less than one day's announcements and the log they are written through. */
const HARDLY_ROOM = 50 * MEGABYTE
/** From so many on a clock is wrong. */
const OFF_SECONDS = 2

/** `store`: the open one, where there is one of this version. Rejects with ConfigError or StoreError where it cannot be opened. */
export async function checkStore(url: string, store: Store | undefined): Promise<Check[]> {
  const papers = await store?.papers.count()
  const mend = 'Papers come from what is watched and by paperboy import; to try things out: paperboy import --sample.'
  const checked = (found: string): Check => ({ about: 'store', state: 'fine', found, ...(papers === 0 && { mend }) })
  if (isFile(url)) {
    const path = pathOf(url)
    const inspected = inspectDatabaseFile(path)
    if (inspected.version !== undefined) readWholeDatabaseFile(path)
    const none = `There is no ${path} yet; it is made at the first start.`
    return [checked(inspected.version === undefined ? none : inWords(path, inspected, papers)), await checkRoom(inspected.folder)]
  }
  const { inspectDatabase } = await import('#adapters/stores/postgres/inspect.ts')
  const { name, ...inspected } = await inspectDatabase(url)
  const none = `There is nothing of Paperboy's in the PostgreSQL database ${name} yet; it is made at the first start.`
  const found = checked(inspected.version === 0 ? none : inWords(`The PostgreSQL database ${name}`, inspected, papers))
  return [found, await checkClock(url)]
}

/** That of the server counts, and both should be right. */
async function checkClock(url: string): Promise<Check> {
  const { serverAhead } = await import('#adapters/stores/postgres/clock.ts')
  const ahead = Math.round((await serverAhead(url, systemClock)) / 1000)
  if (Math.abs(ahead) < OFF_SECONDS) {
    return { about: 'clock', state: 'fine', found: "This machine's clock agrees with the PostgreSQL server's." }
  }
  const found = `The PostgreSQL server's clock, by which Paperboy goes, is ${counted(Math.abs(ahead), 'second')} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's.`
  return { about: 'clock', state: 'warning', found, mend: 'Set the one that is wrong, for instance by NTP.' }
}

function inWords(
  path: string,
  { version = 0, latest }: Pick<Inspected, 'version' | 'latest'>,
  papers: number | undefined,
): string {
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
