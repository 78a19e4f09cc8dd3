// Whether a workspace lets the bot in, and what it granted: of which scopes are missing, what for.
import { SCOPES, type Scope } from '#adapters/chat/slack/scopes.ts'
import { type Client, clientOf } from '#adapters/chat/slack/workspaces.ts'
import { enumerate } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import { ask, type Refusal } from './ask.ts'

export interface CheckedWorkspace {
  readonly token: string
  /** The workspace's own name where it installed the bot itself; undefined for that of SLACK_BOT_TOKEN. */
  readonly name?: string
}

const APP = 'at https://api.slack.com/apps'
const REINSTALL = {
  configured: `Install the app once more ${APP} (OAuth & Permissions), and set SLACK_BOT_TOKEN to the token it shows.`,
  installed: 'Somebody of the workspace has to install Paperboy once more.',
}
const UNREACHED = 'Look at the network of this machine, and whether Slack has a disturbance: https://slack-status.com'

/** One check of its token, then one of its scopes or several of those that are missing. Never rejects. */
export async function checkWorkspace({ token, name }: CheckedWorkspace, apiUrl: string | undefined): Promise<Check[]> {
  const client = clientOf(token, { apiUrl })
  const about = name === undefined ? 'Slack token' : `Slack in ${name}`
  const reinstall = name === undefined ? REINSTALL.configured : REINSTALL.installed
  const said = await ask(client.auth.test())
  if ('refusal' in said) return [refused(about, said.refusal, reinstall)]
  const { team, team_id: id, user, is_enterprise_install: isOrganisation, response_metadata: metadata } = said.answer
  if (isOrganisation) return [ofOrganisation(about)]
  const known: Check = { about, state: 'fine', found: `Slack knows the bot as ${user} in ${team} (${id}).` }
  const granted = metadata?.scopes ?? (await scopesAskedFor(client))
  return [known, ...checkScopes(name === undefined ? 'Slack scopes' : about, granted, reinstall)]
}

function refused(about: string, { code, found }: Refusal, reinstall: string): Check {
  if (code === undefined) return { about, state: 'wrong', found, mend: UNREACHED }
  const anew = 'Token rotation cannot be turned off again: make the app once more from the manifest, which leaves it off.'
  return { about, state: 'wrong', found, mend: code === 'token_expired' ? anew : reinstall }
}

function ofOrganisation(about: string): Check {
  return {
    about,
    state: 'wrong',
    found: 'The app is installed for a whole organisation (Enterprise Grid), which Paperboy does not serve.',
    mend: 'Install it in single workspaces, and set SLACK_BOT_TOKEN to the token of one.',
  }
}

/** Where no header says it: Slack lists what a token has to whoever asks for more, and Paperboy has no use for team:read. */
async function scopesAskedFor(client: Client): Promise<readonly string[] | undefined> {
  const said = await ask(client.team.info())
  return 'refusal' in said ? said.refusal.scopes : undefined
}

function checkScopes(about: string, granted: readonly string[] | undefined, reinstall: string): Check[] {
  if (granted === undefined) {
    const mend = `Compare OAuth & Permissions ${APP} with the table in docs/slack.md.`
    return [{ about, state: 'warning', found: 'Slack did not say what the bot is allowed.', mend }]
  }
  const missing = SCOPES.filter(({ scope }) => !granted.includes(scope))
  if (missing.length === 0) return [{ about, state: 'fine', found: 'Everything that Paperboy asks for is granted.' }]
  return [...Map.groupBy(missing, ({ why }) => why).values()].map((scopes) => lacking(about, scopes, reinstall))
}

/** Scopes with one reason. */
function lacking(about: string, scopes: readonly Scope[], reinstall: string): Check {
  const isOptional = scopes.every(({ optional }) => optional)
  const [are, them] = scopes.length === 1 ? ['is', 'it'] : ['are', 'them']
  const names = enumerate(scopes.map(({ scope }) => scope))
  const rest = isOptional ? ' Everything else works without.' : ''
  return {
    about,
    state: isOptional ? 'warning' : 'wrong',
    found: `${names} ${are} not granted, for which Paperboy asks so that ${scopes[0]?.why}.`,
    mend: `Add ${them} under OAuth & Permissions → Bot Token Scopes. ${reinstall}${rest}`,
  }
}
