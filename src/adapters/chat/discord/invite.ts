// The pages on which Discord adds the app to a server, or to a person's own account.
import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js'
import { PERMISSIONS } from './permissions.ts'

const PAGE = 'https://discord.com/oauth2/authorize'

/** For whoever may manage a server. */
export function serverInvite(app: string): string {
  const permissions = PERMISSIONS.reduce((all, { bit }) => all | bit, 0n).toString()
  const scope = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' ')
  return page({ client_id: app, integration_type: String(ApplicationIntegrationType.GuildInstall), permissions, scope })
}

/** For one person, who then has the commands everywhere. */
export function userInvite(app: string): string {
  const integration_type = String(ApplicationIntegrationType.UserInstall)
  return page({ client_id: app, integration_type, scope: OAuth2Scopes.ApplicationsCommands })
}

function page(parameters: Readonly<Record<string, string>>): string {
  return `${PAGE}?${new URLSearchParams(parameters)}`
}
