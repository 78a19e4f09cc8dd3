// Lanes: work that goes on after a platform has its answer, so many at once, the rest in line, and no more than the line holds.
// Answering the platform comes first: work begins in a later turn, one a turn, so that what arrives in between is answered before it.
// Where much waits and more comes in each turn, that turn is for what comes: all of it is answered in time, and its work begins later.
import type { Log } from '#core/ports/log.ts'

/** Of turns in which more came, one in so many is for work all the same. */
const BUSY_TURNS = 32

export interface Room {
  readonly atOnce: number
  /** How many may wait; more are turned away. */
  readonly waiting: number
}

export interface LaneSize extends Room {
  /** How much of it one of those may have who bring work; all of it where undefined. */
  readonly each?: Room
  /** Where so many wait, work yields to what comes; never where undefined. */
  readonly yieldsFrom?: number
  /** What there is room for begins in the turn in which it comes. */
  readonly isUrgent?: boolean
}

/**
 * For answers: enough that none waits for another's way to the platform and back; what waits is answered within seconds. Each is a
 * workspace: one that asks for more, or that the platform lets wait for its answers, leaves room for others.
 */
export const ANSWERS: LaneSize = { atOnce: 32, waiting: 2000, each: { atOnce: 16, waiting: 500 }, yieldsFrom: 16 }
/** For saying BUSY, which is little work, and soon or not at all. */
export const REFUSALS: LaneSize = { atOnce: 64, waiting: 800, each: { atOnce: 32, waiting: 200 }, isUrgent: true }

/** What a person hears, alone, where too much waits already. */
export const BUSY = 'Paperboy has too much to do at this moment. Try again in a few seconds.'

export interface Lane {
  /**
   * Takes work of somebody, a workspace for instance, which begins in a later turn; false, and the work is not begun, where too much
   * waits. What fails is logged.
   */
  work(task: () => Promise<void>, of?: string): boolean
  /** How much of what was taken is not done yet. */
  load(): number
  /** Resolves once all that was taken is done. */
  done(): Promise<void>
}

interface Party {
  readonly of: string
  readonly line: (() => Promise<void>)[]
  underWay: number
}

/** Whoever brings much keeps nobody else waiting: work begins by turns among those who brought it, each of whom has bounds of their own. */
export function createLane(
  { atOnce, waiting, each = { atOnce, waiting }, yieldsFrom = Number.POSITIVE_INFINITY, isUrgent = false }: LaneSize,
  log: Log,
): Lane {
  /** Those of whom something waits or is under way. */
  const parties = new Map<string, Party>()
  /** Those whose work may begin, whose turn it is first. */
  const turns = new Set<Party>()
  const underWay = new Set<Promise<void>>()
  let inLine = 0
  let begins = false
  let hasCome = false
  /** Turns, one after the other, in which more came. */
  let busyTurns = 0

  function next(): void {
    begins = false
    if (yields()) beginSoon()
    else beginOne()
  }

  function beginOne(): void {
    const [party] = underWay.size < atOnce ? turns : []
    const task = party?.line.shift()
    if (!party || !task) return
    inLine--
    party.underWay++
    turns.delete(party)
    queueUp(party)
    const run = (async () => task())()
      .catch((error) => log.error('request failed', { error }))
      .finally(() => {
        underWay.delete(run)
        party.underWay--
        if (party.underWay === 0 && party.line.length === 0) parties.delete(party.of)
        queueUp(party)
        beginSoon()
      })
    underWay.add(run)
    beginSoon()
  }

  function yields(): boolean {
    busyTurns = hasCome ? busyTurns + 1 : 0
    hasCome = false
    return inLine >= yieldsFrom && busyTurns % BUSY_TURNS > 0
  }

  /** Behind all whose turn comes first; where it is among them, it stays where it is. */
  function queueUp(party: Party): void {
    if (party.line.length > 0 && party.underWay < each.atOnce) turns.add(party)
  }

  function beginSoon(): void {
    if (begins || turns.size === 0 || underWay.size >= atOnce) return
    begins = true
    setImmediate(next)
  }

  return {
    work(task, of = '') {
      hasCome = true
      const party = parties.get(of) ?? { of, line: [], underWay: 0 }
      if (inLine >= waiting || party.line.length >= each.waiting) return false
      parties.set(of, party)
      party.line.push(task)
      inLine++
      queueUp(party)
      if (isUrgent) beginOne()
      else beginSoon()
      return true
    },
    load: () => inLine + underWay.size,
    async done() {
      while (inLine > 0 || underWay.size > 0) {
        await Promise.all(underWay)
        await new Promise(setImmediate)
      }
    },
  }
}
