// The process that lives.ts kills: passes over a database until it is killed, told to stop or, on request, done:
// `<file> <server> [done]`. It begins once standard input says by how many milliseconds its clock is ahead.
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { untilSignal } from '#cli/stopping.ts'
import { tick } from '#digests/tick.ts'
import { CATEGORIES } from './channels.ts'
import { chatClient, feedClient } from './chat-client.ts'
import { isHeld } from './play.ts'
import { dependenciesOf } from './world.ts'

const [file = '', url = '', until] = process.argv.slice(2)
const BETWEEN_PASSES = 10
/** The exit code where something waits for another day. */
const HELD = 3

const signal = untilSignal()
// Nobody is left who would kill it.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
const ahead = Number(await text(process.stdin))

const store = await openSqliteStore(file)
const clock = { now: () => Temporal.Now.instant().add({ milliseconds: ahead }) }
const dependencies = dependenciesOf(store, clock, chatClient(url), {
  source: feedClient(url),
  categories: CATEGORIES,
  signal,
  timing: { lease: 2, settle: 1 },
})
while (!signal.aborted) {
  const { deliveries } = await tick(dependencies, clock.now())
  if (until === 'done' && deliveries.pending + deliveries.uncertain === 0) break
  await sleep(BETWEEN_PASSES)
}
process.exitCode = until === 'done' && (await isHeld(store)) ? HELD : 0
await store.close()
