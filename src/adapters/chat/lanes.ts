// Lanes: work that goes on after a platform has its answer, so many at once, the rest in line, and no more than the line holds.
// Answering the platform comes first: work begins in a later turn, one a turn, so that what arrives in between is answered before it.
import type { Log } from '#core/ports/log.ts'

export interface LaneSize {
  readonly atOnce: number
  /** How many may wait; more are turned away. */
  readonly waiting: number
}

export interface Lane {
  /** Takes work, which begins in a later turn; false, and the work is not begun, where too much waits. What fails is logged. */
  work(task: () => Promise<void>): boolean
  /** Resolves once all that was taken is done. */
  done(): Promise<void>
}

export function createLane({ atOnce, waiting }: LaneSize, log: Log): Lane {
  const line: (() => Promise<void>)[] = []
  const underWay = new Set<Promise<void>>()
  let begins = false

  function next(): void {
    begins = false
    const task = underWay.size < atOnce ? line.shift() : undefined
    if (!task) return
    const run = (async () => task())()
      .catch((error) => log.error('request failed', { error }))
      .finally(() => {
        underWay.delete(run)
        beginSoon()
      })
    underWay.add(run)
    beginSoon()
  }

  function beginSoon(): void {
    if (begins || line.length === 0 || underWay.size >= atOnce) return
    begins = true
    setImmediate(next)
  }

  return {
    work(task) {
      if (line.length >= waiting) return false
      line.push(task)
      beginSoon()
      return true
    },
    async done() {
      while (line.length > 0 || underWay.size > 0) {
        await Promise.all(underWay)
        await new Promise(setImmediate)
      }
    },
  }
}
