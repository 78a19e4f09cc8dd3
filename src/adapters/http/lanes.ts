// The lanes in which requests go one after the other, whichever of the process's clients makes them.

/** Milliseconds; no source asks for more between two requests. */
const LONGEST_PAUSE = 60_000
/** Lanes that nobody uses now are forgotten beyond this many. */
const MOST_LANES = 1000

export interface Lane {
  readonly name: string
  last: Promise<unknown>
  /** Requests that have no answer yet. */
  waiting: number
  /** Epoch milliseconds: when its last request ended, and until when its source wants to be left alone. */
  endedAt: number
  closedUntil: number
  /** From when on it is closed: a clock that was put back makes nothing wait for longer. */
  closedAt: number
}

/** By their names. */
export type Lanes = Map<string, Lane>

/** The lane of this name, a new one where there is none; `now` in epoch milliseconds. */
export function laneOf(name: string, lanes: Lanes, now: number): Lane {
  if (lanes.size >= MOST_LANES) forgetIdle(lanes, now)
  const lane = lanes.get(name) ?? newLane(name)
  lanes.set(name, lane)
  return lane
}

function newLane(name: string): Lane {
  return { name, last: Promise.resolve(), waiting: 0, endedAt: Number.NEGATIVE_INFINITY, closedUntil: 0, closedAt: 0 }
}

export function isClosed({ closedAt, closedUntil }: Lane, now: number): boolean {
  return closedAt <= now && now < closedUntil
}

/** Those that rest longer than any pause and are not closed. */
function forgetIdle(lanes: Lanes, now: number): void {
  for (const [name, lane] of lanes) {
    if (lane.waiting === 0 && !isClosed(lane, now) && lane.endedAt < now - LONGEST_PAUSE) lanes.delete(name)
  }
}
