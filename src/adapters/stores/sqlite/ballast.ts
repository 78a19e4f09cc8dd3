// A file of no use beside the database, thrown away once the disk is full: what is under way can be written down in its room.
import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Thousands of outcomes. */
const BALLAST_BYTES = 16 * 1024 * 1024
/** So much has to be free before there is room again, the ballast's own included. */
const ROOM_BYTES = 2 * BALLAST_BYTES

export interface Ballast {
  /** Whether there is room for more. Where there was none, but is again, the ballast is laid in anew. */
  hasRoom(): Promise<boolean>
  /** Throws it away: from now on there is no room until somebody makes some. */
  drop(): void
}

/** Without one nobody knows before a write fails. */
export const noBallast: Ballast = { hasRoom: async () => true, drop: () => undefined }

/** `data/paperboy.db` has `data/paperboy.db-ballast`; processes that share the database share it. */
export function createBallast(path: string): Ballast {
  const file = `${path}-ballast`
  return {
    async hasRoom() {
      return existsSync(file) || ((await freeBytes(dirname(file))) >= ROOM_BYTES && layIn(file))
    },
    drop: () => rmSync(file, { force: true }),
  }
}

/** 0 where it cannot be told. */
async function freeBytes(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => undefined)
  return found === undefined ? 0 : found.bavail * found.bsize
}

/** False where it cannot be written after all. Random, since some file systems keep zeros in no room at all. */
function layIn(file: string): boolean {
  const unfinished = `${file}.${process.pid}.new`
  try {
    writeFileSync(unfinished, randomBytes(BALLAST_BYTES))
    renameSync(unfinished, file)
    return true
  } catch {
    rmSync(unfinished, { force: true })
    return false
  }
}
