// Everything that keeps the bot from working on Discord, or makes it work less well, found out without starting it.
// The order: the clock, the token, the app, the gateway, the commands, the servers, and the links that invite the bot.
import {
  type RESTGetCurrentApplicationResult as Application,
  ApplicationIntegrationType,
  type RESTGetAPIGatewayBotResult as Gateway,
  type REST,
  Routes,
} from 'discord.js'
import { checkClock } from '#adapters/chat/clock-check.ts'
import { isRegistered } from '#adapters/chat/discord/register/register.ts'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import { checkApp } from './app.ts'
import { ask, get, type Refusal, restToAsk } from './ask.ts'
import { clockAt } from './clock.ts'
import { checkServers, invites, MOST_SERVERS, type Server } from './servers.ts'

export interface DiscordToCheck {
  readonly token: string
  readonly app: string
  /** The server that the commands are registered in; everywhere where undefined. */
  readonly guild: string | undefined
  /** Discord's own where undefined. */
  readonly apiUrl: string | undefined
  readonly now: () => Temporal.Instant
}

const UNREACHED = 'Look at the network of this machine, and whether Discord has a disturbance: https://discordstatus.com'
const TOKEN = 'Set DISCORD_TOKEN to the token that Bot → Reset Token shows at https://discord.com/developers/applications'
/** Fewer new sessions than this may be used up by a few restarts. */
const FEW_SESSIONS = 50

/** Takes at most nine seconds. Never rejects. */
export async function checkDiscord({ token, app, guild, apiUrl, now }: DiscordToCheck): Promise<Check[]> {
  const rest = restToAsk(token, apiUrl)
  const [clock, said] = await Promise.all([checkClock(clockAt(apiUrl), now), get<Application>(rest, Routes.currentApplication())])
  if ('refusal' in said) return [...clock, refused('Discord token', said.refusal)]
  const { answer: application } = said
  const known: Check = { about: 'Discord token', state: 'fine', found: `Discord knows the bot as ${application.name}.` }
  const checks = await Promise.all([
    checkGateway(rest),
    application.id === app ? checkCommands(rest, app, guild) : [],
    checkPlaces(rest),
  ])
  const forPeople = application.integration_types_config?.[ApplicationIntegrationType.UserInstall] !== undefined
  return [...clock, known, ...checkApp(application, app), ...checks.flat(), ...invites(application.id, forPeople)]
}

async function checkGateway(rest: REST): Promise<Check[]> {
  const about = 'Discord gateway'
  const said = await get<Gateway>(rest, Routes.gatewayBot())
  if ('refusal' in said) return [refused(about, said.refusal)]
  const { shards, session_start_limit: limit } = said.answer
  const left = `${limit.remaining} of ${counted(limit.total, 'new session', 'new sessions')} a day are left`
  if (limit.remaining >= FEW_SESSIONS) return [{ about, state: 'fine', found: `${left}; ${counted(shards, 'shard', 'shards')}.` }]
  const hours = Math.ceil(limit.reset_after / 3_600_000)
  const mend = `Start it less often until they are given anew, within ${counted(hours, 'hour', 'hours')}.`
  return [{ about, state: 'warning', found: `Only ${left}, of which each start takes ${shards}.`, mend }]
}

async function checkCommands(rest: REST, app: string, guild: string | undefined): Promise<Check[]> {
  const about = 'Discord commands'
  const said = await ask<boolean>(() => isRegistered(rest, { app, ...(guild !== undefined && { guild }) }))
  if ('answer' in said) {
    if (said.answer) return [{ about, state: 'fine', found: 'They are registered as this version has them.' }]
    const found = 'They are not registered, or not as this version has them.'
    return [{ about, state: 'warning', found, mend: 'Start Paperboy, which registers them.' }]
  }
  const { status, found } = said.refusal
  if (guild === undefined || (status !== 403 && status !== 404)) return [refused(about, said.refusal)]
  const mend = 'Set DISCORD_GUILD_ID to a server that the bot is in, or leave it out to have the commands everywhere.'
  return [{ about, state: 'wrong', found, mend }]
}

async function checkPlaces(rest: REST): Promise<Check[]> {
  const said = await get<Server[]>(rest, Routes.userGuilds(), { limit: String(MOST_SERVERS) })
  return 'refusal' in said ? [refused('Discord servers', said.refusal)] : checkServers(said.answer)
}

function refused(about: string, { status, found }: Refusal): Check {
  return { about, state: 'wrong', found, mend: status === 401 ? TOKEN : UNREACHED }
}
