// One request and what its answer means: redirects followed by hand, a bound on everything, and errors in words.
import { SourceError } from '#core/errors.ts'
import type { Clock } from '#core/ports/clock.ts'
import { readBody } from './body.ts'
import type { HttpAnswer, HttpClientOptions, HttpRequest, Limits } from './client.ts'
import type { Guard } from './guard.ts'
import { retryAfterSeconds } from './retry-after.ts'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** Seconds to leave a source alone that refused and did not say for how long. */
const PAUSE_WITHOUT_WORD = 300
const CHARSET = /;\s{0,9}charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{1,40})/i

interface Asking {
  readonly guard: Guard | undefined
  readonly elsewhere: HttpClientOptions['elsewhere']
  readonly limits: Limits
  readonly clock: Clock
  readonly agent: string
}

/** Asks at once, whoever else does. Rejects with SourceError. */
export async function ask(
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

function headersOf({ etag, lastModified, headers, json }: HttpRequest, agent: string, isOwn: boolean): Record<string, string> {
  return {
    'user-agent': agent,
    ...(isOwn && headers),
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
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

export function givenUp({ host }: URL): SourceError {
  return new SourceError(`${host} did not answer in time.`, { hint: 'Try again later.' })
}

export function refused(what: string, retryAfter: number): SourceError {
  return new SourceError(`${what}.`, { retryAfter, hint: 'Try again later.' })
}

export function httpUrl(text: string, base?: URL): URL | undefined {
  const url = URL.parse(text, base)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined
}
