// Reads a feed's bytes in a thread of its own, which is ended when it takes too long: what strangers send is never parsed where
// people wait for answers. A feed over which rss-parser does not finish is taken apart into entries, in another thread.
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FeedPlace } from './entry.ts'
import type { Reading, Way } from './read-feed.ts'

/** For the reading itself; a thread that does not even begin is given up later. */
const DEADLINE_MS = 2000
const START_MS = 15_000
const MEGABYTES = 256

/** A worker has no compile cache unless it turns it on itself, before its first TypeScript: that halves its start. */
const START = `
  const { workerData } = require('node:worker_threads')
  if (workerData.cache !== undefined) require('node:module').enableCompileCache(workerData.cache)
  import(workerData.script)
`

export interface FeedBytes extends FeedPlace {
  readonly bytes: Uint8Array
  /** The encoding that the answer's header names. */
  readonly charset: string | undefined
  readonly way: Way
}

/** Threads at the same time: more would take from each other what the deadline gives. */
const AT_ONCE = 2
const MOST_WAITING = 200

const BUSY: Reading = { kind: 'unknown', why: 'has to wait for too many others' }
const GIVEN_UP: Reading = { kind: 'unknown', why: 'takes too long to read' }

/** Reads a feed's bytes; never rejects. */
export type ReadBytes = (bytes: Omit<FeedBytes, 'way'>) => Promise<Reading>

/** Make one a process: feeds wait for each other there. */
export function createFeedReader(): ReadBytes {
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn(feed: FeedBytes): Promise<Reading | undefined> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await inThread(feed)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  return async (bytes) => {
    if (waiting.length >= MOST_WAITING) return BUSY
    return (await inTurn({ ...bytes, way: 'library' })) ?? (await inTurn({ ...bytes, way: 'parts' })) ?? GIVEN_UP
  }
}

/** Undefined where the thread had to be ended, or ended itself. */
function inThread(feed: FeedBytes): Promise<Reading | undefined> {
  const cached = getCompileCacheDir()
  const script = new URL('./worker.ts', import.meta.url).href
  const worker = new Worker(START, {
    eval: true,
    workerData: { ...feed, script, cache: cached === undefined ? undefined : dirname(cached) },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES, maxYoungGenerationSizeMb: MEGABYTES >> 3 },
    stdout: true,
    stderr: true,
  })
  return new Promise((resolve) => {
    let timer = setTimeout(() => end(undefined), START_MS)
    function end(reading: Reading | undefined): void {
      clearTimeout(timer)
      resolve(reading)
      void worker.terminate()
    }
    worker.on('message', (message: Reading | 'begins') => {
      if (message !== 'begins') return end(message)
      clearTimeout(timer)
      timer = setTimeout(() => end(undefined), DEADLINE_MS)
    })
    worker.on('error', () => end(undefined))
    worker.on('exit', () => end(undefined))
  })
}
