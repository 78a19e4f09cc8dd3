// In which servers the bot is, what it lacks there, and by which links it comes into more.
import { PermissionFlagsBits } from 'discord.js'
import { serverInvite, userInvite } from '#adapters/chat/discord/invite.ts'
import { PERMISSIONS, type Permission } from '#adapters/chat/discord/permissions.ts'
import { counted, enumerate } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'

const about = 'Discord servers'
/** As many as Discord lists at once. */
export const MOST_SERVERS = 200
const NAMED = 3

export interface Server {
  readonly name: string
  /** The bot's, over the whole server; single channels may grant or take others. */
  readonly permissions?: string
}

/** One check of how many, then one of each permission that is missing somewhere. */
export function checkServers(servers: readonly Server[]): Check[] {
  if (servers.length === 0) {
    return [{ about, state: 'warning', found: 'The bot is in no server yet.', mend: 'Open the link below to invite it.' }]
  }
  const more = servers.length >= MOST_SERVERS ? ' or more' : ''
  const found = `The bot is in ${counted(servers.length, 'server', 'servers')}${more}: ${named(servers)}.`
  return [{ about, state: 'fine', found }, ...PERMISSIONS.flatMap((permission) => lackingIn(servers, permission))]
}

/** The links to open. */
export function invites(app: string, canBeInstalledByPeople: boolean): Check[] {
  const intoServer: Check = { about: 'Discord invite', state: 'fine', found: `Into a server: ${serverInvite(app)}` }
  if (!canBeInstalledByPeople) return [intoServer]
  return [intoServer, { about: 'Discord invite', state: 'fine', found: `For yourself, everywhere: ${userInvite(app)}` }]
}

function lackingIn(servers: readonly Server[], { bit, name, why, optional }: Permission): Check[] {
  const lacking = servers.filter(({ permissions }) => permissions !== undefined && !grants(permissions, bit))
  if (lacking.length === 0) return []
  return [
    {
      about: 'Discord permissions',
      state: 'warning',
      found: `${name} is not granted in ${named(lacking)}. With it ${why}${optional ? '.' : '; single channels may grant it.'}`,
      mend: 'Give it to the role of the bot (Server Settings → Roles), or invite the bot once more by the link below.',
    },
  ]
}

function grants(permissions: string, bit: bigint): boolean {
  const all = BigInt(permissions)
  return (all & PermissionFlagsBits.Administrator) !== 0n || (all & bit) !== 0n
}

function named(servers: readonly Server[]): string {
  const names = servers.slice(0, NAMED).map(({ name }) => name)
  const rest = servers.length - names.length
  return enumerate(rest === 0 ? names : [...names, `${rest} more`])
}
