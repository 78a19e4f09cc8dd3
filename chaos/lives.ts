// Processes that watch feeds and post to a server on the loopback, each killed or told to stop at a random moment; another one
// goes on each time. In the end the server has every expected paper once.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { seededRandom } from '#bench/corpus.ts'
import { aChannel, expectedOf, setUp } from './channels.ts'
import { type ChatServer, startChatServer } from './chat-server.ts'
import { type Extent, type Found, timesOf } from './found.ts'
import { isSound, judge } from './play.ts'
import { BEGINNING } from './scenario.ts'
import { inFolder } from './world.ts'

const CHILD = fileURLToPath(new URL('kills-child.ts', import.meta.url))
const CHANNELS = 12
/** Milliseconds after its first request in which a process dies. */
const LONGEST_LIFE = 300
/** Milliseconds in which whoever is told to stop has to be out. */
const OUT_WITHIN = 10_000
const DAY = 24 * 3600 * 1000
/** A day goes by every so many lives. */
const LIVES_A_DAY = 8
const LIVES_A_CHECK = 25
const MOST_DAYS = 40
const SPARES = 2

export interface Lives {
  readonly times: { readonly full: number; readonly short: number }
  /** The share that is told to stop (SIGTERM); the others are killed. */
  readonly told: number
}

export function live(extent: Extent, { times, told }: Lives): Promise<Found> {
  const tried = timesOf(extent, times)
  return inFolder(async (folder) => {
    const file = join(folder, 'paperboy.db')
    const random = seededRandom(extent.seed)
    const channels = Array.from({ length: CHANNELS }, (_, at) => aChannel(at, random))
    const store = await openSqliteStore(file)
    await setUp(store, channels, BEGINNING)
    await store.close()
    const server = await startChatServer(extent.seed + 1)
    const wrong: string[] = []
    let corrupt = 0
    const check = () => {
      if (!isSound(file)) corrupt++
    }
    const nursery = aNursery(folder, file, server)
    let slowest = 0
    for (let life = 1; life <= tried; life++) {
      const child = nursery.next()
      await Promise.race([server.asked(), once(child, 'exit')])
      await sleep(random() * LONGEST_LIFE)
      if (child.exitCode !== null) wrong.push(`A process ended by itself: ${await text(child.stderr)}`)
      else if (random() < told) slowest = Math.max(slowest, await toldToStop(child))
      else {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      if (life % LIVES_A_DAY === 0) nursery.passDay()
      if (life % LIVES_A_CHECK === 0) check()
    }
    server.settle()
    await nursery.finish()
    check()
    await server.close()
    if (slowest > OUT_WITHIN) wrong.push(`A process that was told to stop was out after ${Math.round(slowest)} ms only.`)
    const { lost, twice, which } = judge(server.accepted, expectedOf(channels, server.announced))
    return {
      tried,
      lost,
      twice,
      corrupt,
      notes: [
        `${server.announced.length} papers, ${server.accepted.length} messages; whoever was told to stop was out within ${Math.round(slowest)} ms.`,
      ],
      wrong: [...wrong, ...which].slice(0, 10),
    }
  }, 'memory')
}

type Child = ChildProcessByStdio<Writable, null, Readable>

/** Children are born ahead, so that nobody waits for them. */
function aNursery(folder: string, file: string, { url }: ChatServer) {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') }
  let ahead = Temporal.Instant.from(BEGINNING).epochMilliseconds - Date.now()
  const spares = Array.from({ length: SPARES }, () => born())

  function born(...more: readonly string[]): Child {
    return spawn(process.execPath, [CHILD, file, url, ...more], { env, stdio: ['pipe', 'ignore', 'pipe', 'ipc'] }) as Child
  }
  function end(): void {
    for (const spare of spares) spare.kill('SIGKILL')
  }
  function begin(child: Child): Child {
    child.stdin.end(`${ahead}`)
    return child
  }
  return {
    next(): Child {
      spares.push(born())
      return begin(spares.shift() ?? born())
    },
    passDay(): void {
      ahead += DAY
    },
    /** Day after day, until nothing is left to deliver. */
    async finish(): Promise<void> {
      end()
      for (let days = 0; days < MOST_DAYS; days++) {
        ahead += DAY
        const child = begin(born('done'))
        const errors = text(child.stderr)
        const [code] = await once(child, 'exit')
        if (code === 0 && days > 1) return
        if (code !== 0 && code !== 3) throw new Error(`The last process failed: ${await errors}`)
      }
    },
  }
}

/** How many milliseconds it took to go. */
async function toldToStop(child: Child): Promise<number> {
  const began = performance.now()
  child.kill('SIGTERM')
  const gone = once(child, 'exit')
  const isGone = await Promise.race([gone.then(() => true), sleep(OUT_WITHIN + 1000, false)])
  if (!isGone) {
    child.kill('SIGKILL')
    await gone
  }
  return performance.now() - began
}
