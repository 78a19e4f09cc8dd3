// The workspaces the bot is installed in, each with a client that speaks with its token.
import { type App, type Authorize, LogLevel, webApi } from '@slack/bolt'
import { DeliveryError } from '#core/errors.ts'
import { webFetch } from './web-fetch.ts'

export type Client = App['client']

export interface Workspaces {
  /** The client of one workspace. Rejects with DeliveryError `revoked` where the bot is not installed there. */
  client(workspace: string): Promise<Client>
  /** For Bolt: whose token a request is answered with; nobody's where the bot is not installed. */
  readonly authorize: Authorize<boolean>
}

export interface ClientOptions {
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined
}

const CALL_WITHIN_MS = 10_000

/** The one workspace that the token is of. */
export function oneWorkspace(token: string, options: ClientOptions): Workspaces {
  const client = clientOf(token, options)
  return {
    async client() {
      return client
    },
    async authorize({ teamId }) {
      if (teamId === undefined) throw new DeliveryError('revoked', 'The request names no workspace.')
      return { botToken: token, teamId }
    },
  }
}

/** A client that tries once: the ledger alone repeats what failed, since the client's own repeats would post twice. */
export function clientOf(token: string, { apiUrl }: ClientOptions): Client {
  return new webApi.WebClient(token, {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    fetch: webFetch,
    timeout: CALL_WITHIN_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR, // What fails is logged with what it means.
  })
}
