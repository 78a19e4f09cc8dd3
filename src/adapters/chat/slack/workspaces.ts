// The workspaces the bot is installed in, each with a client that speaks with its token.
// Whose token: that of the workspace's own installation; else the one the bot was configured with, in the workspace that gave it.
import { type App, type Authorize, LogLevel, webApi } from '@slack/bolt'
import { DeliveryError } from '#core/errors.ts'
import { createMemory } from '#core/memory.ts'
import type { InstallationStore } from '#core/ports/installation-store.ts'
import { inOurWords } from './deliver/failures.ts'
import { CALL_WITHIN_MS, webFetch } from './web-fetch.ts'

export type Client = App['client']

/** Why a request cannot be answered: not installed; installed for a whole organisation; nobody can say whose token to use just now. */
export type Absence = 'not-installed' | 'organisation' | 'unknown'

export interface Workspaces {
  /** The client of one workspace. Rejects with DeliveryError: `revoked` where the bot is not installed there. */
  client(workspace: string): Promise<Client>
  /**
   * Works with the client of one workspace; where its token turns out to be revoked, once more with the one that another process
   * has stored since. Rejects with what `work` rejects with, and as `client` does.
   */
  withClient<T>(workspace: string, work: (client: Client) => Promise<T>): Promise<T>
  /** The bot's own user there, where it is known. Rejects as `client` does. */
  botUser(workspace: string): Promise<string | undefined>
  /** The workspace that the configured token is of; undefined without one. Rejects with DeliveryError where Slack refuses it. */
  own(): Promise<string | undefined>
  /** What is stored for the workspace is looked at again. */
  forget(workspace: string): void
  /**
   * For Bolt: whose token a request is answered with; where there is none, the context says why (`absent`). Rejects for an event whose
   * workspace is not known just now, so that Slack sends it again.
   */
  readonly authorize: Authorize<boolean>
}

export interface WorkspacesOptions extends ClientOptions {
  /** The configured one, of one workspace. */
  readonly token: string | undefined
  readonly installations: Pick<InstallationStore, 'get'>
  readonly now: () => Temporal.Instant
}

export interface ClientOptions {
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined
}

/** What the bot speaks to one workspace with. */
interface Grant {
  readonly token: string
  readonly botUser: string | undefined
  readonly client: Client
}

interface OwnGrant extends Grant {
  readonly workspace: string
}

const REMEMBERED = 1000
/** How long another process may have to wait until this one knows of its installation. */
const FRESH = { minutes: 1 }

export function createWorkspaces({ token, installations, now, ...options }: WorkspacesOptions): Workspaces {
  const known = createMemory<string, { readonly grant: Grant; readonly until: Temporal.Instant }>(REMEMBERED)
  let asked: Promise<OwnGrant> | undefined
  let own: string | undefined

  async function grantOf(workspace: string): Promise<Grant> {
    const remembered = known.get(workspace)
    if (remembered && Temporal.Instant.compare(now(), remembered.until) < 0) return remembered.grant
    const grant = (await installed(workspace)) ?? (await configured(workspace))
    if (!grant) throw new DeliveryError('revoked', 'Paperboy is not installed in this workspace.')
    known.set(workspace, { grant, until: now().add(FRESH) })
    return grant
  }

  async function installed(workspace: string): Promise<Grant | undefined> {
    const installation = await installations.get({ platform: 'slack', workspace }).catch((cause) => {
      throw new DeliveryError('transient', 'It cannot be looked up who installed Paperboy.', { cause })
    })
    if (!installation) return undefined
    const before = known.get(workspace)?.grant
    if (before?.token === installation.token) return before
    return { token: installation.token, botUser: installation.botUser, client: clientOf(installation.token, options) }
  }

  async function configured(workspace: string): Promise<Grant | undefined> {
    if (token === undefined) return undefined
    const grant = await askOwn(token)
    return grant.workspace === workspace ? grant : undefined
  }

  /** Slack is asked once, and again where that failed; a token it refused once it will not take again. */
  function askOwn(token: string): Promise<OwnGrant> {
    asked ??= ownGrant(token, options).then(
      (grant) => {
        own = grant.workspace
        return grant
      },
      (error) => {
        own = undefined
        if (!isRevoked(error)) asked = undefined
        throw error
      },
    )
    return asked
  }

  function forget(workspace: string): void {
    known.delete(workspace)
    if (workspace === own) asked = undefined
  }

  async function client(workspace: string): Promise<Client> {
    return (await grantOf(workspace)).client
  }

  return {
    client,
    async withClient(workspace, work) {
      const before = await client(workspace)
      try {
        return await work(before)
      } catch (error) {
        if (!isRevoked(error)) throw error
        forget(workspace)
        const after = await client(workspace)
        if (after.token === before.token) throw error
        return work(after)
      }
    },
    botUser: async (workspace) => (await grantOf(workspace)).botUser,
    own: async () => (token === undefined ? undefined : (await askOwn(token)).workspace),
    forget,
    async authorize({ teamId, isEnterpriseInstall }, body) {
      if (isEnterpriseInstall || teamId === undefined) {
        const absent: Absence = 'organisation'
        return { ...(teamId !== undefined && { teamId }), absent }
      }
      try {
        const { token: botToken, botUser } = await grantOf(teamId)
        return { teamId, botToken, ...(botUser !== undefined && { botUserId: botUser }) }
      } catch (error) {
        if (!isRevoked(error) && body?.type === 'event_callback') throw error
        const absent: Absence = isRevoked(error) ? 'not-installed' : 'unknown'
        return { teamId, absent }
      }
    },
  }
}

function isRevoked(error: unknown): boolean {
  return error instanceof DeliveryError && error.kind === 'revoked'
}

/** Rejects with DeliveryError: `revoked` where Slack refuses the token, else `transient`, since nothing was posted. */
async function ownGrant(token: string, options: ClientOptions): Promise<OwnGrant> {
  const client = clientOf(token, options)
  try {
    const { team_id: workspace, user_id: botUser } = await client.auth.test()
    if (workspace === undefined) throw new DeliveryError('transient', 'Slack does not say which workspace the bot token is of.')
    return { workspace, token, botUser, client }
  } catch (cause) {
    const { kind, message, retryAfter } = inOurWords(cause)
    const details = { cause, ...(retryAfter !== undefined && { retryAfter }) }
    throw new DeliveryError(kind === 'revoked' || kind === 'rate-limited' ? kind : 'transient', message, details)
  }
}

/** A client that tries once: the ledger alone repeats what failed, since the client's own repeats would post twice. */
export function clientOf(token: string | undefined, options: ClientOptions): Client {
  return new webApi.WebClient(token, clientOptions(options))
}

/** For whatever else speaks to Slack's Web API: the address, a time limit, one try. */
export function clientOptions({ apiUrl }: ClientOptions) {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    fetch: webFetch,
    timeout: CALL_WITHIN_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR, // What fails is logged with what it means.
  }
}
