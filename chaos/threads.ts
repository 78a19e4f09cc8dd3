// Work shared out among threads, and their findings added up.
import { once } from 'node:events'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { Found } from './found.ts'

/** Which scenarios a thread plays, and how often it tries. */
export interface Share {
  readonly firstSeed: number
  /** From seed to seed. */
  readonly step: number
  readonly tries: number
}

const THREADS = 2
const SHOWN = 10

/** `file` hands its work to `answer`. */
export async function inThreads(file: URL, { seed, tries }: { readonly seed: number; readonly tries: number }): Promise<Found> {
  const shares = Array.from({ length: THREADS }, (_, at): Share => {
    return { firstSeed: seed + at, step: THREADS, tries: Math.ceil(tries / THREADS) }
  })
  const found = await Promise.all(
    shares.map(async (share): Promise<Found> => {
      const worker = new Worker(file, { workerData: share })
      const [answer] = await once(worker, 'message')
      return answer
    }),
  )
  const sum = (of: (one: Found) => number) => found.reduce((all, one) => all + of(one), 0)
  return {
    tried: sum(({ tried }) => tried),
    lost: sum(({ lost }) => lost),
    twice: sum(({ twice }) => twice),
    corrupt: sum(({ corrupt }) => corrupt),
    notes: found.flatMap(({ notes = [] }) => notes),
    wrong: found.flatMap(({ wrong = [] }) => wrong).slice(0, SHOWN),
  }
}

/** In a thread: does its share. */
export async function answer(work: (share: Share) => Promise<Found>): Promise<void> {
  parentPort?.postMessage(await work(workerData))
}
