// Whether the token and the application id belong together, and nothing in the app's settings keeps people from reaching the bot.
import { type RESTGetCurrentApplicationResult as Application, ApplicationFlags } from 'discord.js'
import { enumerate } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'

const PORTAL = 'at https://discord.com/developers/applications'
const about = 'Discord app'

const PRIVILEGED: readonly (readonly [flags: number, name: string])[] = [
  [ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited, 'Presence'],
  [ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited, 'Server Members'],
  [ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited, 'Message Content'],
]

/** `app` is the configured id. What is wrong, or one check that all is fine. */
export function checkApp(application: Application, app: string): Check[] {
  const { id, interactions_endpoint_url: endpoint, bot_require_code_grant: needsGrant } = application
  if (id !== app) {
    const found = `DISCORD_APP_ID is ${app}, but the token belongs to the app ${id}, so that no commands can be registered.`
    return [{ about, state: 'wrong', found, mend: `Set DISCORD_APP_ID to ${id}, or the token to that of the other app.` }]
  }
  const checks: Check[] = []
  if (endpoint) {
    const found = 'An Interactions Endpoint URL is set, so that Discord sends commands there and not to Paperboy.'
    checks.push({ about, state: 'wrong', found, mend: `Make it empty ${PORTAL} (General Information).` })
  }
  if (needsGrant) {
    const found = 'Requires OAuth2 Code Grant is on, so that the bot cannot be invited.'
    checks.push({ about, state: 'wrong', found, mend: `Turn it off ${PORTAL} (Bot).` })
  }
  return checks.length > 0
    ? checks
    : [{ about, state: 'fine', found: 'The token belongs to this application.', ...unneeded(application) }]
}

function unneeded({ flags }: Application): { mend?: string } {
  const on = PRIVILEGED.filter(([bits]) => ((flags ?? 0) & bits) !== 0).map(([, name]) => name)
  if (on.length === 0) return {}
  const [intents, are] = on.length === 1 ? ['The privileged intent', 'is'] : ['The privileged intents', 'are']
  return { mend: `${intents} ${enumerate(on)} ${are} on, which Paperboy has no use for: it may be turned off ${PORTAL} (Bot).` }
}
