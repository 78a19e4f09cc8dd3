// A question to Discord's API that is answered in a few seconds, or in words why not.
import { DiscordAPIError, HTTPError, RateLimitError, REST, type RouteLike } from 'discord.js'

const WITHIN_MS = 4000

export interface Refusal {
  /** Discord's HTTP status; undefined where it did not answer. */
  readonly status?: number
  readonly found: string
}

export type Said<T> = { readonly answer: T } | { readonly refusal: Refusal }

/** Never rejects. */
export async function ask<T>(question: (signal: AbortSignal) => Promise<unknown>): Promise<Said<T>> {
  try {
    return { answer: (await question(AbortSignal.timeout(WITHIN_MS))) as T }
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
}

/** A client that neither waits nor asks twice. */
export function restToAsk(token: string, apiUrl: string | undefined): REST {
  const options = { timeout: WITHIN_MS, retries: 0, rejectOnRateLimit: () => true }
  return new REST({ ...(apiUrl !== undefined && { api: apiUrl }), ...options, version: '10' }).setToken(token)
}

/** The answer to a GET. Never rejects. */
export async function get<T>(rest: REST, route: RouteLike, query: Readonly<Record<string, string>> = {}): Promise<Said<T>> {
  return ask((signal) => rest.get(route, { query: new URLSearchParams(query), signal }))
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RateLimitError) return { status: 429, found: 'Discord asks for a pause; try again in a minute.' }
  if (error instanceof DiscordAPIError) {
    const { status, code } = error
    if (status === 401) return { status, found: 'Discord does not know this token (401).' }
    return { status, found: `Discord refuses this (${code === 0 ? status : code}).` }
  }
  if (error instanceof HTTPError) return { status: error.status, found: `Discord is not available now (${error.status}).` }
  return { found: isTimeout(error) ? `Discord did not answer within ${WITHIN_MS / 1000} seconds.` : 'Discord cannot be reached.' }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
