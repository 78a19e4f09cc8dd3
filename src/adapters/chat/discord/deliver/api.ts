// Calls to Discord for deliveries: each has a deadline, and rejects in our words. A short pause that Discord asks for is waited
// for; a longer one is for the ledger. Once Discord refuses the token nothing is asked any more, as long as the process lives.
import type { REST, RESTOptions, RouteLike } from 'discord.js'
import { sentWithin } from '#adapters/http/in-time.ts'
import type { DeliveryError } from '#core/errors.ts'
import { inOurWords } from './failures.ts'

const CALL_WITHIN_MS = 10_000
const LONGEST_PAUSE_MS = 2000
/** Discord allows fifty in any second; the client counts by whole seconds, two of which may touch, and what people ask takes calls too. */
export const CALLS_A_SECOND = 15

/** Rejects with DeliveryError alone. */
export interface Api {
  get<T>(route: RouteLike, query?: Readonly<Record<string, string>>): Promise<T>
  post<T>(route: RouteLike, body: object): Promise<T>
  patch<T>(route: RouteLike, body: object): Promise<T>
}

const dispatcher = sentWithin(CALL_WITHIN_MS)

/** How Discord's client waits: for its own turns alone, one queue a route and channel. The ledger repeats what failed. */
export const restOptions: Partial<RESTOptions> = {
  version: '10',
  timeout: CALL_WITHIN_MS,
  retries: 0,
  // Its types are those of another release of undici than Node's own fetch.
  makeRequest: (url, init) => fetch(url, { ...(init as unknown as RequestInit), dispatcher }),
  globalRequestsPerSecond: CALLS_A_SECOND,
  // Without a time to wait the client would ask again at once, for ever.
  rejectOnRateLimit: ({ retryAfter }) => retryAfter <= 0 || retryAfter > LONGEST_PAUSE_MS,
}

export function createApi(rest: Pick<REST, 'get' | 'post' | 'patch'>): Api {
  let refused: DeliveryError | undefined

  async function call<T>(make: (signal: AbortSignal) => Promise<unknown>): Promise<T> {
    if (refused) throw refused
    try {
      // The client's own timeout ends with the headers, this one with the whole answer.
      return (await make(AbortSignal.timeout(CALL_WITHIN_MS))) as T
    } catch (error) {
      const failure = inOurWords(error)
      if (failure.kind === 'revoked') refused = failure
      throw failure
    }
  }

  return {
    get: (route, query = {}) => call((signal) => rest.get(route, { query: new URLSearchParams(query), signal })),
    post: (route, body) => call((signal) => rest.post(route, { body, signal })),
    patch: (route, body) => call((signal) => rest.patch(route, { body, signal })),
  }
}
