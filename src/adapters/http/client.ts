// The polite client: one queue a host, and pauses where a source asks for them.
import { setTimeout as sleep } from 'node:timers/promises'
import { SourceError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import { ask, givenUp, httpUrl, refused } from './ask.ts'
import type { Guard } from './guard.ts'
import { isClosed, type Lane, type Lanes, laneOf } from './lanes.ts'
import type { Turns } from './turns.ts'

export interface Limits {
  /** For everything from the first request to the last byte, redirects included. */
  readonly milliseconds: number
  /** After decompression. */
  readonly bytes: number
  readonly redirects: number
}

const LIMITS: Limits = { milliseconds: 15_000, bytes: 5_000_000, redirects: 5 }

export interface HttpRequest {
  /** What the source said of its last answer. */
  readonly etag?: string
  readonly lastModified?: string
  /** Requests of one lane go one after the other; by default each host is a lane. */
  readonly lane?: string
  /** Milliseconds from the end of the lane's last request to the start of this one. */
  readonly pause?: number
  /** The source counts all of an operator's machines as one: the lane and its pause are those of all processes of a store. */
  readonly isShared?: boolean
  /** Sent to the address itself, not to where it redirects to on another host: a key, for instance. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, by POST. */
  readonly json?: unknown
  /** Statuses other than those of success whose body is answered too, instead of a rejection. */
  readonly takes?: readonly number[]
  /** Where the answer may be other than the client's limits say. */
  readonly limits?: Partial<Limits>
  /** Nobody waits for the answer any more: what has not begun never begins, and what is under way is given up. */
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  /** `same`: the source says that nothing changed since (304). */
  readonly kind: 'body' | 'same'
  readonly bytes: Uint8Array
  readonly status: number
  /** Where it came from, after all redirects. */
  readonly url: string
  /** The encoding that the header names, as it names it. */
  readonly charset?: string
  readonly etag?: string
  readonly lastModified?: string
}

export interface HttpClient {
  /** Rejects with SourceError alone; its `retryAfter` is from a minute to a day. */
  get(url: string, request?: HttpRequest): Promise<HttpAnswer>
}

export interface HttpClientOptions {
  /** An e-mail address by which the sources can reach whoever runs this. */
  readonly contact?: string | undefined
  /** For addresses that people give: without one every address is trusted, as the operator's are. */
  readonly guard?: Guard
  /** For where a trusted address redirects to on another host, which is a stranger's word; made once it is needed. */
  readonly elsewhere?: () => Promise<Guard>
  /** The queues, where several clients may ask the same hosts. */
  readonly lanes?: Lanes
  /** Between processes that share a store; without them each paces itself. */
  readonly turns?: Turns | undefined
  readonly clock?: Clock
  readonly wait?: (milliseconds: number) => Promise<unknown>
  readonly limits?: Partial<Limits>
}

/** A client with queues of its own unless it is given some: make one a process. */
export function createHttpClient({
  contact,
  guard,
  elsewhere,
  lanes = new Map(),
  turns,
  clock = systemClock,
  wait = sleep,
  limits,
}: HttpClientOptions = {}): HttpClient {
  const bounds = { ...LIMITS, ...limits }
  const agent = contact ? `Paperboy/0.1 (mailto:${contact})` : 'Paperboy/0.1'

  async function inTurn(url: URL, request: HttpRequest, lane: Lane): Promise<HttpAnswer> {
    const now = clock.now().epochMilliseconds
    if (isClosed(lane, now)) {
      throw refused(`${url.host} asked to be left alone for a while`, Math.ceil((lane.closedUntil - now) / 1000))
    }
    const pause = Math.min(request.pause ?? 0, lane.endedAt + (request.pause ?? 0) - now)
    if (pause > 0 && !request.signal?.aborted) await wait(pause)
    try {
      return await amongAll(url, request, lane)
    } catch (error) {
      const failure = error instanceof SourceError ? error : new SourceError(`${url.host} could not be asked.`, { cause: error })
      if (failure.retryAfter !== undefined) {
        lane.closedAt = clock.now().epochMilliseconds
        lane.closedUntil = lane.closedAt + failure.retryAfter * 1000
      }
      throw failure
    }
  }

  /** Nothing else of the lane is under way in this process, and its pause is over here: other processes may be at it. */
  async function amongAll(url: URL, request: HttpRequest, lane: Lane): Promise<HttpAnswer> {
    const { isShared = false, pause = 0, signal } = request
    const allowed = { ...bounds, ...request.limits }
    const work = async () => {
      if (signal?.aborted) throw givenUp(url)
      try {
        return await ask(url, request, { guard, elsewhere, limits: allowed, clock, agent })
      } finally {
        lane.endedAt = clock.now().epochMilliseconds
      }
    }
    if (!isShared || turns === undefined) return work()
    return turns.inTurn(lane.name, { pause, longest: allowed.milliseconds, signal }, work)
  }

  return {
    get(text, request = {}) {
      const url = httpUrl(text)
      if (url === undefined) return Promise.reject(new SourceError(`${text} is no http address.`))
      const name = request.lane ?? `//${url.host}`
      const lane = laneOf(name, lanes, clock.now().epochMilliseconds)
      lane.waiting++
      const answer = lane.last.then(() => inTurn(url, request, lane)).finally(() => lane.waiting--)
      lane.last = answer.catch(() => {})
      return request.signal ? unlessAborted(answer, request.signal, url) : answer
    },
  }
}

const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** Whoever waits in line is let go at once, too. */
function unlessAborted(answer: Promise<HttpAnswer>, signal: AbortSignal, url: URL): Promise<HttpAnswer> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(givenUp(url))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener('abort', abort))
}
