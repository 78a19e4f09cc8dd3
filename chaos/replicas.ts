// 1,000 real SIGKILLs of three replicas on one PostgreSQL database, which watch feeds and post to a server on the loopback; beside
// them they stand still for longer than their leases, and the database stops at once and starts again 20 times. In the end the
// server has every expected paper and every digest once.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { seededRandom } from '#bench/corpus.ts'
import { type PostgresServer, startPostgres } from '#test/postgres-server.ts'
import { aChannel, expectedOf, setUp } from './channels.ts'
import { type ChatServer, startChatServer } from './chat-server.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { judge } from './play.ts'
import type { Accepted } from './remembering-platform.ts'
import { type Replicas, startReplicas } from './replica-processes.ts'
import { LEASE, SETTLE } from './replica-time.ts'
import { BEGINNING } from './scenario.ts'
import { inFolder } from './world.ts'

const REPLICAS = 3
const CHANNELS = 12
/** Milliseconds after the next request in which somebody dies, and for which a request is waited for. */
const LONGEST_LIFE = 300
const WITHOUT_REQUEST = 4000
/** The share that stands still instead, in milliseconds at most: until another has taken up what it held, and longer. */
const STOPPED = 0.15
const LONGEST_STOP = (LEASE + SETTLE) * 1500
/** The database stops once in so many kills. */
const KILLS_A_STOP = 50
/** Seconds after which nobody is killed any more: what is left has to be delivered still. */
const LONGEST = { full: 1140, short: 15 }

export function run(extent: Extent): Promise<Found> {
  return inFolder(async (folder) => {
    const database = await startPostgres({ isDurable: true })
    const server = await startChatServer(extent.seed + 1)
    try {
      return await played(extent, { folder, database, server })
    } finally {
      await server.close()
      await database.close()
    }
  }, 'memory')
}

interface World {
  readonly folder: string
  readonly database: PostgresServer
  readonly server: ChatServer
}

async function played(extent: Extent, { folder, database, server }: World): Promise<Found> {
  const random = seededRandom(extent.seed)
  const channels = Array.from({ length: CHANNELS }, (_, at) => aChannel(at, random))
  const store = await openPostgresStore(database.url)
  await setUp(store, channels, BEGINNING)
  await store.close()
  const replicas = startReplicas({ folder, database: database.url, server: server.url, many: REPLICAS })
  const wished = timesOf(extent, { full: 1000, short: 1000 })
  const until = performance.now() + LONGEST[extent.short ? 'short' : 'full'] * 1000
  const counts = { kills: 0, standstills: 0, stops: 0 }
  const every = extent.short ? KILLS_A_STOP / 5 : KILLS_A_STOP
  while (counts.kills < wished && performance.now() < until) {
    await Promise.race([server.asked(), sleep(WITHOUT_REQUEST)])
    await sleep(random() * LONGEST_LIFE)
    const which = Math.floor(random() * REPLICAS)
    if (random() < STOPPED) {
      replicas.standStill(which, random() * LONGEST_STOP)
      counts.standstills++
      continue
    }
    replicas.kill(which)
    counts.kills++
    if (counts.kills % every > 0) continue
    await database.stopAtOnce()
    await sleep(random() * LONGEST_LIFE)
    await database.start()
    counts.stops++
  }
  server.settle()
  const ended = await finished(replicas)
  const { lost, twice, which } = judge(server.accepted, expectedOf(channels, server.announced))
  const { isWhole, slots, wrong } = await lookedInto(database.url, server.accepted)
  return {
    tried: counts.kills,
    lost,
    twice,
    corrupt: isWhole ? 0 : 1,
    notes: [
      `${counts.kills} kills, ${counts.standstills} standstills, ${counts.stops} stops of PostgreSQL; ${server.announced.length} papers, ${server.accepted.length} messages, ${slots} digests.`,
    ],
    wrong: [...replicas.wrong(), ...ended, ...wrong, ...which].slice(0, 10),
  }
}

/** Day after day, until nothing is left to deliver. */
async function finished(replicas: Replicas): Promise<string[]> {
  try {
    await replicas.finish()
    return []
  } catch (error) {
    return [`${error}`]
  }
}

/** Every slot that is recorded as posted was posted once; each table can be read to its end. */
async function lookedInto(url: string, accepted: readonly Accepted[]) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()')
    let isWhole = true
    for (const { tablename } of tables) {
      await client.query(`SELECT sum(length(t::text)) FROM ${tablename} AS t`).catch(() => {
        isWhole = false
      })
    }
    const { rows: slots } = await client.query("SELECT schedule, at FROM slots WHERE outcome = 'posted'")
    const { rows: digests } = await client.query("SELECT dedupe_key AS key FROM deliveries WHERE kind = 'digest' AND part = 0")
    const posted = accepted.filter(({ kind }) => kind === 'digest').map(({ key }) => key)
    const once = digests.filter(({ key }) => posted.filter((one) => one === key).length === 1)
    const wrong =
      once.length === digests.length && digests.length === slots.length
        ? []
        : [`Of ${slots.length} slots ${digests.length} digests were recorded, and ${once.length} posted once.`]
    return { isWhole, slots: slots.length, wrong }
  } finally {
    await client.end()
  }
}
