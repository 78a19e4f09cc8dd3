// Which platforms the config asks for; each one's SDK is loaded only where it is used.
import type { Config } from '#config'
import type { InstallationStore } from '#core/ports/installation-store.ts'
import type { EventStore, LeaseStore } from '#core/ports/lease-store.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { ChannelStore, MetaStore } from '#core/ports/store.ts'
import { isFile } from './store.ts'

/** Seconds after which the shards of a process that died are another's. */
const SHARD_LEASE = 10

/** Whether people can reach the bot on any platform but the terminal. */
export function hasPlatform(config: Config): boolean {
  return hasSlack(config) || config.DISCORD_TOKEN !== undefined
}

export interface PlatformOptions {
  /**
   * Who installed the bot, the commands too long for a button, what each channel chose for its posts; which events were taken, and
   * what processes tell each other, where they are started.
   */
  readonly store: {
    readonly installations: Pick<InstallationStore, 'get' | 'all'>
    readonly phrases: PhraseStore
    readonly channels: Pick<ChannelStore, 'get'>
    readonly events?: Pick<EventStore, 'take' | 'leave'>
    readonly leases?: LeaseStore
    readonly meta?: MetaStore
  }
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** The configured platforms, not yet started. */
export async function openPlatforms(config: Config, options: PlatformOptions): Promise<ChatPlatform[]> {
  return Promise.all([
    ...(hasSlack(config) ? [openSlack(config, options)] : []),
    ...(config.DISCORD_TOKEN === undefined ? [] : [openDiscord(config, config.DISCORD_TOKEN, options)]),
  ])
}

async function openSlack(config: Config, { store: { installations, events }, now, log }: PlatformOptions): Promise<ChatPlatform> {
  const { slackPlatform } = await import('#adapters/chat/slack/slack.ts')
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl, HOST: host, SLACK_PORT: port } = config
  const oauth = slackOAuth(config)
  const given = { ...(token !== undefined && { token }), ...(apiUrl !== undefined && { apiUrl }), ...(oauth && { oauth }) }
  // A file is one process's, which remembers what it took.
  const shared = events && !isFile(config.DATABASE_URL) ? { events } : {}
  return slackPlatform({ ...given, ...shared, requests: slackRequests(config), host, port, installations, now, log })
}

async function openDiscord(
  config: Config,
  token: string,
  { store: { phrases, channels, leases, meta }, now, log }: PlatformOptions,
): Promise<ChatPlatform> {
  const { discordPlatform } = await import('#adapters/chat/discord/discord.ts')
  const { DISCORD_APP_ID: app = '', DISCORD_API_URL: apiUrl, DISCORD_GUILD_ID: guild } = config
  const given = { ...(apiUrl !== undefined && { apiUrl }), ...(guild !== undefined && { guild }) }
  const shared = leases && meta && !isFile(config.DATABASE_URL) ? { sharing: await sharingOf({ leases, meta }, now, log) } : {}
  return discordPlatform({ token, app, ...given, ...shared, phrases, channels, now, log })
}

interface Shared {
  readonly leases: LeaseStore
  readonly meta: MetaStore
}

/** With leases of its own, shorter than those of other duties: while nobody has a shard, nobody there is answered. */
async function sharingOf({ leases, meta }: Shared, now: () => Temporal.Instant, log: Log) {
  const { createLeasedDuties } = await import('#adapters/duties.ts')
  return { duties: createLeasedDuties({ leases, clock: { now }, log, lease: SHARD_LEASE }), leases, meta }
}

function hasSlack(config: Config): boolean {
  return config.SLACK_BOT_TOKEN !== undefined || slackOAuth(config) !== undefined
}

function slackRequests({ SLACK_MODE, SLACK_APP_TOKEN = '', SLACK_SIGNING_SECRET = '' }: Config) {
  if (SLACK_MODE === 'socket') return { mode: 'socket', appToken: SLACK_APP_TOKEN } as const
  return { mode: 'http', signingSecret: SLACK_SIGNING_SECRET } as const
}

/** Undefined where workspaces cannot install the bot by themselves. */
function slackOAuth(config: Config) {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = config
  if (clientId === undefined || clientSecret === undefined || stateSecret === undefined) return undefined
  const { SLACK_REDIRECT_URI: redirectUri, SLACK_AUTHORIZE_URL: authorizeUrl } = config
  return {
    clientId,
    clientSecret,
    stateSecret,
    ...(redirectUri !== undefined && { redirectUri }),
    ...(authorizeUrl !== undefined && { authorizeUrl }),
  }
}
