// One thread of torn-logs.ts: damages the log somewhere, so that what was committed from there on has not happened. The feeds
// bring again what they have brought.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { seededRandom } from '#bench/corpus.ts'
import type { Death } from './deaths.ts'
import { answer } from './threads.ts'
import { tried } from './trials.ts'

const SHARES = { statement: 0, commit: 0.3, call: 0.6 }
/** A page with what the log says of it. */
const FRAME = 24 + 8192
/** Half of all tears are within so many frames of the end. */
const NEAR = 20

await answer((share) => tried(share, { shares: SHARES, boot: 'second', change: tear }))

function tear({ path }: Death, seed: number): void {
  const random = seededRandom(seed)
  const log = readFileSync(`${path}-wal`)
  const near = random() < 0.5 ? Math.max(0, log.length - NEAR * FRAME) : 0
  const from = near + Math.floor(random() * (log.length - near))
  const until = random() < 0.5 ? log.length : Math.min(log.length, from + 1 + Math.floor(random() * FRAME))
  rmSync(`${path}-shm`, { force: true })
  writeFileSync(`${path}-wal`, damaged(log, from, until, random))
}

/** Cut off at `from`, or with what is between zeroed or garbled. */
function damaged(log: Buffer, from: number, until: number, random: () => number): Buffer {
  const kind = random()
  if (kind < 1 / 3) return log.subarray(0, from)
  if (kind < 2 / 3) return log.fill(0, from, until)
  for (let at = from; at < until; at++) log[at] = Math.floor(random() * 256)
  return log
}
