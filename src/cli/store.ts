// The store that DATABASE_URL names, and where the index of it lies: a file is opened at once, PostgreSQL only where it is asked for.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock } from '#adapters/clock.ts'
import type { Turns } from '#adapters/http/turns.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { ConfigError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import { alwaysOurs, type Duties } from '#core/ports/duties.ts'
import type { Log } from '#core/ports/log.ts'
import type { Store } from '#core/ports/store.ts'
import { bootId } from './boot-id.ts'

const FILE = 'file:'
/** For the index of a store that is no file. */
const DATA = 'data'

export interface OpenedStore {
  readonly store: Store
  readonly indexPath: string
  /** Another text whenever the store may have forgotten what was committed last; undefined where nobody can tell. */
  life(): Promise<string | undefined>
  /** By which all that use the store go, on whatever machine. */
  clock(log: Log): Promise<Clock>
  /** What one process at a time is to do, where others may use the store; `clock` is the store's. */
  duties(log: Log, clock: Clock): Promise<Duties>
  /** Turns among all processes that use the store; undefined where there is one alone. */
  turns(log: Log, clock: Clock): Promise<Turns | undefined>
}

export function isFile(url: string): boolean {
  return url.startsWith(FILE)
}

/** The path behind a `file:` address. */
export function pathOf(url: string): string {
  return url.slice(FILE.length)
}

/** `posts`: a file keeps room for what becomes of deliveries once the disk is full. Rejects with ConfigError or StoreError. */
export async function openStore(url: string, posts = false): Promise<OpenedStore> {
  if (isFile(url)) {
    const path = pathOf(url)
    makeFolder(dirname(path), 'for the database', 'Set DATABASE_URL to a file in a folder that may be written to.')
    const store = await openSqliteStore(path, { hasBallast: posts })
    const alone = { clock: async () => systemClock, duties: async () => alwaysOurs, turns: async () => undefined }
    return { store, indexPath: besideDatabase(path), life: async () => bootId(), ...alone }
  }
  makeFolder(DATA, 'for the index', 'Run Paperboy in a folder that may be written to.')
  const { openPostgresStore } = await import('#adapters/stores/postgres.ts')
  const store = await openPostgresStore(url)
  let stopClock = (): void => undefined
  return {
    store: {
      ...store,
      close() {
        stopClock()
        return store.close()
      },
    },
    indexPath: join(DATA, `${store.id}-index.db`),
    life: async () => (await import('#adapters/stores/postgres/life.ts')).lifeOf(url),
    async clock(log) {
      const { createServerClock } = await import('#adapters/stores/postgres/clock.ts')
      const clock = await createServerClock(url, { machine: systemClock, log })
      stopClock = clock.stop
      return clock
    },
    duties: async (log, clock) => (await import('#adapters/duties.ts')).createLeasedDuties({ leases: store.leases, clock, log }),
    turns: async (log, clock) => (await import('#adapters/http/turns.ts')).createTurns({ leases: store.leases, clock, log }),
  }
}

/** `data/paperboy.db` → `data/paperboy-index.db`. */
function besideDatabase(path: string): string {
  return `${path.endsWith('.db') ? path.slice(0, -'.db'.length) : path}-index.db`
}

function makeFolder(folder: string, why: string, hint: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new ConfigError(`The folder ${folder} ${why} cannot be made.`, { hint, cause })
  }
}
