// The polite client: one queue a host, pauses where a source asks for them, and a bound on everything an answer can be.
import { setTimeout as sleep } from 'node:timers/promises'
import { SourceError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import { readBody } from './body.ts'
import type { Guard } from './guard.ts'
import { isClosed, type Lane, type Lanes, laneOf } from './lanes.ts'
import { retryAfterSeconds } from './retry-after.ts'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** Seconds to leave a source alone that refused and did not say for how long. */
const PAUSE_WITHOUT_WORD = 300
const CHARSET = /;\s{0,9}charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})/i

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
    if (request.signal?.aborted) throw givenUp(url)
    try {
      return await ask(url, request, { guard, elsewhere, limits: { ...bounds, ...request.limits }, clock, agent })
    } catch (error) {
      const failure = error instanceof SourceError ? error : new SourceError(`${url.host} could not be asked.`, { cause: error })
      if (failure.retryAfter !== undefined) {
        lane.closedAt = clock.now().epochMilliseconds
        lane.closedUntil = lane.closedAt + failure.retryAfter * 1000
      }
      throw failure
    } finally {
      lane.endedAt = clock.now().epochMilliseconds
    }
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

function headersOf({ etag, lastModified, headers, json }: HttpRequest, agent: string, isOwn: boolean): Record<string, string> {
  return {
    'user-agent': agent,
    ...(isOwn && headers),
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  }
}

interface Asking {
  readonly guard: Guard | undefined
  readonly elsewhere: HttpClientOptions['elsewhere']
  readonly limits: Limits
  readonly clock: Clock
  readonly agent: string
}

async function ask(
  start: URL,
  request: HttpRequest,
  { guard: always, elsewhere, limits, clock, agent }: Asking,
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(limits.milliseconds)
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
  const { json, takes = [] } = request
  const body = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }
  try {
    let url = start
    for (let redirects = 0; redirects <= limits.redirects; redirects++) {
      const guard = always ?? (url.host === start.host ? undefined : await elsewhere?.())
      guard?.admit(url)
      const headers = headersOf(request, agent, url.origin === start.origin)
      const response = await send(url, { ...body, headers, signal, redirect: 'manual' }, guard)
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
      if (location === null) return await answerOf(response, url, { limits, clock, takes })
      await response.body?.cancel()
      const next = httpUrl(location, url)
      if (next === undefined) throw new SourceError(`${url.host} points to an address that is not http.`)
      url = next
    }
    throw new SourceError(`${start.host} leads from one address to the next without end.`)
  } catch (error) {
    if (error instanceof SourceError) throw error
    // What the guard refuses comes wrapped into what fetch throws.
    if (error instanceof Error && error.cause instanceof SourceError) throw error.cause
    if (request.signal?.aborted) throw givenUp(start)
    const late = signal.aborted ? `did not answer within ${limits.milliseconds / 1000} seconds` : 'cannot be reached'
    throw new SourceError(`${start.host} ${late}.`, { cause: error, hint: 'Check the address, or try again later.' })
  }
}

/** The only place that opens a connection. */
function send(url: URL, request: RequestInit, guard: Guard | undefined): Promise<Response> {
  return globalThis.fetch(url, guard ? { ...request, dispatcher: guard.dispatcher } : request)
}

async function answerOf(
  response: Response,
  url: URL,
  { limits, clock, takes }: Pick<Asking, 'limits' | 'clock'> & { readonly takes: readonly number[] },
): Promise<HttpAnswer> {
  const { status, headers } = response
  const etag = headers.get('etag') ?? undefined
  const lastModified = headers.get('last-modified') ?? undefined
  const charset = CHARSET.exec(headers.get('content-type') ?? '')?.[1]
  const about = {
    status,
    url: url.href,
    ...(charset !== undefined && { charset }),
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  }
  if (status === 304) return { kind: 'same', bytes: new Uint8Array(), ...about }
  if (response.ok || takes.includes(status))
    return { kind: 'body', bytes: await readBody(response, limits.bytes, url.host), ...about }
  await response.body?.cancel()
  const asked = retryAfterSeconds(headers.get('retry-after'), clock.now())
  if (status === 429) throw refused(`${url.host} says that it was asked too often`, asked ?? PAUSE_WITHOUT_WORD)
  if (status === 503 && asked !== undefined) throw refused(`${url.host} is not available now`, asked)
  if (status === 404 || status === 410) throw new SourceError(`${url.host} has nothing at ${url.pathname}.`, { status })
  throw new SourceError(`${url.host} answered with an error (${status}).`, { status })
}

/** Whoever waits in line is let go at once, too. */
function unlessAborted(answer: Promise<HttpAnswer>, signal: AbortSignal, url: URL): Promise<HttpAnswer> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(givenUp(url))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener('abort', abort))
}

function givenUp({ host }: URL): SourceError {
  return new SourceError(`${host} did not answer in time.`, { hint: 'Try again later.' })
}

function refused(what: string, retryAfter: number): SourceError {
  return new SourceError(`${what}.`, { retryAfter, hint: 'Try again later.' })
}

function httpUrl(text: string, base?: URL): URL | undefined {
  const url = URL.parse(text, base)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined
}
