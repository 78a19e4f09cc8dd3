// How fast Slack is asked. Posts to one channel come a second apart, and a call whose method Slack counts for the whole
// workspace goes only after the one before; where Slack asks for a pause there is none until it is over. Others are not held up.
import { DeliveryError } from '#core/errors.ts'
import type { Destination } from '#core/subscription.ts'

/** Milliseconds from Slack's answer to a post to the channel's next one, so that they are as far apart where they arrive. */
const BETWEEN_POSTS = 1000
/** Milliseconds; what waited longer for its turn is put off instead, since nobody else may take it up meanwhile. */
const LONGEST_WAIT = 60_000
/** Lanes that nobody uses now are forgotten beyond this many. */
const MOST_LANES = 1000

/** `call` rejects with DeliveryError alone, and so do these. A call that is not made is `rate-limited`. */
export interface Pace {
  post<T>(channel: Pick<Destination, 'workspace' | 'channel'>, call: () => Promise<T>): Promise<T>
  ask<T>(workspace: string, method: string, call: () => Promise<T>): Promise<T>
}

export interface PaceOptions {
  readonly now: () => Temporal.Instant
  readonly wait: (milliseconds: number) => Promise<unknown>
}

interface Lane {
  last: Promise<unknown>
  /** Calls that have no answer yet. */
  waiting: number
  /** Epoch milliseconds. */
  freeAt: number
  closedUntil: number
}

export function createPace({ now, wait }: PaceOptions): Pace {
  const lanes = new Map<string, Lane>()
  const milliseconds = () => now().epochMilliseconds

  async function inTurn<T>(lane: Lane, pause: number, since: number, call: () => Promise<T>): Promise<T> {
    const early = lane.freeAt - milliseconds()
    if (early > 0 && lane.closedUntil <= milliseconds()) await wait(early)
    const at = milliseconds()
    if (lane.closedUntil > at) throw putOff('Slack asked for a pause.', lane.closedUntil - at)
    if (at - since > LONGEST_WAIT) throw putOff('Slack was too slow for what was before it.', 0)
    try {
      return await call()
    } catch (error) {
      if (error instanceof DeliveryError && error.kind === 'rate-limited' && error.retryAfter !== undefined) {
        lane.closedUntil = milliseconds() + error.retryAfter * 1000
      }
      throw error
    } finally {
      lane.freeAt = milliseconds() + pause
    }
  }

  function queue<T>(key: string, pause: number, call: () => Promise<T>): Promise<T> {
    const since = milliseconds()
    if (lanes.size >= MOST_LANES) forgetIdle(lanes, since)
    const lane = lanes.get(key) ?? { last: Promise.resolve(), waiting: 0, freeAt: 0, closedUntil: 0 }
    lanes.set(key, lane)
    lane.waiting++
    const answer = lane.last.then(() => inTurn(lane, pause, since, call)).finally(() => lane.waiting--)
    lane.last = answer.catch(() => undefined)
    return answer
  }

  return {
    post: ({ workspace, channel }, call) => queue(JSON.stringify([workspace, channel]), BETWEEN_POSTS, call),
    ask: (workspace, method, call) => queue(JSON.stringify([workspace, method]), 0, call),
  }
}

function forgetIdle(lanes: Map<string, Lane>, now: number): void {
  for (const [key, { waiting, freeAt, closedUntil }] of lanes) {
    if (waiting === 0 && Math.max(freeAt, closedUntil) <= now) lanes.delete(key)
  }
}

function putOff(message: string, milliseconds: number): DeliveryError {
  return new DeliveryError('rate-limited', message, { retryAfter: Math.ceil(milliseconds / 1000) })
}
