// What Discord refuses for good, in words for whoever runs the bot; all else passes.
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js'
import { ConfigError } from '#core/errors.ts'

const PORTAL = 'at https://discord.com/developers/applications'
const TOKEN = {
  message: 'Discord does not know the bot token.',
  hint: `Set DISCORD_TOKEN to the token that Bot → Reset Token shows ${PORTAL}.`,
}
const INTENTS = {
  message: 'Discord does not let the bot hear of servers (disallowed intents).',
  hint: `Look ${PORTAL} whether the app is in order; Paperboy needs none of the privileged intents.`,
}
const BY_CLOSE_CODE: ReadonlyMap<number | undefined, { message: string; hint: string }> = new Map([
  [GatewayCloseCodes.AuthenticationFailed, TOKEN],
  [GatewayCloseCodes.InvalidIntents, INTENTS],
  [GatewayCloseCodes.DisallowedIntents, INTENTS],
])

/** Undefined where trying again may help. `code` is the one with which the gateway was closed for good. */
export function refusalOf(cause: unknown, code: number | undefined): ConfigError | undefined {
  const known = BY_CLOSE_CODE.get(code) ?? (isAboutToken(cause) ? TOKEN : undefined)
  return known && new ConfigError(known.message, { hint: known.hint, cause })
}

function isAboutToken(cause: unknown): boolean {
  if (cause instanceof DiscordjsError) return cause.code === DiscordjsErrorCodes.TokenInvalid
  return cause instanceof DiscordAPIError && cause.status === 401
}
