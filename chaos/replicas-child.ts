// A replica that replicas.ts kills, stops and starts: passes over a PostgreSQL database until it is killed or, on request,
// done: `<database> <server> [done]`. It begins once standard input says how its clock runs.
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#adapters/clock.ts'
import { createLeasedDuties } from '#adapters/duties.ts'
import { lifeOf } from '#adapters/stores/postgres/life.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { StoreError } from '#core/errors.ts'
import type { Duties } from '#core/ports/duties.ts'
import { doubtAfterPowerLoss } from '#digests/power-loss.ts'
import { tick } from '#digests/tick.ts'
import { CATEGORIES } from './channels.ts'
import { chatClient, feedClient } from './chat-client.ts'
import { isHeld } from './play.ts'
import { clockOf, HELD, LEASE, PACE, type Pace, SETTLE, TURN } from './replica-time.ts'
import { dependenciesOf, silent } from './world.ts'

const [database = '', server = '', until] = process.argv.slice(2)
const BETWEEN_PASSES = 20
const WHILE_AWAY = 100

// Nobody is left who would kill it.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
const pace: Pace = JSON.parse(await text(process.stdin))
const clock = clockOf(pace)
const store = await untilThere(async () => {
  const opened = await openPostgresStore(database)
  await doubtAfterPowerLoss(opened, await lifeOf(database), clock.now(), silent)
  return opened
})
const duties = createLeasedDuties({ leases: store.leases, clock: systemClock, log: silent, lease: TURN })
const dependencies = dependenciesOf(store, clock, chatClient(server), {
  source: feedClient(server),
  categories: CATEGORIES,
  timing: { lease: LEASE * PACE, settle: SETTLE * PACE },
  duties: atOnce(duties),
})
for (;;) {
  const { deliveries } = await untilThere(() => tick(dependencies, clock.now()))
  if (until === 'done' && deliveries.pending + deliveries.uncertain === 0) break
  await sleep(BETWEEN_PASSES)
}
process.exitCode = (await isHeld(store)) ? HELD : 0
await store.close()

/** Tries again for as long as the database is away. */
async function untilThere<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      await sleep(WHILE_AWAY)
    }
  }
}

/** Feeds are read as often as there is anybody to read them. */
function atOnce({ take, isMissed }: Duties): Duties {
  return { take: (name, work, options) => take(name, work, options?.signal ? { signal: options.signal } : {}), isMissed }
}
